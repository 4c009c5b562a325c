"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from eprm.base.public_pages import Remembered

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eprm.config.settings")
application = Remembered(get_wsgi_application())
# Under `gunicorn --preload` the workers share what is loaded here, as long as nobody writes into it: so every page is
# loaded now, and the collector, which marks what it walks through, leaves it alone from now on.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
