"""
Annotations are true at run time.
"""

from __future__ import annotations

import runpy
from pathlib import Path

FACE = Path(__file__).parent.parent / "typing_tests" / "public_face.py"


def test_public_names_return_the_annotated_types() -> None:
    """
    Each value in `typing_tests` has the annotated type at run time.
    """
    runpy.run_path(str(FACE))["run"]()
