"""The app's part of the API: the same actions, queries and forms as the pages, so the same rules and sentences."""

from ninja import Router

from eprm.diligence.api import suppliers, uploads

router = Router()
router.add_router("", uploads.router)
router.add_router("", suppliers.router)
