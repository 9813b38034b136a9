"""A desktop of its own for each test: X server, session bus, accessibility; and the window on it.

A Desk ends everything that it has started. Only what a test asks for is imported, so that
pictures can be drawn where the accessibility packages are missing.

SPDX-License-Identifier: MIT
"""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

PATIENCE = 20  # seconds that anything may take on a busy machine

# No test of the window passes where one of these was said.
BAD_WORDS = ("-WARNING", "-CRITICAL", "-ERROR", "Sanitizer", "runtime error")


def wait_for(what, say, patience=PATIENCE):
    """The first true value of what(); an error that says what was awaited."""
    end = time.monotonic() + patience
    while True:
        try:
            value = what()
        except Exception as error:  # a widget that went away between two questions
            value, say = None, f"{say} ({error})"
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience} s for {say}")
        time.sleep(0.05)


class Desk:
    def __init__(self, width=1280, height=1000, **environment):
        self.started = []
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="winver6003-desk-"))
        self.size = width, height
        self.known_tree = None
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self.home), "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            # No setting of the person who runs the test has a say, and none is changed.
            "GSETTINGS_BACKEND": "memory", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "0",
        }
        for name in os.environ:
            if name.startswith(("ASAN_", "UBSAN_", "LSAN_", "MALLOC_", "G_DEBUG")):
                self.env[name] = os.environ[name]
        self.env.update(environment)

    def __enter__(self):
        try:
            self.env["DISPLAY"] = ":" + self.start_for_line(
                ["Xvfb", "-displayfd", "{fd}", "-screen", "0", "{}x{}x24".format(*self.size),
                 "-nolisten", "tcp", "-noreset"])
            self.env["DBUS_SESSION_BUS_ADDRESS"] = self.start_for_line(
                ["dbus-daemon", "--session", "--nofork", "--print-address={fd}"])
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.started):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def start_for_line(self, command):
        """Starts a server and returns the line that it writes once it is ready."""
        read, write = os.pipe()
        with open(self.home / f"{command[0]}.log", "w", encoding="utf-8") as log:
            process = subprocess.Popen([part.replace("{fd}", str(write)) for part in command],
                                       env=self.env, pass_fds=[write], stdout=log, stderr=log)
        self.started.append(process)
        os.close(write)
        with os.fdopen(read, encoding="ascii") as ready:
            line = ready.readline().strip()
        if not line:
            raise RuntimeError(f"{command[0]} did not start")
        return line

    def run(self, *command, check=True):
        """What a short command prints."""
        done = subprocess.run(command, env=self.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False, timeout=60)
        if check and done.returncode:
            raise RuntimeError(f"{command}: {done.stderr.decode()}")
        return done.stdout.decode()

    def window(self, program, *arguments, probe=None, **environment):
        return Window(self, program, arguments, probe, environment)

    def tree(self):
        import tree

        if not self.known_tree:
            self.known_tree = tree.Tree(self.env["DBUS_SESSION_BUS_ADDRESS"])
        return self.known_tree

    def put_on_clipboard(self, text):
        """In the foreground (-quiet), so that it ends with the desk."""
        process = subprocess.Popen(["xclip", "-quiet", "-i", "-selection", "clipboard"],
                                   env=self.env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.started.append(process)
        process.stdin.write(text.encode())
        process.stdin.close()
        wait_for(lambda: self.clipboard() == text, "the clipboard to take text")

    def clipboard(self):
        return self.run("xclip", "-o", "-selection", "clipboard", check=False)


class Window:
    """The program on a desk; arguments as a person would type them."""

    def __init__(self, desk, program, arguments, probe, environment):
        self.desk = desk
        self.tolerated = ()  # complaints of GTK about itself
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=desk.home))
        env = dict(desk.env, **environment)
        if probe:
            env.update(GTK_MODULES=str(probe), PROBE_DIR=str(self.folder))
        with open(self.folder / "said", "w", encoding="utf-8") as said:
            self.process = subprocess.Popen([str(program), *map(str, arguments)], env=env,
                                            stdout=said, stderr=said)
        desk.started.append(self.process)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(PATIENCE)
        for line in self.said().splitlines():
            if any(word in line for word in BAD_WORDS) and not any(
                    words in line for words in self.tolerated):
                raise AssertionError(f"the program complained: {self.said()}")

    def said(self):
        """What the program wrote to its terminal."""
        return (self.folder / "said").read_text(encoding="utf-8")

    def ended(self):
        """The exit code, once it has ended of itself."""
        return self.process.wait(PATIENCE)

    def shoot(self, settle=0.3):
        """Pictures of its windows and what their labels are, through the probe module."""
        ready = self.folder / "ready"
        ready.unlink(missing_ok=True)
        wait_for((self.folder / "loaded").exists, f"the window to start: {self.said()}")
        time.sleep(settle)
        self.process.send_signal(signal.SIGUSR1)
        wait_for(ready.exists, "the pictures of the window")
        with open(self.folder / "labels.txt", encoding="utf-8") as lines:
            labels = [line.rstrip("\n").split("\t") for line in lines]
        return sorted(self.folder.glob("shot-*.png")), labels

    # ---- as a person sees it, through the accessibility tree --------------------------------

    def application(self):
        return wait_for(lambda: self.desk.tree().application(self.process.pid),
                        "the program in the accessibility tree")

    def frames(self):
        return [node for node in self.application().children() if node.role() == "frame"]

    def frame(self, number=0):
        return wait_for(lambda: self.frames()[number:number + 1], "its window")[0]

    def find(self, role, name=None):
        """Waits until that is shown in the first window."""
        return wait_for(lambda: self.frame().find(role, name), f"{role} {name or ''}")

    # ---- as a person uses it ----------------------------------------------------------------

    def focus(self):
        """Gives it the keyboard, as a window manager would."""
        ids = wait_for(lambda: self.desk.run("xdotool", "search", "--onlyvisible", "--pid",
                                             str(self.process.pid), check=False).split(),
                       "a visible window")
        self.desk.run("xdotool", "windowfocus", "--sync", ids[-1])
        return ids[-1]

    def press(self, *keys):
        for key in keys:
            self.desk.run("xdotool", "key", "--clearmodifiers", key)
            time.sleep(0.1)
