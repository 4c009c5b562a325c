from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "eprm.portal"
    label = "portal"
