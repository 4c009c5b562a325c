from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "eprm.people"
    label = "people"
