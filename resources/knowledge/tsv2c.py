#!/usr/bin/python3
"""Turns the tables of this folder into one C file.

Every table is checked while it is read: a wrong number of columns, a bad date, number, KB or word,
a missing source, rows out of order or a KB that packages.tsv does not have ends the build with the
file and the line. The output depends on the input alone.

    tsv2c.py [--packed] OUTPUT.c TABLE.tsv...

Packed, the cells are text under DEFLATE, column by column, and read into the rows when the program
starts (core/knowledge_packed.c): a fifth of the size, for programs that must be small.

SPDX-License-Identifier: MIT
"""

import datetime
import os
import re
import sys
import zlib

EPOCH = datetime.date(1970, 1, 1)


class Malformed(Exception):
    pass


# What a cell may hold. Each takes the text and returns a Python value to compare and the C text.

def c_string(text):
    out = []
    for byte in text.encode("utf-8"):
        char = chr(byte)
        if char in '"\\?':  # ? because of trigraphs
            out.append("\\" + char)
        elif 32 <= byte < 127:
            out.append(char)
        else:
            out.append("\\%03o" % byte)
    return '"%s"' % "".join(out)


def text_cell(text):
    return text, c_string(text)


def number_cell(text):
    if not text:
        return None, "NOT_KNOWN"
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
        raise Malformed("not a number: " + text)
    return int(text), text


def kb_cell(text):
    if not text:
        return None, "0"
    if not re.fullmatch(r"KB[1-9][0-9]{5,6}", text):
        raise Malformed("not a KB: " + text)
    return int(text[2:]), text[2:]


def kb_list_cell(text):
    for word in text.split(" ") if text else []:
        kb_cell(word)
    return text, c_string(text)


def day_cell(text):
    if not text:
        return None, "DAY_NONE"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Malformed("not a date: " + text)
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise Malformed("not a date: " + text)
    return day, str((day - EPOCH).days)


def month_cell(text):
    if text and not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text):
        raise Malformed("not a month: " + text)
    return text, c_string(text)


def bool_cell(text):
    if text not in ("yes", "no"):
        raise Malformed("neither yes nor no: " + text)
    return text == "yes", "true" if text == "yes" else "false"


def word_cell(prefix, none, words):
    def cell(text):
        if not text:
            return "", none
        if text not in words:
            raise Malformed("unknown word: " + text)
        return text, prefix + text.upper().replace("-", "_")
    return cell


def one_of(words):
    def cell(text):
        if text and text not in words:
            raise Malformed("unknown word: " + text)
        return text, c_string(text)
    return cell


release_kind = word_cell("RELEASE_", "RELEASE_NONE",
                         ("rtm", "patch-tuesday", "preview", "out-of-band"))
programme = word_cell("PROGRAMME_", "PROGRAMME_NONE",
                      ("public", "esu-year1", "esu-year2", "esu-year3", "azure-year4",
                       "premium-assurance"))
package_kind = word_cell("PACKAGE_", "PACKAGE_KIND_NONE",
                         ("monthly-rollup", "security-only", "preview", "ie-cumulative", "ssu",
                          "esu-prep", "hotfix", "service-pack"))
branch_role = one_of(("rtm", "gdr", "ldr", "beta", "rc", "base", "any"))
branch_basis = one_of(("documented", "observed", "convention", "not-found"))
phase_id = one_of(("mainstream", "extended", "esu-year1", "esu-year2", "esu-year3",
                   "azure-year4", "premium-assurance"))

# How knowledge.c prints the member again.
PRINTED_AS = {
    text_cell: "COLUMN_TEXT", kb_list_cell: "COLUMN_TEXT", month_cell: "COLUMN_TEXT",
    branch_role: "COLUMN_TEXT", branch_basis: "COLUMN_TEXT", phase_id: "COLUMN_TEXT",
    number_cell: "COLUMN_NUMBER", kb_cell: "COLUMN_KB", day_cell: "COLUMN_DAY",
    bool_cell: "COLUMN_BOOL", release_kind: "COLUMN_RELEASE_KIND",
    programme: "COLUMN_PROGRAMME", package_kind: "COLUMN_PACKAGE_KIND",
}


class Table:
    def __init__(self, name, title, struct, array, count, columns):
        self.name = name
        self.title = title
        self.struct = struct
        self.array = array
        self.count = count
        # "column" may be empty, "column!" may not.
        self.columns = [(key.rstrip("!"), cell, key.endswith("!")) for key, cell in columns]


