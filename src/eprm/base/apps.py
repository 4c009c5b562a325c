from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "eprm.base"
    label = "base"
