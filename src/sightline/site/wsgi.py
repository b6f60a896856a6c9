"""The site, for a WSGI server."""

import os
from functools import partial

from django.core.wsgi import get_wsgi_application

from sightline.site.stack import in_one_piece

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings")

application = partial(in_one_piece, get_wsgi_application())
