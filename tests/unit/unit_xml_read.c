/* XML as events: what is taken, what is refused, and that nothing grows without a limit.
 *
 * SPDX-License-Identifier: MIT
 */
#include "core/limits.h"
#include "core/strbuf.h"
#include "core/xml_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* All events as one line: "<a x=1>text</a>!line 1: why". */
static struct strbuf events(const void *bytes, size_t size)
{
    struct strbuf out = STRBUF_EMPTY;
    struct input input;
    struct xml_read *xml;
    enum xml_event event;

    input_from_memory(&input, "test", bytes, size);
    xml = xml_open(&input, (int64_t)size + 1);
    while ((event = xml_next(xml)) != XML_END) {
        const char *x = xml_attribute(xml, "x");

        if (event == XML_OPEN)
            strbuf_addf(&out, x ? "<%s x=%s>" : "<%s>", xml_name(xml), x);
        else if (event == XML_CLOSE)
            strbuf_addf(&out, "</%s>", xml_name(xml));
        else
            strbuf_adds(&out, xml_text(xml));
        assert_true(xml_depth(xml) > 0);
    }
    if (xml_problem(xml))
        strbuf_addf(&out, "!%s", xml_problem(xml));
    assert_int_equal(xml_next(xml), XML_END);
    xml_close(xml);
    return out;
}

static void expect(const char *text, const char *wanted)
{
    struct strbuf out = events(text, strlen(text));

    assert_string_equal(strbuf_text(&out), wanted);
    strbuf_free(&out);
}

static void well_formed(void **state)
{
    (void)state;
    expect("<a/>", "<a></a>");
    expect("<a></a>", "<a></a>");
    expect("<a x='1' y=\"2\"/>", "<a x=1></a>");
    expect("<?xml version=\"1.0\"?>\n<a>\n <b x = '1' />t</a >\n", "<a><b x=1></b>t</a>");
    expect("<a><!-- no <b> -- --->t</a>", "<a>t</a>");
    expect("<a><![CDATA[<b>&amp;]]]></a>", "<a><b>&amp;]</a>");
    expect("<a>one<b/>two</a>", "<a>one<b></b>two</a>");
    expect("<a x='l1\nl2'/>", "<a x=l1 l2></a>");
    /* as nmap --append-output leaves it */
    expect("<?xml?><a/><?xml?><a/>", "<a></a><a></a>");
}

