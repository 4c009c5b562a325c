"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from eprm.base.public_pages import Remembered

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eprm.config.settings")
application = Remembered(get_wsgi_application())
