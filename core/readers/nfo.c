/* What msinfo32 saves as .nfo: its tree of categories as XML, in UTF-16.
 *
 *    <MsInfo>
 *      <Metadata><Version>8.0</Version><CreationUTC>04/10/19 09:10:11</CreationUTC></Metadata>
 *      <Category name="System Summary">
 *        <Data><Item><![CDATA[Version]]></Item>
 *              <Value><![CDATA[6.0.6002 Service Pack 2 Build 6002]]></Value></Data>
 *
 * The two elements of a row are named as the columns are, in the display language, so that only
 * their order counts. The rows of the first category are the summary that the program also writes
 * as text: they go to the same recogniser, as lines of item, tab and value.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../reader.h"

#include "../limits.h"
#include "../strbuf.h"
#include "../xml_read.h"
#include "recogniser.h"

#include <string.h>

enum { ROOT = 1, CATEGORY, ROW, CELL };

struct summary {
    struct text_scan scan;
    void *state; /* of the recogniser */
    struct xml_read *xml;
    unsigned long row;
    unsigned cell; /* of the row, from 1 */
    struct strbuf line;
    struct strbuf created;
    bool in_created;
    bool ended;
};

static bool nfo_probe(const struct input *input)
{
    return xml_probe(input, "MsInfo");
}

static void open_element(struct summary *summary)
{
    switch (xml_depth(summary->xml)) {
    case ROW:
        strbuf_clear(&summary->line);
        summary->cell = 0;
        summary->in_created = xml_is(summary->xml, "CreationUTC");
        /* Devices and programs follow, thousands of rows. */
        summary->ended = xml_is(summary->xml, "Category");
        break;
    case CELL:
        if (summary->cell++ == 1)
            strbuf_addc(&summary->line, '\t');
        break;
    default:
        break;
    }
}

/* A tab inside a cell would end it. */
static void add_text(struct strbuf *buf, const char *text)
{
    for (; *text && buf->length < LIMIT_LINE_BYTES; text++)
        strbuf_addc(buf, *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
}

static void end_row(struct summary *summary)
{
    struct text_line line = {
        .text = strbuf_text(&summary->line),
        .length = summary->line.length,
        .number = ++summary->row,
    };

    recogniser_msinfo.line(&summary->scan, summary->state, &line);
}

static void read_element(struct summary *summary, enum xml_event event)
{
    unsigned depth = xml_depth(summary->xml);

    if (event == XML_OPEN) {
        open_element(summary);
    } else if (event == XML_TEXT && depth == CELL && summary->cell <= 2) {
        add_text(&summary->line, xml_text(summary->xml));
    } else if (event == XML_TEXT && depth == ROW && summary->in_created) {
        add_text(&summary->created, xml_text(summary->xml));
    } else if (event == XML_CLOSE && depth == ROW && summary->cell >= 2) {
        end_row(summary);
    } else if (event == XML_CLOSE && depth == ROW) {
        summary->in_created = false;
    } else if (event == XML_CLOSE && depth == CATEGORY) {
        summary->ended = xml_is(summary->xml, "Category");
    }
}

static bool nfo_read(struct input *input, struct machine *machine, unsigned evidence)
{
    struct summary summary = {.scan = {.machine = machine, .evidence = evidence}};
    const struct source source = {GRADE_TOOL, WITNESS_MSINFO, evidence, "CreationUTC"};
    size_t n_facts = machine->facts.count;
    enum xml_event event;

    summary.xml = xml_open(input, LIMIT_TEXT_BYTES);
    summary.state = recogniser_msinfo.begin(&summary.scan);
    while (!summary.ended && (event = xml_next(summary.xml)) != XML_END)
        read_element(&summary, event);
    if (summary.scan.statements > 0 && summary.created.length > 0)
        facts_add_text(&machine->facts, &source, FIELD_EVIDENCE_DATE,
                       strbuf_text(&summary.created));
    if (summary.scan.statements == 0)
        machine->facts.count = n_facts;
    if (xml_problem(summary.xml))
        machine_add_problem(machine, evidence, "%s", xml_problem(summary.xml));
    xml_close(summary.xml);
    strbuf_free(&summary.line);
    strbuf_free(&summary.created);
    return summary.scan.statements > 0;
}

const struct reader reader_nfo = {
    .id = "nfo",
    .title = "msinfo32 (.nfo)",
    .probe = nfo_probe,
    .read = nfo_read,
};
