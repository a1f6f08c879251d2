"""``make fuzz``: the targets under atheris, which looks for inputs that reach new code.

``python -m tests.fuzz [SECONDS] [TARGET …]``. Not a part of the tests: it takes as long as it is told, and
atheris is an extra. Each target has a process of its own, whose output ends with the input that broke it;
what is found goes into a test.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile


def fuzz(name: str, seconds: int) -> None:
    import atheris

    ours = ["bot", "knowledge", "retrieval", "config"]
    with atheris.instrument_imports(include=ours, exclude=["retrieval.kernels"]):  # numba compiles those
        from tests.fuzz.targets import TARGETS
    target = TARGETS[name]

    def one(data: bytes) -> None:
        target(data.decode("utf-8", "ignore"))

    with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as folder:
        limits = [f"-max_total_time={seconds}", "-max_len=400", "-timeout=20", f"-artifact_prefix={folder}/"]
        atheris.Setup([sys.argv[0], *limits, "-print_final_stats=1"], one)
        atheris.Fuzz()


def main(arguments: list[str]) -> int:
    from tests.fuzz.targets import TARGETS

    seconds = int(arguments[0]) if arguments else 60
    failed = []
    for name in arguments[1:] or TARGETS:
        command = [sys.executable, "-m", "tests.fuzz", "--one", name, str(seconds)]
        print(f"== {name}, {seconds} s", flush=True)
        if subprocess.run(command, check=False).returncode != 0:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "nothing found", flush=True)
    return bool(failed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], int(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:]))
