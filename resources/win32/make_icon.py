#!/usr/bin/python3
"""Draws winver6003.ico, the icon of the two Windows programs, from the icon of the desktop file.

usage: make_icon.py [--check]

Sizes 16 and 32 are bitmaps, 48 and 256 are PNG, in fewer colours, because the programs have a limit
of size: NT 6.0 is the first that reads it. --check draws again and compares
with the file that is there, pixel by pixel; skipped (77) where nothing can draw SVG.

SPDX-License-Identifier: MIT
"""

import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
DRAWING = HERE.parent / "icons" / "scalable" / "org.winver6003.Winver6003.svg"
ICON = HERE / "winver6003.ico"
BITMAP_SIZES = (16, 32)
PNG_SIZES = (48, 256)
# Bits of a colour that a PNG keeps.
PNG_BITS = 0xF0
# Another release of the library that draws may round otherwise.
TOLERANCE = 16

try:
    import gi

    gi.require_version("GdkPixbuf", "2.0")
    from gi.repository import GdkPixbuf, GLib
except (ImportError, ValueError):
    GdkPixbuf = None


def rows_of(pixbuf):
    """The rows of a picture as bytes in the order red, green, blue, alpha."""
    pixels, stride, width = pixbuf.get_pixels(), pixbuf.get_rowstride(), pixbuf.get_width()
    return [pixels[y * stride:y * stride + width * 4] for y in range(pixbuf.get_height())]


def draw(size):
    return GdkPixbuf.Pixbuf.new_from_file_at_size(str(DRAWING), size, size)


def png(size):
    pixels = bytes(byte & PNG_BITS | byte >> 4 for row in rows_of(draw(size)) for byte in row)
    picture = GdkPixbuf.Pixbuf.new_from_bytes(GLib.Bytes.new(pixels), GdkPixbuf.Colorspace.RGB,
                                              True, 8, size, size, size * 4)
    return bytes(picture.save_to_bufferv("png", ["compression"], ["9"])[1])


def bitmap(pixbuf):
    """A DIB as icons hold it: bottom row first, then a mask of one bit a pixel, 1 where clear."""
    size = pixbuf.get_width()
    head = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    colours, mask = bytearray(), bytearray()
    for row in reversed(rows_of(pixbuf)):
        bits = 0
        for x in range(size):
            red, green, blue, alpha = row[x * 4:x * 4 + 4]
            colours += bytes((blue, green, red, alpha))
            bits |= (alpha == 0) << (size - 1 - x)
        padding = -size % 32
        mask += (bits << padding).to_bytes((size + padding) // 8, "big")
    return bytes(head + colours + mask)


def make():
    images = [(size, bitmap(draw(size))) for size in BITMAP_SIZES]
    images += [(size, png(size)) for size in PNG_SIZES]
    at = 6 + 16 * len(images)
    head, body = struct.pack("<HHH", 0, 1, len(images)), b""
    for size, image in images:
        head += struct.pack("<BBBBHHII", size & 255, size & 255, 0, 0, 1, 32, len(image), at)
        at += len(image)
        body += image
    return head + body


def pixels_of(icon):
    """{size: pixels as red, green, blue, alpha, row by row from the top}"""
    pictures = {}
    for index in range(struct.unpack_from("<H", icon, 4)[0]):
        width, _, _, _, _, _, length, at = struct.unpack_from("<BBBBHHII", icon, 6 + 16 * index)
        size, image = width or 256, icon[at:at + length]
        if image.startswith(b"\x89PNG"):
            loader = GdkPixbuf.PixbufLoader.new_with_type("png")
            loader.write_bytes(GLib.Bytes.new(image))
            loader.close()
            pictures[size] = b"".join(rows_of(loader.get_pixbuf()))
        else:
            rows = [image[40 + size * 4 * y:40 + size * 4 * (y + 1)] for y in range(size)]
            colours = bytearray(b"".join(reversed(rows)))
            colours[0::4], colours[2::4] = colours[2::4], colours[0::4]
            pictures[size] = bytes(colours)
    return pictures


def check():
    there, drawn = pixels_of(ICON.read_bytes()), pixels_of(make())
    if set(there) != set(drawn):
        return f"sizes {sorted(there)}, not {sorted(drawn)}"
    for size, pixels in drawn.items():
        if len(pixels) != len(there[size]):
            return f"{size} x {size}: {len(there[size])} bytes"
        furthest = max(abs(a - b) for a, b in zip(pixels, there[size]))
        if furthest > TOLERANCE:
            return f"{size} x {size}: a pixel is {furthest} away from the drawing"
    return None


def main():
    if not GdkPixbuf:
        print("skipped: no GdkPixbuf for Python here to draw with")
        return 77
    if "--check" not in sys.argv[1:]:
        ICON.write_bytes(make())
        return 0
    problem = check()
    print(f"winver6003.ico: {problem}; run make_icon.py" if problem
          else "winver6003.ico is the drawing")
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
