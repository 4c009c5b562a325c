/* What script adds; every page works without it. Nothing here is needed to read, send or decide. */
"use strict";

const size = (n) => (n < 1e6 ? `${Math.ceil(n / 1e3)} kB` : `${(n / 1e6).toFixed(1)} MB`);

/* A drop zone shows what was chosen. */
function list(zone) {
  const files = [...zone.querySelector("input").files];
  zone.querySelector("ul").replaceChildren(...files.slice(0, 20).map((file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name}, ${size(file.size)}`;
    return item;
  }), ...(files.length > 20 ? [Object.assign(document.createElement("li"), { textContent: `+ ${files.length - 20}` })] : []));
}

document.addEventListener("change", (event) => {
  const zone = event.target.closest("[data-drop]");
  if (zone) list(zone);
  /* A choice that shows at once what it leads to, such as a filter. */
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, (event) => {
    event.target.closest?.("[data-drop]")?.classList.toggle("is-over", over);
  });
}

/* Words are counted as they are written. */
document.addEventListener("input", (event) => {
  const limit = event.target.dataset?.words;
  const foot = limit && event.target.parentElement.querySelector("[data-say]");
  if (foot) {
    const count = event.target.value.split(/\s+/).filter(Boolean).length;
    foot.textContent = foot.dataset.say.replace("{count}", count).replace("{limit}", limit);
  }
  event.target.closest("form[data-keep]")?.classList.add("is-unsaved");
});

/* A form marked data-keep asks before unsaved words are left behind. */
document.addEventListener("submit", (event) => event.target.classList.remove("is-unsaved"));
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form.is-unsaved")) event.preventDefault();
});

/* Menus close when one clicks elsewhere, or presses Escape. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

/* After a refused form, the summary of what to mend is read and reached first. */
const summary = document.querySelector("form[method=post] [role=alert]");
if (summary) { summary.tabIndex = -1; summary.focus({ preventScroll: false }); }