static void entities(void **state)
{
    (void)state;
    expect("<a x='&lt;&#x41;&#66;'>&amp;&gt;&quot;&apos;</a>", "<a x=<AB>&>\"'</a>");
    expect("<a>&#xa;&#0;</a>", "<a>\n\xEF\xBF\xBD</a>");
    expect("<a>&#xFFFFFFFF;&#x110000;</a>", "<a>\xEF\xBF\xBD\xEF\xBF\xBD</a>");
    /* Not expanded, whatever is declared. */
    expect("<!DOCTYPE a [<!ENTITY b 'c>'><!-- ] -->]><a>&b;</a>",
           "<a>&b;</a>!entities that are not known: 1");
    expect("<a>R&D &;&#;&#x;</a>", "<a>R&D &;&#;&#x;</a>!entities that are not known: 4");
    expect("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "<a></a>");
}

static void broken(void **state)
{
    (void)state;
    expect("<a>t", "<a>t!line 1: the file ends inside <a>");
    expect("<a>\n<b></a>", "<a><b>!line 2: </a> closes what is not open");
    expect("</a>", "!line 1: </a> closes what is not open");
    expect("<a x=1/>", "!line 1: a value is not in quotes");
    expect("<a x/>", "!line 1: an attribute has no value");
    expect("<a x='<'/>", "!line 1: a value has a < in it");
    expect("<a x='1", "!line 1: the file ends inside a value");
    expect("<a ", "!line 1: the file ends inside a tag");
    expect("<", "!line 1: a name is missing");
    expect("<a/ >", "!line 1: a / inside a tag");
    expect("<a><!-- ", "<a>!line 1: the file ends inside a comment");
    expect("<a><![CDATA[x]]", "<a>!line 1: the file ends inside CDATA");
    expect("<!DOCTYPE a [", "!line 1: the file ends inside a document type");
    expect("<a><!-x></a>", "<a>!line 1: <!- is no tag");
    expect("<a><![x]]></a>", "<a>!line 1: <![ is no tag");
    expect("<?xml", "!line 1: the file ends inside a processing instruction");
}

static void encodings(void **state)
{
    static const char little[] = "\xFF\xFE<\0a\0>\0\xFC\0<\0/\0a\0>\0";
    static const char big[] = "\xFE\xFF\0<\0a\0>\0\xFC\0<\0/\0a\0>";
    struct strbuf out;

    (void)state;
    out = events(little, sizeof(little) - 1);
    assert_string_equal(strbuf_text(&out), "<a>\xC3\xBC</a>");
    strbuf_free(&out);
    out = events(big, sizeof(big) - 1);
    assert_string_equal(strbuf_text(&out), "<a>\xC3\xBC</a>");
    strbuf_free(&out);
    expect("\xEF\xBB\xBF<a>\xC3\xBC</a>", "<a>\xC3\xBC</a>");
}

static void add_many(struct strbuf *text, const char *what, size_t times)
{
    while (times--)
        strbuf_adds(text, what);
}

static void limits(void **state)
{
    struct strbuf text = STRBUF_EMPTY;
    struct strbuf out;

    (void)state;
    add_many(&text, "<a>", LIMIT_XML_DEPTH + 1);
    out = events(text.text, text.length);
    assert_non_null(strstr(out.text, "!line 1: elements are more than 64 deep inside each other"));
    strbuf_free(&out);

    strbuf_clear(&text);
    add_many(&text, "<", 1);
    add_many(&text, "a", LIMIT_XML_NAME + 1);
    out = events(text.text, text.length);
    assert_string_equal(out.text, "!line 1: a name is longer than 256 bytes");
    strbuf_free(&out);

    /* A long value is cut, all behind it is there. */
    strbuf_clear(&text);
    add_many(&text, "<a y='", 1);
    add_many(&text, "\xC3\xBC", LIMIT_XML_VALUE);
    add_many(&text, "' x='1'>t</a>", 1);
    out = events(text.text, text.length);
    assert_string_equal(out.text, "<a x=1>t</a>!values cut or left out for their length or "
                                  "number: 1");
    strbuf_free(&out);

    /* Long text comes in pieces that are whole. */
    strbuf_clear(&text);
    add_many(&text, "<a>t", 1);
    add_many(&text, "\xC3\xBC", LIMIT_XML_VALUE);
    add_many(&text, "</a>", 1);
    out = events(text.text, text.length);
    assert_int_equal(out.length, text.length);
    assert_string_equal(out.text, text.text);
    strbuf_free(&out);

    strbuf_clear(&text);
    add_many(&text, "<a ", 1);
    add_many(&text, "y='' ", LIMIT_XML_ATTRIBUTES);
    add_many(&text, "x='1'/>", 1);
    out = events(text.text, text.length);
    assert_string_equal(out.text, "<a></a>!values cut or left out for their length or number: 1");
    strbuf_free(&out);
    strbuf_free(&text);
}

static void stops_at_its_limit(void **state)
{
    struct input input;
    struct xml_read *xml;

    (void)state;
    input_from_memory(&input, "test", "<a><b/></a>", 11);
    xml = xml_open(&input, 7);
    assert_int_equal(xml_next(xml), XML_OPEN);
    assert_int_equal(xml_next(xml), XML_OPEN);
    assert_int_equal(xml_next(xml), XML_CLOSE);
    assert_int_equal(xml_depth(xml), 2);
    assert_int_equal(xml_next(xml), XML_END);
    assert_true(xml_broken(xml));
    assert_string_equal(xml_problem(xml), "it is too long to be read to its end; line 1: the file "
                                          "ends inside <a>");
    xml_close(xml);
}

static bool probe(const char *text)
{
    struct input input;

    input_from_memory(&input, "test", text, strlen(text));
    return xml_probe(&input, "a");
}

static void probes(void **state)
{
    (void)state;
    assert_true(probe("<a>"));
    assert_true(probe("\xEF\xBB\xBF \n<?xml?><!DOCTYPE a><!-- b --><a>"));
    assert_false(probe("<ab>"));
    assert_false(probe("<b><a>"));
    assert_false(probe("text <a>"));
    assert_false(probe(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed), cmocka_unit_test(entities),
        cmocka_unit_test(broken),      cmocka_unit_test(encodings),
        cmocka_unit_test(limits),      cmocka_unit_test(stops_at_its_limit),
        cmocka_unit_test(probes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
