#!/usr/bin/python3
"""Input that nobody should give: one clear line, the right exit code, bounded memory and time.

The harness limits the memory of every run.

usage: bad_input.py PROGRAM

Output is TAP.

SPDX-License-Identifier: MIT
"""

import os
import signal
import socket

from harness import SAMPLES, Skip, as_nobody, check, main

BANNER = "Microsoft Windows [Version 6.0.6002]\r\n"


def refused(result, *words):
    """Exit code 66, nothing on standard output, one line with the words on the error channel."""
    check(result.code == 66, result)
    check(result.out == b"", result)
    check(result.err.startswith(b"winver6003: ") and result.err.count(b"\n") == 1, result)
    check(result.err.endswith(b"\n"), result)
    for word in words:
        check(word.encode() in result.err, result)


def judged(result, *codes):
    """A verdict, and no complaint."""
    check(result.code in codes, result)
    check(result.out.count(b"\n") > 3, result)


def empty_file(program, folder):
    (folder / "empty.txt").write_bytes(b"")
    refused(program.run(folder / "empty.txt"), "empty.txt", "empty")


def empty_standard_input(program, _):
    refused(program.run("-"), "empty")


def missing_file(program, folder):
    refused(program.run(folder / "none.txt"), "none.txt", "no such")


def file_without_rights(program, folder):
    (folder / "secret.txt").write_text(BANNER)
    (folder / "secret.txt").chmod(0)
    refused(program.run(folder / "secret.txt", preexec_fn=as_nobody), "secret.txt")


def folder_without_rights(program, folder):
    (folder / "secret").mkdir()
    (folder / "secret" / "ver.txt").write_text(BANNER)
    (folder / "secret").chmod(0)
    refused(program.run(folder / "secret", preexec_fn=as_nobody), "secret")


def empty_folder(program, folder):
    refused(program.run(folder), str(folder))


def two_gigabytes_of_zeros(program, folder):
    with open(folder / "zeros.bin", "wb") as zeros:
        zeros.truncate(2 << 30)
    refused(program.run(folder / "zeros.bin", seconds=10), "zeros.bin", "understood")


def two_gigabytes_of_zeros_behind_a_banner(program, folder):
    with open(folder / "ver.txt", "wb") as zeros:
        zeros.write(BANNER.encode())
        zeros.truncate(2 << 30)
    result = program.run("-v", folder / "ver.txt", seconds=30)
    check(result.code in (1, 3, 66), result)


def devices(program, _):
    for device in ("/dev/zero", "/dev/null", "/dev/full", "/dev/tty"):
        if os.path.exists(device):
            refused(program.run(device, seconds=5), device, "device")


def endless_standard_input(program, _):
    with open("/dev/zero", "rb") as zeros:
        refused(program.run("-", stdin=zeros, seconds=30), "understood")


def pipe_by_name(program, folder):
    os.mkfifo(folder / "pipe")
    refused(program.run(folder / "pipe", seconds=5), "pipe")


def socket_by_name(program, folder):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket"))
        refused(program.run(folder / "socket", seconds=5), "socket")


def link_to_itself(program, folder):
    (folder / "loop").symlink_to("loop")
    refused(program.run(folder / "loop"), "loop")


def folder_that_contains_itself(program, folder):
    (folder / "a").mkdir()
    (folder / "a" / "b").symlink_to("..")
    (folder / "a" / "ver.txt").write_text(BANNER)
    result = program.run(folder, seconds=10)
    check(result.code == 3, result)


