"""Workers to kill. Loads the site once, then forks a real worker for each line "start" and prints its process id.

"wait" reaps it and prints how it ended: 0, or minus the signal.
"""

import asyncio
import os
import sys

import django
from procrastinate.contrib.django import app


def main() -> None:
    django.setup()
    app.perform_import_paths()
    say("ready")
    pid = 0
    for line in sys.stdin:
        if line == "wait\n":
            say(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            continue
        pid = os.fork()
        if pid == 0:
            with app.replace_connector(app.connector.get_worker_connector()) as working:
                asyncio.run(work(working))
            os._exit(0)
        say(pid)


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


async def work(app) -> None:
    async with app.open_async():
        await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)


if __name__ == "__main__":
    main()
