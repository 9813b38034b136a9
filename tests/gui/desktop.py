#!/usr/bin/python3
"""The desktop entry, the metainfo and the icons name one another rightly.

usage: desktop.py RESOURCES VERSION

SPDX-License-Identifier: MIT
"""
import configparser
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

ID = "org.winver6003.Winver6003"
STATES = ["transitioned", "not-transitioned", "incomplete", "conflict", "imitation", "unknown",
          "not-applicable"]


def main(resources, version):
    resources = pathlib.Path(resources)
    wrong = []

    def expect(what, found, wanted):
        if found != wanted:
            wrong.append(f"{what}: {found!r}, not {wanted!r}")

    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(resources / f"{ID}.desktop", encoding="utf-8")
    entry = entry["Desktop Entry"]
    expect("Type", entry["Type"], "Application")
    # %F: several files in one start, a window each.
    expect("Exec", entry["Exec"], "winver6003-gtk %F")
    expect("Icon", entry["Icon"], ID)
    expect("StartupWMClass", entry["StartupWMClass"], "winver6003-gtk")

    info_path = resources / f"{ID}.metainfo.xml"
    info = ET.parse(info_path).getroot()
    expect("id", info.findtext("id"), ID)
    expect("launchable", info.findtext("launchable"), f"{ID}.desktop")
    expect("stock icon", info.findtext("icon"), ID)
    expect("version", info.find("releases/release").get("version"), version)

    for icon in [resources / "icons" / "scalable" / f"{ID}.svg"] + [
            resources / "icons" / "symbolic" / f"winver6003-{state}-symbolic.svg"
            for state in STATES]:
        expect(icon.name, icon.is_file() and ET.parse(icon).getroot().tag,
               "{http://www.w3.org/2000/svg}svg")

    # The real validators, where they are.
    for command in (["appstreamcli", "validate", "--no-net", info_path],
                    ["desktop-file-validate", resources / f"{ID}.desktop"]):
        if shutil.which(command[0]):
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  check=False)
            if done.returncode:
                wrong.append(done.stdout.decode())
    print(*wrong, sep="\n")
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
