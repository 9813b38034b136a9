#!/usr/bin/python3
"""Where reports go and what the exit code says: full disks, closed pipes, terminals, monitoring.

usage: output.py PROGRAM

Output is TAP.

SPDX-License-Identifier: MIT
"""

import json
import os
import pty
import resource
import signal
import struct
import subprocess
import fcntl
import termios
import time

from harness import SAMPLES, Skip, as_nobody, check, main

SERVER_6002 = SAMPLES / "server-2008-sp2-6002.txt"
FINAL = SAMPLES / "server-2008-6003-final"
VISTA = SAMPLES / "vista-6003.txt"
BANNER = SAMPLES / "ver-banner.txt"
EDITED = SAMPLES / "edited-registry"


def cannot_write(result, *words):
    check(result.code == 74, result)
    check(result.err.startswith(b"winver6003: ") and result.err.count(b"\n") == 1, result)
    for word in words:
        check(word in result.err, result)


def exit_codes(program, _):
    for arguments, code in (
            ((FINAL,), 0), ((SERVER_6002,), 1), ((EDITED,), 2), ((BANNER,), 3), ((VISTA,), 4),
            ((FINAL, VISTA), 4), ((FINAL, VISTA, BANNER), 3), ((BANNER, SERVER_6002), 1),
            ((SERVER_6002, EDITED, FINAL), 2), ((SERVER_6002, "no-such-file"), 66),
            (("--quiet", EDITED), 2), (("--no-such-option", EDITED), 64), ((), 64)):
        result = program.run(*arguments)
        check(result.code == code, (arguments, result))


def call_without_arguments(program, _):
    result = program.run(dated=False)
    check(result.code == 64 and result.out == b"", result)
    check(b"systeminfo" in result.err and b"--help" in result.err, result)


def help_and_version(program, _):
    result = program.run("--help")
    check(result.code == 0 and b"EVIDENCE" in result.out and result.err == b"", result)
    check(max(len(line) for line in result.out.splitlines()) <= 100, result)
    result = program.run("--version")
    check(result.code == 0 and result.out.startswith(b"winver6003 "), result)


def reports_are_the_same_each_time(program, _):
    for form in ("text", "json", "jsonl", "csv", "nagios"):
        first = program.run("-v", "--format", form, FINAL, EDITED)
        second = program.run("-v", "--format", form, FINAL, EDITED, cwd="/",
                             env={"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Kolkata"})
        check(first.out == second.out and first.out, first)


def text_opens_with_the_line_of_winver(program, _):
    result = program.run(SERVER_6002)
    lines = result.out.decode("utf-8").splitlines()
    check(lines[0] == "Version 6.0 (Build 6002: Service Pack 2)", result)
    check(lines[1].startswith("Not transitioned: "), result)


def file_appears_whole(program, folder):
    path = folder / "report.txt"
    path.write_text("old")
    before = path.stat().st_ino
    result = program.run("-o", path, SERVER_6002)
    check(result.code == 1 and result.out == b"" and result.err == b"", result)
    check(path.stat().st_ino != before, "written into the old file")
    check(path.read_bytes() == program.run(SERVER_6002).out, path.read_text())
    check(os.listdir(folder) == ["report.txt"], os.listdir(folder))


def quiet_leaves_the_file(program, folder):
    result = program.run("--quiet", "-o", folder / "report.txt", SERVER_6002)
    check(result.code == 1 and result.out == b"", result)
    check((folder / "report.txt").stat().st_size > 100, result)


def no_report_leaves_the_old_one(program, folder):
    path = folder / "report.txt"
    path.write_text("old")
    result = program.run("-o", path, folder / "no-such-file")
    check(result.code == 66 and path.read_text() == "old", result)
    check(os.listdir(folder) == ["report.txt"], os.listdir(folder))


def full_device(program, _):
    with open("/dev/full", "wb") as full:
        cannot_write(program.run(SERVER_6002, stdout=full), b"No space left")
        cannot_write(program.run("--help", stdout=full), b"No space left")
        cannot_write(program.run("--batch", "--format", "csv", SAMPLES / "inventory.csv",
                                 stdout=full), b"No space left")
    cannot_write(program.run("-o", "/dev/full", SERVER_6002), b"/dev/full", b"No space left")


def file_size_limit(program, folder):
    """As a full disk: what is there stays, and nothing is left beside it."""
    path = folder / "report.txt"
    path.write_text("old")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))

    cannot_write(program.run("-o", path, "-v", FINAL, preexec_fn=limit), b"report.txt")
    check(path.read_text() == "old" and os.listdir(folder) == ["report.txt"],
          os.listdir(folder))
    cannot_write(program.run("-v", FINAL, preexec_fn=limit), b"standard output")


def full_file_system(program, folder):
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "none", disk],
                             check=False, stderr=subprocess.DEVNULL)
    if mounted.returncode != 0:
        raise Skip("no right to mount")
    try:
        cannot_write(program.run("-o", disk / "report.txt", "-v", FINAL), b"No space left")
        check(os.listdir(disk) == [], os.listdir(disk))
    finally:
        subprocess.run(["umount", disk], check=True)


def folder_without_the_right_to_write(program, folder):
    folder.chmod(0o555)
    result = program.run("-o", folder / "report.txt", "-", give=BANNER.read_bytes(),
                         preexec_fn=as_nobody)
    cannot_write(result, b"report.txt", b"Permission denied")
    check(os.listdir(folder) == [], os.listdir(folder))


def folder_that_is_missing(program, folder):
    cannot_write(program.run("-o", folder / "none" / "report.txt", SERVER_6002), b"No such file")
    cannot_write(program.run("-o", folder, SERVER_6002), b"directory")