TABLES = [
    Table("releases", "Days on which the build or revision moved", "release", "releases",
          "n_releases", [
              ("id!", text_cell), ("name!", text_cell), ("date!", day_cell),
              ("kind!", release_kind), ("build!", number_cell), ("revision!", number_cell),
              ("revision_min!", number_cell), ("revision_max!", number_cell),
              ("kernel_revision", number_cell), ("package_level!", bool_cell),
              ("kb_rollup", kb_cell), ("kb_security_only", kb_cell), ("programme!", programme),
              ("source!", text_cell)]),
    Table("packages", "Published packages", "known_package", "known_packages",
          "n_known_packages", [
              ("kb!", kb_cell), ("kind!", package_kind), ("date", day_cell),
              ("month", month_cell), ("build", number_cell), ("revision", number_cell),
              ("kernel_revision", number_cell), ("lab", text_cell), ("esu_required!", bool_cell),
              ("programme", programme), ("supersedes", kb_list_cell),
              ("revision_basis", text_cell), ("date_basis", text_cell), ("source!", text_cell),
              ("notes", text_cell)]),
    Table("revisions", "Every statement of a revision", "known_revision", "known_revisions",
          "n_known_revisions", [
              ("month!", month_cell), ("kb", kb_cell), ("kind", package_kind),
              ("build!", number_cell), ("revision!", number_cell), ("basis!", text_cell),
              ("what!", text_cell), ("source!", text_cell), ("notes", text_cell)]),
    Table("branches", "Branches and ranges of revisions", "branch", "branches", "n_branches", [
        ("branch!", text_cell), ("product!", text_cell), ("role!", branch_role),
        ("build", number_cell), ("revision_min", number_cell), ("revision_max", number_cell),
        ("basis!", branch_basis), ("first", day_cell), ("last", day_cell), ("example", text_cell),
        ("source!", text_cell), ("notes", text_cell)]),
    Table("labs", "Real build strings", "known_lab", "known_labs", "n_known_labs", [
        ("string!", text_cell), ("kind!", text_cell), ("build", number_cell),
        ("revision", number_cell), ("arch", text_cell), ("branch", text_cell),
        ("timestamp", text_cell), ("source!", text_cell), ("notes", text_cell)]),
    Table("esu", "Extended Security Updates", "esu_item", "esu_items", "n_esu_items", [
        ("kind!", text_cell), ("item!", text_cell), ("value", text_cell), ("first", day_cell),
        ("last", day_cell), ("applies_to", text_cell), ("source!", text_cell),
        ("notes", text_cell)]),
    Table("lifecycle", "Phases of support", "lifecycle_phase", "lifecycle", "n_lifecycle", [
        ("id!", phase_id), ("name!", text_cell), ("first!", day_cell), ("last!", day_cell),
        ("free!", bool_cell), ("source!", text_cell), ("notes", text_cell)]),
    Table("cves", "Vulnerabilities fixed by release", "cve_count", "cve_counts",
          "n_cve_counts", [
              ("release!", text_cell), ("cves_os!", number_cell), ("cves_ie9!", number_cell),
              ("cves_total!", number_cell), ("kev_os!", number_cell),
              ("kev_ie9_only!", number_cell), ("kev_ransomware!", number_cell),
              ("kev_list", text_cell), ("source!", text_cell)]),
    Table("skus", "Product numbers of GetProductInfo", "known_sku", "known_skus",
          "n_known_skus", [
              ("sku!", number_cell), ("edition!", text_cell), ("name!", text_cell),
              ("server!", bool_cell), ("core!", bool_cell), ("source!", text_cell)]),
    Table("upgrades", "In-place upgrade hops", "upgrade_hop", "upgrade_hops", "n_upgrade_hops", [
        ("from!", text_cell), ("to!", text_cell), ("needs!", text_cell), ("source!", text_cell)]),
    Table("sources", "What the short names of sources mean", "known_source", "known_sources",
          "n_known_sources", [
              ("name!", text_cell), ("what!", text_cell), ("source!", text_cell)]),
]


