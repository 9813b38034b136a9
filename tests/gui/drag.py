#!/usr/bin/python3
"""A window to drag files out of, for the drop test: drag.py FILE...

Says "dropped" once another program has taken them.

SPDX-License-Identifier: MIT
"""
import pathlib
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

window = Gtk.Window(title="drag source", default_width=100, default_height=100)
box = Gtk.EventBox(visible=True)
window.add(box)
box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
box.drag_source_add_uri_targets()
box.connect("drag-data-get", lambda _box, _context, data, *_: data.set_uris(
    [pathlib.Path(path).resolve().as_uri() for path in sys.argv[1:]]))
box.connect("drag-end", lambda *_: print("dropped", flush=True))
window.connect("destroy", Gtk.main_quit)
window.show()
Gtk.main()
