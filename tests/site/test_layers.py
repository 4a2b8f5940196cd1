"""An arrow goes down only: site, feedback, complaints, conduct."""

import os
import subprocess
import sys
from pathlib import Path


def test_no_layer_imports_one_above_it(repository: Path) -> None:
    result = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": "site"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout
