"""What the tests of the terminal program share: running it with limits, and TAP.

SPDX-License-Identifier: MIT
"""

import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "resources" / "samples"
AS_OF = "2026-06-01"
NOBODY = 65534
MEMORY_BYTES = 64 << 20


class Skip(Exception):
    """The test cannot run here, and why."""


class Result:
    """What a run of the program came to."""

    def __init__(self, code, out, err, seconds):
        self.code, self.out, self.err, self.seconds = code, out, err, seconds

    def __repr__(self):
        return (f"exit {self.code}, {self.seconds:.1f} s, "
                f"stdout {self.out[:300]!r}, stderr {self.err[:600]!r}")


def processor_time(process):
    """Seconds that a process has used, user and system; 0 when it is over."""
    try:
        with open(f"/proc/{process.pid}/stat", encoding="ascii", errors="replace") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Program:
    """The program under test, copied to where any user can start it."""

    def __init__(self, path):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="winver6003-cli-"))
        self.folder.chmod(0o755)
        self.path = self.folder / "winver6003"
        shutil.copy(path, self.path)
        self.path.chmod(0o755)
        # Sanitizers need memory and time of their own.
        self.sanitized = b"__asan_init" in self.path.read_bytes()

    def start(self, *arguments, dated=True, **how):
        command = [os.fsencode(self.path)]
        if dated:
            command += [b"--as-of", AS_OF.encode()]
        command += [os.fsencode(argument) for argument in arguments]
        how.setdefault("stdin", subprocess.DEVNULL)
        how.setdefault("stdout", subprocess.PIPE)
        how.setdefault("stderr", subprocess.PIPE)
        how.setdefault("env", {**os.environ, "LC_ALL": "C.UTF-8"})
        prepare = how.pop("preexec_fn", None)

        def limit_memory():
            """More than that much memory ends the program with exit code 70."""
            if not self.sanitized:
                resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
            if prepare:
                prepare()

        return subprocess.Popen(command, preexec_fn=limit_memory, **how)

    def run(self, *arguments, give=None, seconds=20, **how):
        """Runs to the end. Longer than that many seconds of processor time is a failure, whatever
        else the machine is busy with; so is a wait of ten times that."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            if give is not None:
                how["stdin"] = tempfile.TemporaryFile()
                how["stdin"].write(give)
                how["stdin"].seek(0)
            how.setdefault("stdout", out)
            how.setdefault("stderr", err)
            began = time.monotonic()
            process = self.start(*arguments, **how)
            seconds *= 10 if self.sanitized else 1
            while process.poll() is None:
                if time.monotonic() > began + seconds * 10 or processor_time(process) > seconds:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    raise AssertionError(f"still running after {seconds} s: {arguments}")
                time.sleep(0.002)
            took = time.monotonic() - began
            out.seek(0)
            err.seek(0)
            return Result(process.returncode, out.read(), err.read(), took)

    def remove(self):
        for folder, _, _ in os.walk(self.folder):
            os.chmod(folder, 0o755)
        shutil.rmtree(self.folder)


def as_nobody():
    """For preexec_fn: gives up the rights of root, which no permission bit holds back."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def check(condition, result):
    if not condition:
        raise AssertionError(repr(result))


def run_all(tests, program_path):
    """Runs each function with the program and an empty folder; TAP; returns the exit code."""
    failed = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        program = Program(program_path)
        folder = program.folder / "work"
        folder.mkdir()
        folder.chmod(0o777)
        name = test.__name__.replace("_", " ")
        try:
            test(program, folder)
            print(f"ok {number} - {name}", flush=True)
        except Skip as why:
            print(f"ok {number} - {name} # SKIP {why}", flush=True)
        except Exception as problem:  # any failure is one of the test, not of the run
            failed += 1
            print(f"not ok {number} - {name}", flush=True)
            for line in f"{type(problem).__name__}: {problem}".splitlines():
                print(f"# {line}", flush=True)
        finally:
            program.remove()
    return 1 if failed else 0


def main(tests):
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM")
    sys.exit(run_all(tests, sys.argv[1]))