def read_table(table, path):
    """A list of rows: {column: (value, C text, text)} and "line"."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            content = file.read()
    except UnicodeDecodeError as error:
        raise Malformed("%s: not UTF-8 at byte %d" % (path, error.start))
    if "\r" in content:
        raise Malformed("%s: carriage returns" % path)
    if not content.endswith("\n"):
        raise Malformed("%s: the last line does not end" % path)
    names = [name for name, _, _ in table.columns]
    rows = []
    header = False
    for number, line in enumerate(content[:-1].split("\n"), 1):
        if not header and line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            if cells != names:
                raise Malformed("%s:%d: the header is not: %s" % (path, number, " ".join(names)))
            header = True
            continue
        if len(cells) != len(names):
            raise Malformed("%s:%d: %d columns, not %d" % (path, number, len(cells), len(names)))
        row = {"line": number}
        for (name, cell, required), text in zip(table.columns, cells):
            try:
                if text != text.strip():
                    raise Malformed("blanks around the value")
                if required and not text:
                    raise Malformed("empty")
                row[name] = (*cell(text), text)
            except Malformed as error:
                raise Malformed("%s:%d: %s: %s" % (path, number, name, error))
        rows.append(row)
    if not rows:
        raise Malformed("%s: no rows" % path)
    return rows


def value(row, column):
    return row[column][0]


def require(holds, path, row, message):
    if not holds:
        raise Malformed("%s:%d: %s" % (path, row["line"], message))


def pairs(rows):
    return zip(rows, rows[1:])


def kernel_floor(row):
    """From this revision of ntoskrnl.exe on the release is proven; as in knowledge.c."""
    kernel = value(row, "kernel_revision")
    floor = value(row, "revision_min")
    return floor if kernel is None else min(kernel, floor)


def check_releases(path, rows, packages):
    kbs = {value(row, "kb") for row in packages}
    ids = set()
    for row in rows:
        require(value(row, "id") not in ids, path, row, "id twice")
        ids.add(value(row, "id"))
        require(value(row, "revision_min") <= value(row, "revision") <= value(row, "revision_max"),
                path, row, "revision outside revision_min to revision_max")
        kernel = value(row, "kernel_revision")
        require(kernel is None or kernel <= value(row, "revision"), path, row,
                "kernel above its package")
        for column in ("kb_rollup", "kb_security_only"):
            kb = value(row, column)
            require(kb is None or kb in kbs, path, row, "%s is not in packages.tsv" % column)
    for before, row in pairs(rows):
        require(value(before, "date") < value(row, "date"), path, row, "out of order by date")
        require(value(before, "build") <= value(row, "build"), path, row, "build went down")
        if value(before, "build") == value(row, "build"):
            require(value(before, "revision_min") < value(row, "revision_min"), path, row,
                    "revision_min does not rise")
            require(kernel_floor(before) < kernel_floor(row), path, row,
                    "kernel_revision does not rise")


def check_packages(path, rows):
    def key(row):
        return value(row, "kb"), value(row, "date") or datetime.date.max
    for row in rows:
        month, date = value(row, "month"), value(row, "date")
        require(not month or not date or date.isoformat().startswith(month), path, row,
                "date is not in month")
        require(value(row, "revision") is None or value(row, "build") is not None, path, row,
                "revision without build")
    for before, row in pairs(rows):
        require(key(before) < key(row), path, row, "out of order by KB and date, or twice")


def check_revisions(path, rows):
    for before, row in pairs(rows):
        require(value(before, "month") <= value(row, "month"), path, row, "out of order by month")


def check_period(path, rows):
    for row in rows:
        first, last = value(row, "first"), value(row, "last")
        require((first is None) == (last is None), path, row, "half a period")
        require(first is None or first <= last, path, row, "ends before it begins")


def check_esu(path, rows):
    check_period(path, rows)
    for row in rows:
        text = value(row, "value")
        first, last = value(row, "first"), value(row, "last")
        if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) or first:
            period = "%s/%s" % (first, last) if first != last else str(first)
            require(text == period, path, row, "value is not first/last")


def check_branches(path, rows):
    check_period(path, rows)
    for row in rows:
        low, high = value(row, "revision_min"), value(row, "revision_max")
        require(low is None or high is None or low <= high, path, row, "empty range")


def check_labs(path, rows):
    for row in rows:
        stamp = value(row, "timestamp")
        require(not stamp or re.fullmatch(r"[0-9]{6}-[0-9]{4}", stamp), path, row,
                "timestamp is not yymmdd-hhmm")


def check_cves(path, rows, releases):
    order = {value(row, "id"): index for index, row in enumerate(releases)}
    for row in rows:
        require(value(row, "release") in order, path, row, "release is not in releases.tsv")
        require(value(row, "cves_os") + value(row, "cves_ie9") >= value(row, "cves_total"),
                path, row, "cves_total above its parts")
        kev = value(row, "kev_list").split(" ") if value(row, "kev_list") else []
        require(len(kev) == value(row, "kev_os") + value(row, "kev_ie9_only"), path, row,
                "kev_list does not count to kev_os and kev_ie9_only")
    for before, row in pairs(rows):
        require(order[value(before, "release")] < order[value(row, "release")], path, row,
                "not in the order of releases.tsv, or twice")


def check_skus(path, rows):
    for before, row in pairs(rows):
        require(value(before, "sku") < value(row, "sku"), path, row, "out of order, or twice")


def check_upgrades(path, rows):
    for before, row in pairs(rows):
        require(value(before, "to") == value(row, "from"), path, row, "does not follow on")


def check(paths, tables):
    check_packages(paths["packages"], tables["packages"])
    check_releases(paths["releases"], tables["releases"], tables["packages"])
    check_revisions(paths["revisions"], tables["revisions"])
    check_branches(paths["branches"], tables["branches"])
    check_labs(paths["labs"], tables["labs"])
    check_esu(paths["esu"], tables["esu"])
    check_period(paths["lifecycle"], tables["lifecycle"])
    check_cves(paths["cves"], tables["cves"], tables["releases"])
    check_skus(paths["skus"], tables["skus"])
    check_upgrades(paths["upgrades"], tables["upgrades"])


def emit_table(table, rows, packed):
    if packed:
        yield "static struct %s %s_rows[%d];" % (table.struct, table.array, len(rows))
    else:
        yield "static const struct %s %s_rows[] = {" % (table.struct, table.array)
        for row in rows:
            cells = ", ".join(".%s = %s" % (name, row[name][1]) for name, _, _ in table.columns)
            yield "    {%s}," % cells
        yield "};"
    yield "const struct %s *const %s = %s_rows;" % (table.struct, table.array, table.array)
    yield "const size_t %s = %d;" % (table.count, len(rows))
    yield ""
    yield "static const struct knowledge_column %s_columns[] = {" % table.array
    for name, cell, _ in table.columns:
        yield '    {"%s", %s, offsetof(struct %s, %s)},' % (name, PRINTED_AS[cell], table.struct,
                                                           name)
    yield "};"
    yield ""


def emit_packed(tables):
    text = b"".join(row[name][2].encode("utf-8") + b"\0" for table in TABLES
                    for name, _, _ in table.columns for row in tables[table.name])
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(text) + packer.flush()
    yield "static const uint8_t packed[] = {"
    for start in range(0, len(packed), 24):
        yield "    " + "".join("%d," % byte for byte in packed[start:start + 24])
    yield "};"
    yield "static char text[%d];" % len(text)
    yield ""
    yield "static void *const rows[] = {%s};" % ", ".join(
        table.array + "_rows" for table in TABLES)
    yield ""
    yield "/* Before main(), as if the tables had always been there. */"
    yield "__attribute__((constructor)) static void unpack(void)"
    yield "{"
    yield "    knowledge_unpack(packed, sizeof(packed), text, sizeof(text), rows);"
    yield "}"


def emit(tables, packed):
    yield "/* Made by resources/knowledge/tsv2c.py from the tables beside it. */"
    if packed:
        yield '#include "core/knowledge_packed.h"'
    yield '#include "core/knowledge_tables.h"'
    yield ""
    for table in TABLES:
        yield from emit_table(table, tables[table.name], packed)
    by_kb = []
    for index, row in enumerate(tables["releases"]):
        for column in ("kb_rollup", "kb_security_only"):
            if value(row, column) is not None:
                by_kb.append((value(row, column), index))
    by_kb.sort()
    yield "const struct kb_of_release kbs_of_releases[] = {"
    yield from ("    {%d, %d}," % pair for pair in by_kb)
    yield "};"
    yield "const size_t n_kbs_of_releases = %d;" % len(by_kb)
    yield ""
    counted = {value(row, "release"): index for index, row in enumerate(tables["cves"])}
    yield "const int32_t cve_count_of_release[] = {"
    yield from ("    %d," % counted.get(value(row, "id"), -1) for row in tables["releases"])
    yield "};"
    yield ""
    yield "const struct knowledge_table knowledge_tables[] = {"
    for table in TABLES:
        yield '    {"%s", "%s", %s_rows, sizeof(%s_rows[0]), %d,' % (
            table.name, table.title, table.array, table.array, len(tables[table.name]))
        yield "     %s_columns, %d}," % (table.array, len(table.columns))
    yield "};"
    yield "const size_t n_knowledge_tables = %d;" % len(TABLES)
    if packed:
        yield ""
        yield from emit_packed(tables)


def main(arguments):
    packed = arguments[:1] == ["--packed"]
    arguments = arguments[packed:]
    if len(arguments) < 2:
        sys.exit(__doc__.strip())
    output, *files = arguments
    paths = {os.path.splitext(os.path.basename(path))[0]: path for path in files}
    try:
        for table in TABLES:
            if table.name not in paths:
                raise Malformed("%s.tsv is missing" % table.name)
        tables = {table.name: read_table(table, paths[table.name]) for table in TABLES}
        check(paths, tables)
    except (Malformed, OSError) as error:
        sys.exit("tsv2c: %s" % error)
    with open(output, "w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(emit(tables, packed)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
