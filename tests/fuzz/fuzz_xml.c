/* Fuzz target: XML to its end, in a number of events that its size allows.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fuzz.h"

#include "core/limits.h"
#include "core/utf.h"
#include "core/xml_read.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input;
    struct xml_read *xml;
    enum xml_event event;
    unsigned depth = 0;
    size_t events = 0;

    input_from_memory(&input, "fuzz", data, size);
    xml_probe(&input, "a");
    xml = xml_open(&input, (int64_t)size);
    while ((event = xml_next(xml)) != XML_END) {
        FUZZ_CHECK(++events <= 2 * size + 2);
        FUZZ_CHECK(strlen(xml_text(xml)) <= LIMIT_XML_VALUE + UTF8_MAX);
        FUZZ_CHECK((event == XML_TEXT) == (xml_text(xml)[0] != '\0'));
        FUZZ_CHECK(strlen(xml_name(xml)) <= LIMIT_XML_NAME);
        depth += event == XML_OPEN;
        FUZZ_CHECK(xml_depth(xml) == depth && depth <= LIMIT_XML_DEPTH);
        FUZZ_CHECK(event == XML_TEXT || xml_is(xml, xml_name(xml)));
        FUZZ_CHECK(!xml_attribute(xml, "a") ||
                   strlen(xml_attribute(xml, "a")) <= LIMIT_XML_VALUE + UTF8_MAX);
        depth -= event == XML_CLOSE;
    }
    FUZZ_CHECK(!xml_broken(xml) || xml_problem(xml));
    FUZZ_CHECK(xml_broken(xml) || depth == 0);
    FUZZ_CHECK(xml_next(xml) == XML_END);
    xml_close(xml);
    return 0;
}
