"""The operations stand on NumPy alone, and are quick to import."""

import subprocess
import sys


def test_importing_the_operations_imports_no_torch():
    code = "import sys, course_utils.ops; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
