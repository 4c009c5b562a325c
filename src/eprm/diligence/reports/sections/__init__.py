"""The report's sections, in the order of the OECD Guidance's five steps.

Each takes `Facts` and whether the version is internal, and answers a `Section`. What the data does not hold is named as
not held. In the public version nothing names a supplier or tells what one of them said.
Source: Regulation (EU) 2017/821, Art. 4, 5 and 7(3); OECD Due Diligence Guidance, 3rd edition (2016), step 5.
"""

from eprm.diligence.reports.sections.about import about
from eprm.diligence.reports.sections.assessment import assessment
from eprm.diligence.reports.sections.management import management
from eprm.diligence.reports.sections.response import audits, reporting, response
from eprm.diligence.reports.sections.unknown import unknown

IN_ORDER = (about, management, assessment, response, audits, reporting, unknown)

__all__ = ["IN_ORDER"]
