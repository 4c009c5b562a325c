from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "eprm.ui"
    label = "ui"
