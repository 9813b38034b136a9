/* XML as a stream of events, for reports that tools write and files that Windows keeps.
 *
 * Namespaces are not resolved: a name is what is written. A document type is passed over, and what
 * it declares is not expanded: entities are the five of XML and characters by number, anything else
 * stays as it is written. Nothing is looked up elsewhere. Encodings are those of text_decode.h,
 * told by the bytes and not by the declaration.
 *
 * Memory is bounded by the limits below, whatever the input. What is not well-formed ends the
 * events, with a problem; what came before stands.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_XML_READ_H
#define WINVER6003_XML_READ_H

#include "input.h"

#include <stdbool.h>

enum xml_event {
    XML_END,   /* of the input, or of what can be read of it */
    XML_OPEN,  /* an element begins; one without content closes at once */
    XML_CLOSE, /* it ends */
    XML_TEXT,  /* between tags, white space alone left out; long text comes in pieces */
};

struct xml_read; /* private */

/* input stays the caller's and must outlive this. Reads at most limit bytes. Never NULL. */
struct xml_read *xml_open(struct input *input, int64_t limit);
/* NULL is allowed. */
void xml_close(struct xml_read *xml);

enum xml_event xml_next(struct xml_read *xml);
/* All of these are about the last event and valid until the next. */
const char *xml_name(const struct xml_read *xml); /* of XML_OPEN and XML_CLOSE, else "" */
bool xml_is(const struct xml_read *xml, const char *name);
/* Of XML_OPEN; NULL when the element does not have it. */
const char *xml_attribute(const struct xml_read *xml, const char *name);
const char *xml_text(const struct xml_read *xml); /* of XML_TEXT, else "" */
/* Elements that are open, the one of XML_OPEN or XML_CLOSE among them. */
unsigned xml_depth(const struct xml_read *xml);
unsigned long xml_line(const struct xml_read *xml);

/* "line 12: the file ends inside <host>"; NULL while all is well. Values that were cut and unknown
 * entities are told here as well. */
const char *xml_problem(const struct xml_read *xml);
/* Whether that is the reason for an XML_END. */
bool xml_broken(const struct xml_read *xml);

/* Whether the head is an XML document with that root element. */
bool xml_probe(const struct input *input, const char *root);

#endif
