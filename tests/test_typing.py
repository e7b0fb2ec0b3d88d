"""
What the types promise is kept when the code is run.
"""

from __future__ import annotations

import runpy
from pathlib import Path

FACE = Path(__file__).parent.parent / "typing_tests" / "public_face.py"


def test_the_public_face_gives_what_its_types_promise() -> None:
    """
    Each value has at run time the type that a type checker was promised.
    """
    runpy.run_path(str(FACE))["run"]()
