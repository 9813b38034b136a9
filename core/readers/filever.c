/* The version of a system file as tools print it: wmic datafile, PowerShell's VersionInfo.
 *
 *    Name=c:\windows\system32\ntoskrnl.exe
 *    Version=6.0.6002.24566
 *
 *    6.0.6002.18005   6.0.6002.18005 (lh_sp2rtm.090410-1830) C:\Windows\system32\ntoskrnl.exe
 *
 * Only files where Windows keeps them: copies in winsxs wait or were replaced, and applications
 * bring their own. A sentence that names a file and a version is not among these forms. What these
 * tools print is the version resource, so the grade is that of the file.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recogniser.h"

#include "line_values.h"
#include "system_file.h"

#include <string.h>

#define NAME_BYTES 64
/* From the name to the version of one record; wmic's doubled line ends come between. */
#define RECORD_LINES 6

struct filever {
    char name[NAME_BYTES]; /* without its folder */
    unsigned long name_line;
    struct version version;
    char lab[80]; /* "6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)"; "" for none */
    unsigned long version_line;
};

static void *begin(struct text_scan *scan)
{
    return arena_alloc(scan->machine->arena, sizeof(struct filever));
}

/* The file's name when path is that of a system file in its place. */
static bool system_path(struct span path, struct span *name)
{
    size_t at = path.length;

    while (at > 0 && path.text[at - 1] != '\\')
        at--;
    *name = span_from(path, at);
    if (at == 0 || path.length > 260 || !system_file_is_known(*name))
        return false;
    path.length = at;
    return span_ends(path, ":\\windows\\system32\\") || span_ends(path, ":\\winnt\\system32\\") ||
           (span_is(*name, "explorer.exe") && span_ends(path, ":\\windows\\")) ||
           span_ends(path, "%windir%\\system32\\") || span_ends(path, "%systemroot%\\system32\\");
}

/* "6.0.6003.20489" or "6.0.6003.20489 (vistasp2_ldr_escrow.190320-1700)" */
static bool read_version(struct span value, struct version *version, struct span *lab)
{
    size_t end = span_find(value, " ");
    struct build_lab parts;
    int32_t n[4];
    char text[80];

    if (shape_numbers((struct span){value.text, end}, n, 4) != 4)
        return false;
    *version = (struct version){n[0], n[1], n[2], n[3]};
    *lab = SPAN("");
    if (end < value.length) {
        if (value.length >= sizeof(text) ||
            !build_lab_parse(span_copy(value, text, sizeof(text)), &parts))
            return false;
        *lab = value;
    }
    return shape_known_build(version);
}

static void state(struct text_scan *scan, const struct text_line *line, struct span name,
                  const struct version *version, struct span lab)
{
    struct facts *facts = &scan->machine->facts;
    char text[NAME_BYTES];
    struct source source;

    span_copy(name, text, sizeof(text));
    scan->statements++;
    if (!system_file_is_kernel(name)) {
        source = recogniser_source(scan, line, GRADE_FILE, WITNESS_SYSTEM_FILE, "file version");
        facts_add_text(facts, &source, FIELD_OS_FILE,
                       arena_printf(scan->machine->arena, "%s %d.%d.%d.%d", text,
                                    (int)version->major, (int)version->minor, (int)version->build,
                                    (int)version->revision));
        return;
    }
    source = recogniser_source(scan, line, GRADE_FILE, WITNESS_KERNEL_FILE, text);
    facts_add_version(facts, &source, version);
    if (lab.length > 0)
        recogniser_add(scan, &source, FIELD_BUILD_LAB, lab);
}

/* Both halves of a record, in either order. */
static bool record_line(struct text_scan *scan, struct filever *file, const struct text_line *line,
                        const struct line_value *item)
{
    struct span name, lab;

    if (system_path(item->value, &name) &&
        (span_is(item->label, "Name") || span_is(item->label, "FileName") ||
         span_is(item->label, "FullName") || span_is(item->label, "Path"))) {
        span_copy(name, file->name, sizeof(file->name));
        file->name_line = line->number;
    } else if ((span_is(item->label, "Version") || span_is(item->label, "FileVersion")) &&
               read_version(item->value, &file->version, &lab)) {
        span_copy(lab, file->lab, sizeof(file->lab));
        file->version_line = line->number;
    } else {
        return false;
    }
    if (!file->name_line || !file->version_line || line->number - file->name_line > RECORD_LINES ||
        line->number - file->version_line > RECORD_LINES)
        return file->name_line == line->number;
    state(scan, line, span_of(file->name), &file->version, span_of(file->lab));
    file->name_line = file->version_line = 0;
    return true;
}

/* The next cell of a table's row (blanks between) or of CSV (commas); a lab in brackets stays with
 * its version. */
static struct span next_cell(struct span *row, bool commas)
{
    struct span cell;
    size_t end = 0;

    *row = span_trim(*row);
    while (end < row->length &&
           (commas ? row->text[end] != ',' : !blank_length(row->text + end, row->length - end)))
        end++;
    if (!commas && span_starts(span_from(*row, end), " ("))
        end += span_find(span_from(*row, end), ")") + 1;
    if (end > row->length)
        end = row->length;
    cell = span_trim((struct span){row->text, end});
    *row = span_from(*row, end + (commas ? 1 : 0));
    if (cell.length >= 2 && *cell.text == '"' && span_ends(cell, "\""))
        cell = (struct span){cell.text + 1, cell.length - 2};
    return cell;
}

static bool table_row(struct text_scan *scan, const struct text_line *line, struct span row)
{
    struct version version = VERSION_NONE, other;
    struct span name = SPAN(""), lab = SPAN(""), found, cell;
    bool commas = memchr(row.text, ',', row.length) != NULL;

    if (row.length > 400 || !span_has(row, ":\\windows\\"))
        return false;
    while (row.length > 0) {
        cell = next_cell(&row, commas);
        if (cell.length == 0)
            continue;
        if (read_version(cell, &other, &found)) {
            if (version.build != VERSION_UNKNOWN && memcmp(&version, &other, sizeof(version)))
                return false;
            version = other;
            if (found.length > 0)
                lab = found;
        } else if (system_path(cell, &found)) {
            name = found;
        } else if (!commas) {
            return false;
        }
    }
    if (name.length == 0 || version.build == VERSION_UNKNOWN)
        return false;
    state(scan, line, name, &version, lab);
    return true;
}

static bool line_shown(struct text_scan *scan, void *data, const struct text_line *line)
{
    struct line_value values[LINE_VALUES_MAX];
    struct span text;
    size_t n;

    /* Names of files and versions have one; most lines of a long text do not. */
    if (!memchr(line->text, '.', line->length))
        return false;
    text = span_trim(span_of(recogniser_uncomment(line->text)));
    n = line_values(text, values);
    for (size_t i = 0; i < n; i++)
        if (values[i].label.length > 0 && record_line(scan, data, line, &values[i]))
            return true;
    return table_row(scan, line, text);
}

const struct recogniser recogniser_filever = {
    .id = "filever",
    .begin = begin,
    .line = line_shown,
};