def file_that_shrinks_while_read(program, folder):
    path = folder / "export.reg"
    with open(path, "wb") as export:
        export.write(b"Windows Registry Editor Version 5.00\r\n\r\n"
                     b"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\r\n"
                     b"\"CurrentBuildNumber\"=\"6002\"\r\n\"CurrentVersion\"=\"6.0\"\r\n")
        for number in range(60):
            export.write(f"\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Key{number}]\r\n".encode())
            export.write(b"\"Value\"=\"some text to fill the line with\"\r\n" * 40000)
    process = program.start("-v", path)
    try:
        while process.poll() is None and read_so_far(process.pid) < 1 << 20:
            pass
        process.send_signal(signal.SIGSTOP)
        if process.poll() is not None:
            raise Skip("it was read before it could shrink")
        os.truncate(path, 4096)
        process.send_signal(signal.SIGCONT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    check(process.returncode in (1, 3), (process.returncode, out[:300], err))
    check(b"shorter" in out, (out[-600:], err))


def read_so_far(pid):
    try:
        with open(f"/proc/{pid}/io", encoding="ascii") as counters:
            return int(counters.readline().split()[1])
    except (OSError, ValueError, IndexError):
        return 1 << 30


def utf16_with_lone_surrogates(program, folder):
    text = b"\xff\xfe" + BANNER.encode("utf-16-le") + b"\x00\xd8A\x00\x00\xdc\r\x00\n\x00"
    (folder / "ver.txt").write_bytes(text)
    judged(program.run(folder / "ver.txt"), 3)


def utf16_cut_in_a_character(program, folder):
    (folder / "ver.txt").write_bytes(b"\xff\xfe" + BANNER.encode("utf-16-le") + b"X")
    judged(program.run(folder / "ver.txt"), 3)


def nul_bytes(program, folder):
    (folder / "ver.txt").write_bytes(BANNER.encode() + b"a\0b\0\0c\r\n" + BANNER.encode())
    result = program.run("--format", "json", folder / "ver.txt")
    judged(result, 3)
    check(b"\0" not in result.out, result)


def line_of_100_megabytes(program, folder):
    with open(folder / "long.txt", "wb") as long:
        long.write(BANNER.encode())
        for _ in range(100):
            long.write(b"x" * (1 << 20))
        long.write(b"\r\n" + BANNER.encode())
    judged(program.run(folder / "long.txt", seconds=20), 3)


def only_a_line_of_100_megabytes(program, folder):
    with open(folder / "long.txt", "wb") as long:
        for _ in range(100):
            long.write(b"x" * (1 << 20))
    refused(program.run(folder / "long.txt", seconds=20), "long.txt")


def file_of_nothing_but_line_ends(program, folder):
    with open(folder / "lines.txt", "wb") as lines:
        lines.write(b"\n" * (2 << 20))
    refused(program.run(folder / "lines.txt", seconds=20), "lines.txt")


def random_bytes(program, folder):
    (folder / "noise.bin").write_bytes(os.urandom(1 << 20))
    refused(program.run(folder / "noise.bin"), "noise.bin")


def name_that_would_steer_the_terminal(program, folder):
    name = os.fsencode(folder) + b"/\x1b[2J\nwinver6003: fine\xff.txt"
    for arguments in ((name,), ("-o", name + b"/out", name), (b"--\x1b\n", name)):
        result = program.run(*arguments)
        check(result.code in (64, 66, 74) and result.err.count(b"\n") == 1, result)
        check(b"\x1b" not in result.err and b"\xff" not in result.err, result)
    with open(name, "w", encoding="ascii") as banner:
        banner.write(BANNER)
    for form in ("text", "json", "jsonl", "csv", "nagios"):
        result = program.run("-v", "--format", form, name)
        check(result.code == 3, result)
        check(b"\x1b" not in result.out, result)
        result.out.decode("utf-8")


def evidence_that_states_escape_sequences(program, folder):
    (folder / "ver.txt").write_text(BANNER + "Host Name:   \x1b[31mEVIL\x9b\u202e\r\n",
                                    encoding="utf-8")
    for form in ("text", "json", "csv", "nagios"):
        result = program.run("-v", "--format", form, folder / "ver.txt")
        check(b"\x1b" not in result.out and "\u202e".encode() not in result.out, result)


def one_bad_among_good(program, folder):
    """The good ones are judged all the same; the exit code is that of the bad one."""
    good = SAMPLES / "server-2008-sp2-6002.txt"
    result = program.run("--format", "jsonl", good, folder / "none.txt", good)
    check(result.code == 66, result)
    check(result.out.count(b"\n") == 2 and result.err.count(b"\n") == 1, result)
    result = program.run("--together", "--format", "jsonl", folder / "none.txt", good)
    check(result.code == 66 and result.out.count(b"\n") == 1, result)


def evidence_is_never_written_to(program, folder):
    path = folder / "ver.txt"
    path.write_text(BANNER)
    os.utime(path, (1e9, 1e9))
    path.chmod(0o444)
    before = os.stat(path)
    for arguments in ((path,), ("-o", path, path), ("-o", folder / "out", folder),
                      ("--batch", "-o", folder / "out", folder)):
        result = program.run(*arguments)
        check(result.code == (64 if "-o" in arguments else 3), result)
    after = os.stat(path)
    check((before.st_mtime, before.st_ino, before.st_size) ==
          (after.st_mtime, after.st_ino, after.st_size), after)
    check(os.listdir(folder) == ["ver.txt"], os.listdir(folder))


def folder_with_a_pipe_and_a_device_in_it(program, folder):
    os.mkfifo(folder / "pipe")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "ver.txt").write_text(BANNER)
    result = program.run("-v", folder, seconds=10)
    check(result.code == 3, result)


if __name__ == "__main__":
    main([
        empty_file,
        empty_standard_input,
        missing_file,
        file_without_rights,
        folder_without_rights,
        empty_folder,
        two_gigabytes_of_zeros,
        two_gigabytes_of_zeros_behind_a_banner,
        devices,
        endless_standard_input,
        pipe_by_name,
        socket_by_name,
        link_to_itself,
        folder_that_contains_itself,
        file_that_shrinks_while_read,
        utf16_with_lone_surrogates,
        utf16_cut_in_a_character,
        nul_bytes,
        line_of_100_megabytes,
        only_a_line_of_100_megabytes,
        file_of_nothing_but_line_ends,
        random_bytes,
        name_that_would_steer_the_terminal,
        evidence_that_states_escape_sequences,
        one_bad_among_good,
        evidence_is_never_written_to,
        folder_with_a_pipe_and_a_device_in_it,
    ])