def end_by_signal_leaves_nothing(program, folder):
    path = folder / "report.txt"
    path.write_text("old")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        process = program.start("-o", path, "-", stdin=subprocess.PIPE)
        limit = time.monotonic() + 10
        while len(os.listdir(folder)) == 1 and time.monotonic() < limit:
            time.sleep(0.005)
        check(len(os.listdir(folder)) == 2, "nothing was written beside the file")
        process.send_signal(number)
        process.communicate()
        check(process.returncode == -number, process.returncode)
        check(path.read_text() == "old" and os.listdir(folder) == ["report.txt"],
              os.listdir(folder))


def closed_standard_output(program, _):
    def close():
        os.close(1)

    cannot_write(program.run(SERVER_6002, preexec_fn=close), b"standard output")
    result = program.run("--quiet", SERVER_6002, preexec_fn=close)
    check(result.code == 1, result)


def closed_error_channel(program, folder):
    """A message must not land in the report."""
    def close():
        os.close(2)

    path = folder / "report.txt"
    result = program.run("-o", path, folder / "none", SERVER_6002, preexec_fn=close)
    check(result.code == 66, result)
    check(b"no such" not in path.read_bytes(), path.read_bytes())


def closed_pipe(program, _):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = program.run(SERVER_6002, stdout=writing, restore_signals=True)
    finally:
        os.close(writing)
    check(result.code == -signal.SIGPIPE and result.err == b"", result)


def on_a_terminal(program, *arguments, columns=60, **environment):
    """What the program shows on a terminal that wide."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {"PATH": os.environ["PATH"], "TERM": "xterm", **environment}
    process = program.start(*arguments, stdout=theirs, stderr=subprocess.DEVNULL, env=env,
                            cwd=SAMPLES)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    process.wait()
    return shown.replace(b"\r\n", b"\n")


def terminal(program, _):
    plain = program.run(EDITED.name, cwd=SAMPLES).out
    check(b"\x1b" not in plain, plain)
    colored = on_a_terminal(program, EDITED.name)
    check(b"\x1b[1;31mConflict\x1b[0m:" in colored, colored)
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        shown = on_a_terminal(program, EDITED.name, **environment)
        check(b"\x1b" not in shown, shown)
        check(shown.split() == plain.split(), shown)
        # Only where there is no blank to break at.
        wide = [line for line in shown.splitlines() if len(line) > 60 and b" " in line.strip()]
        check(not wide, wide)
    check(b"\x1b" not in on_a_terminal(program, "--color", "never", EDITED), "color")
    check(b"\x1b[" in program.run("--color", "always", EDITED).out, "no color")
    # Machines read these.
    check(b"\x1b" not in on_a_terminal(program, "--format", "json", EDITED), "color in JSON")


def inventory_without_batch(program, _):
    result = program.run(SAMPLES / "inventory.csv")
    check(result.code == 66 and b"--batch" in result.err and result.out == b"", result)


def nagios(program, folder):
    for arguments, code, word in (
            ((FINAL,), 0, "OK"), ((SERVER_6002,), 1, "WARNING"), ((EDITED,), 2, "CRITICAL"),
            ((BANNER,), 3, "UNKNOWN"), ((VISTA,), 3, "UNKNOWN"),
            ((FINAL, SERVER_6002), 1, "WARNING"),
            ((folder / "none",), 3, "UNKNOWN"), (("--no-such",), 3, "UNKNOWN"),
            (("--strict", "--no-such", EDITED), 3, "UNKNOWN"),
            (("--policy", folder / "none", EDITED), 3, "UNKNOWN"),
            ((EDITED, folder / "none"), 3, "UNKNOWN")):
        result = program.run("--format", "nagios", *arguments)
        check(result.code == code, (arguments, result))
        check(result.out.startswith(f"WINVER6003 {word} - ".encode()), (arguments, result))
        check(result.out.splitlines()[0].count(b"|") <= 1, result)
    result = program.run("--format", "nagios", FINAL)
    check(result.out.count(b"\n") == 1 and b"| build=6003 revision=" in result.out, result)


def machines_by_the_line(program, _):
    result = program.run("--format", "jsonl", FINAL, EDITED, VISTA)
    states = [json.loads(line)["verdict"]["state"] for line in result.out.splitlines()]
    check(states == ["transitioned", "conflict", "not-applicable"], states)
    result = program.run("--format", "csv", FINAL, EDITED, VISTA)
    check(result.out.count(b"\n") == 4 and result.out.startswith(b"name,state,"), result)


def evidence_of_standard_input(program, _):
    result = program.run("--format", "jsonl", "-", give=SERVER_6002.read_bytes())
    check(result.code == 1, result)
    check(json.loads(result.out)["evidence"][0]["name"] == "-", result)


def digest(program, _):
    result = program.run("--format", "jsonl", "--digest", SERVER_6002)
    import hashlib
    check(json.loads(result.out)["evidence"][0]["sha256"] ==
          hashlib.sha256(SERVER_6002.read_bytes()).hexdigest(), result)


if __name__ == "__main__":
    main([
        exit_codes,
        call_without_arguments,
        help_and_version,
        reports_are_the_same_each_time,
        text_opens_with_the_line_of_winver,
        file_appears_whole,
        quiet_leaves_the_file,
        no_report_leaves_the_old_one,
        full_device,
        file_size_limit,
        full_file_system,
        folder_without_the_right_to_write,
        folder_that_is_missing,
        end_by_signal_leaves_nothing,
        closed_standard_output,
        closed_error_channel,
        closed_pipe,
        terminal,
        inventory_without_batch,
        nagios,
        machines_by_the_line,
        evidence_of_standard_input,
        digest,
    ])
