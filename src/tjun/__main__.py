"""
The command line, as `python -m tjun`.
"""

from __future__ import annotations

from tjun.cli import main

if __name__ == "__main__":
    main()
