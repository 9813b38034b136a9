#!/usr/bin/python3
"""Turns our SVG drawings into C tables of path steps (see art.h).

It knows the part of SVG that our own drawings use and stops the build at anything else, so that
no drawing is silently shown wrong: path, rect, circle; fill with a colour, currentColor or a
linear gradient in user space; fill-opacity; fill-rule.

SPDX-License-Identifier: MIT
"""
import os
import re
import sys
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
KAPPA = 0.5522847498  # a quarter of a circle as one cubic curve
DRAWN = {"id", "d", "fill", "fill-opacity", "fill-rule", "x", "y", "width", "height", "rx",
         "cx", "cy", "r"}


def color(text, alpha=1.0):
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        sys.exit(f"colour {text!r}: only #rrggbb is understood")
    return [int(text[i:i + 2], 16) / 255 for i in (1, 3, 5)] + [alpha]


def path_steps(data):
    """Absolute move, line, curve and close steps of a path's d attribute."""
    tokens = re.findall(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", data)
    steps, at, start, command, i = [], (0.0, 0.0), (0.0, 0.0), None, 0

    def numbers(count):
        nonlocal i
        values = [float(t) for t in tokens[i:i + count]]
        i += count
        return values

    while i < len(tokens):
        if tokens[i].isalpha():
            command = tokens[i]
            i += 1
        relative = command.islower()
        base = at if relative else (0.0, 0.0)
        kind = command.upper()
        if kind == "Z":
            steps.append(("ART_CLOSE", []))
            at = start
        elif kind in "ML":
            x, y = numbers(2)
            at = (base[0] + x, base[1] + y)
            steps.append(("ART_MOVE" if kind == "M" else "ART_LINE", list(at)))
            if kind == "M":
                start = at
                command = "l" if relative else "L"
        elif kind == "H":
            at = (base[0] + numbers(1)[0], at[1])
            steps.append(("ART_LINE", list(at)))
        elif kind == "V":
            at = (at[0], base[1] + numbers(1)[0])
            steps.append(("ART_LINE", list(at)))
        elif kind == "C":
            n = numbers(6)
            points = [n[j] + base[j % 2] for j in range(6)]
            at = (points[4], points[5])
            steps.append(("ART_CURVE", points))
        else:
            sys.exit(f"path command {command!r} is not understood")
    return steps


def rounded(x, y, w, h, r):
    k = r * (1 - KAPPA)
    if not r:
        return path_steps(f"M{x} {y} H{x + w} V{y + h} H{x} Z")
    right, bottom = x + w, y + h
    return path_steps(
        f"M{x + r} {y} H{right - r} C{right - k} {y} {right} {y + k} {right} {y + r} "
        f"V{bottom - r} C{right} {bottom - k} {right - k} {bottom} {right - r} {bottom} "
        f"H{x + r} C{x + k} {bottom} {x} {bottom - k} {x} {bottom - r} "
        f"V{y + r} C{x} {y + k} {x + k} {y} {x + r} {y} Z")


def shape_steps(element):
    def number(name):
        return float(element.get(name, "0"))

    tag = element.tag.replace(SVG, "")
    if tag == "path":
        return path_steps(element.get("d"))
    if tag == "rect":
        return rounded(number("x"), number("y"), number("width"), number("height"), number("rx"))
    if tag == "circle":
        r = number("r")
        return rounded(number("cx") - r, number("cy") - r, 2 * r, 2 * r, r)
    sys.exit(f"element <{tag}> is not understood")


class Drawing:
    def __init__(self, path):
        root = ET.parse(path).getroot()
        self.path = path
        self.name = os.path.splitext(os.path.basename(path))[0]
        box = [float(v) for v in root.get("viewBox").split()]
        if box[:2] != [0, 0]:
            sys.exit(f"{path}: the viewBox must start at 0 0")
        self.size = box[2:]
        self.gradients, self.gradient_ids, self.steps = [], {}, []
        for element in root:
            tag = element.tag.replace(SVG, "")
            if tag in ("title", "metadata"):
                continue
            if tag == "defs":
                for gradient in element:
                    self.add_gradient(gradient)
            else:
                self.add_shape(element)

    def add_gradient(self, element):
        if (element.tag != SVG + "linearGradient"
                or element.get("gradientUnits") != "userSpaceOnUse"):
            sys.exit(f"{self.path}: only linearGradient in userSpaceOnUse is understood")
        self.gradient_ids[element.get("id")] = len(self.gradients)
        self.gradients.append((
            [float(element.get(a)) for a in ("x1", "y1", "x2", "y2")],
            [(float(s.get("offset")),
              color(s.get("stop-color"), float(s.get("stop-opacity", "1")))) for s in element]))

    def add_shape(self, element):
        unknown = set(element.keys()) - DRAWN
        if unknown:
            sys.exit(f"{self.path}: attributes {sorted(unknown)} are not understood")
        fill = element.get("fill", "#000000")
        if fill == "none":
            return
        alpha = float(element.get("fill-opacity", "1"))
        rule = "_EVEN_ODD" if element.get("fill-rule") == "evenodd" else ""
        self.steps += shape_steps(element)
        if fill == "currentColor":
            self.steps.append(("ART_FILL_CURRENT" + rule, [0, 0, 0, alpha]))
        elif fill.startswith("url(#"):
            self.steps.append(("ART_FILL_GRADIENT", [self.gradient_ids[fill[5:-1]]]))
        else:
            self.steps.append(("ART_FILL" + rule, color(fill, alpha)))

    def write(self, out):
        c = re.sub(r"\W", "_", self.name)

        def list_of(values):
            return ", ".join(f"{v:.6g}f" if "." in f"{v:.6g}" or "e" in f"{v:.6g}" else
                             f"{v:.6g}.0f" for v in values)

        for i, (_, stops) in enumerate(self.gradients):
            rows = ", ".join(f"{{{list_of([o])}, {{{list_of(rgba)}}}}}" for o, rgba in stops)
            out.write(f"static const struct art_stop {c}_stops_{i}[] = {{{rows}}};\n")
        if self.gradients:
            out.write(f"static const struct art_gradient {c}_gradients[] = {{\n")
            for i, (line, stops) in enumerate(self.gradients):
                out.write(f"    {{{{{list_of(line[:2])}}}, {{{list_of(line[2:])}}}, "
                          f"{c}_stops_{i}, {len(stops)}}},\n")
            out.write("};\n")
        out.write(f"static const struct art_step {c}_steps[] = {{\n")
        for verb, values in self.steps:
            out.write(f"    {{{verb}, {{{list_of(values) or '0'}}}}},\n")
        out.write("};\n")
        out.write(f"static const struct art {c}_art = {{\"{self.name}\", "
                  f"{list_of(self.size)},\n    {c}_steps, {len(self.steps)}, "
                  f"{c + '_gradients' if self.gradients else 'NULL'}}};\n\n")
        return f"&{c}_art"


def main():
    target, *sources = sys.argv[1:]
    with open(target, "w", encoding="utf-8") as out:
        out.write("/* Made by svg_to_c.py from the drawings in resources/. */\n"
                  "#include \"gui/art/steps.h\"\n\n")
        names = [Drawing(path).write(out) for path in sources]
        out.write(f"const struct art *const arts[] = {{{', '.join(names)}, NULL}};\n")


main()
