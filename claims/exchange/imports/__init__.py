"""Tables from files: read, checked whole without writing anything, then entered in blocks."""

from .importing import Import, ImportRefused, import_files, import_sheets
from .reading import open_sheets
from .report import Report, summary
from .sheets import Faults, Sheet

__all__ = [
    "Faults",
    "Import",
    "ImportRefused",
    "Report",
    "Sheet",
    "import_files",
    "import_sheets",
    "open_sheets",
    "summary",
]
