"""The word list follows what is public: new words within minutes, words that are no longer public within a day."""

from procrastinate.contrib.django import app

from eprm.search import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="search.gather_new_words", queueing_lock="search.gather_new_words")
def gather_new_words(timestamp: int) -> None:
    actions.gather_words(minutes=12)


@app.periodic(cron="17 3 * * *")
@app.task(name="search.gather_words", queueing_lock="search.gather_words")
def gather_words(timestamp: int) -> None:
    actions.gather_words()
