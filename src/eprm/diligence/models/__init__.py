"""An organisation's suppliers, what they were asked, the declarations they sent, and what people decided about them.

Every row names its organisation: the database isolates by it. What a file says is stored once and never edited; a
corrected file is a new upload that supersedes the old one.
"""

from eprm.diligence.models.declarations import (
    Batch,
    CandidateRow,
    Decision,
    Declaration,
    DeclaredAnswer,
    FileRow,
    FindingRow,
    MineRow,
    ProductRow,
    Report,
    RiskRow,
    SkippedFile,
    SmelterRow,
    Upload,
)
from eprm.diligence.models.owned import OwnedModel
from eprm.diligence.models.sums import YearSums
from eprm.diligence.models.suppliers import Enquiry, Supplier, SupplierScreening

__all__ = [
    "Batch",
    "CandidateRow",
    "Decision",
    "Declaration",
    "DeclaredAnswer",
    "Enquiry",
    "FileRow",
    "FindingRow",
    "MineRow",
    "OwnedModel",
    "ProductRow",
    "Report",
    "RiskRow",
    "SkippedFile",
    "SmelterRow",
    "Supplier",
    "SupplierScreening",
    "Upload",
    "YearSums",
]
