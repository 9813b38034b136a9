"""The accessibility tree of a desk, asked over D-Bus.

Straight questions to the program rather than libatspi: its cache answers for widgets that have
changed since, and it stops for good when an event arrives inside a question.

SPDX-License-Identifier: MIT
"""
import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
# Positions in the state set, of AtspiStateType.
STATES = {"expanded": 10, "focusable": 11, "focused": 12, "selected": 23, "sensitive": 24,
          "showing": 25, "selectable-text": 38, "default": 39}
TIMEOUT_MS = 5000


def connect(address):
    flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
             | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


class Tree:
    def __init__(self, session_address):
        self.session = connect(session_address)
        reply = self.session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                       "GetAddress", None, None, 0, TIMEOUT_MS, None)
        self.bus = connect(reply.unpack()[0])

    def call(self, name, path, interface, method, arguments=None):
        reply = self.bus.call_sync(name, path, interface, method, arguments, None, 0, TIMEOUT_MS,
                                   None)
        return reply.unpack()

    def pid(self, name):
        return self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                         "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)))[0]

    def application(self, pid):
        """The root of that process; None while it is not in the tree."""
        for child in Node(self, REGISTRY, ROOT).children():
            if self.pid(child.bus_name) == pid:
                return child
        return None


class Node:
    def __init__(self, tree, bus_name, path):
        self.tree, self.bus_name, self.path = tree, bus_name, path

    def call(self, interface, method, signature=None, *values):
        arguments = GLib.Variant(f"({signature})", values) if signature else None
        return self.tree.call(self.bus_name, self.path, "org.a11y.atspi." + interface, method,
                              arguments)

    def get(self, interface, name):
        return self.tree.call(self.bus_name, self.path, "org.freedesktop.DBus.Properties", "Get",
                              GLib.Variant("(ss)", ("org.a11y.atspi." + interface, name)))[0]

    def __eq__(self, other):
        return (self.bus_name, self.path) == (other.bus_name, other.path)

    def name(self):
        return self.get("Accessible", "Name")

    def role(self):
        return self.call("Accessible", "GetRoleName")[0]

    def children(self):
        return [Node(self.tree, *reference)
                for reference in self.call("Accessible", "GetChildren")[0]]

    def has(self, *states):
        words = self.call("Accessible", "GetState")[0]
        return all(words[STATES[state] // 32] >> STATES[state] % 32 & 1 for state in states)

    def interfaces(self):
        return {name.rpartition(".")[2] for name in self.call("Accessible", "GetInterfaces")[0]}

    def text(self):
        """What it says: its text where it has one, else its name."""
        if "Text" not in self.interfaces():
            return self.name()
        return self.call("Text", "GetText", "ii", 0, self.get("Text", "CharacterCount"))[0]

    def key(self):
        """What activates it from the keyboard, "Alt+O"; "" for nothing."""
        if "Action" not in self.interfaces():
            return ""
        for number in range(self.get("Action", "NActions")):
            for part in self.call("Action", "GetKeyBinding", "i", number)[0].split(";"):
                if part:
                    return part.replace("<Alt>", "Alt+").upper().replace("ALT", "Alt")
        return ""

    def act(self):
        self.call("Action", "DoAction", "i", 0)

    def extents(self):
        """x, y, width, height on the screen."""
        return self.call("Component", "GetExtents", "u", 0)[0]

    def below(self, shown=True):
        """Every node below in reading order; only what is on the screen unless shown is false.
        Not the cells of a table: there may be any number of them."""
        for child in self.children():
            if shown and not child.has("showing"):
                continue
            yield child
            if child.role() not in ("table", "tree table"):
                yield from child.below(shown)

    def find(self, role, name=None):
        """The first node of that role (and name) that is shown; None."""
        for node in self.below():
            if node.role() == role and (name is None or node.name() == name):
                return node
        return None

    def labels(self):
        """The texts of all labels that are shown."""
        return [node.text() for node in self.below() if node.role() == "label" and node.text()]

    def focused(self):
        for node in self.below():
            if node.has("focused"):
                return node
        return None
