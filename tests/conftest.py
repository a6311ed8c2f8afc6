"""Fixtures that several test modules share."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Result:
    """What a run of the program came to."""

    status: int
    out: str
    err: str


@pytest.fixture
def lintnews(monkeypatch):
    """Run the program in this process, as the command line would."""
    from lintnews.cli import main

    def run(*arguments, stdin=b""):
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["lintnews", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as exit_:
                main()
            out.flush()
            err.flush()
        return Result(exit_.value.code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())

    return run
