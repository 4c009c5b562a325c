"""The platform's own dated figures that briefs show."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductionFigure(models.Model):
    """A country's mine production of one metal in one year, in tonnes of contained metal, as one edition gives it."""

    mineral = models.CharField(_("mineral"), max_length=12)
    country = models.CharField(_("country"), max_length=2)
    year = models.PositiveSmallIntegerField(_("year"))
    tonnes = models.DecimalField(_("tonnes of contained metal"), max_digits=12, decimal_places=1)
    estimated = models.BooleanField(_("estimated"))
    edition = models.CharField(_("edition"), max_length=60)
    published_on = models.DateField(_("published on"))

    class Meta:
        verbose_name = _("production figure")
        constraints = [
            models.UniqueConstraint(fields=["mineral", "country", "year", "edition"], name="production_once")
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.mineral} {self.year}: {self.tonnes} t"
