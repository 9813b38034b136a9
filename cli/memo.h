/* Finished reports of inventory rows, kept to be used again for the next row that says the same.
 *
 * The judge is pure, so what a row's report says follows from the judged bytes of the row and the
 * options alone. A fleet has a few dozen versions and a million hosts: the report is made once
 * with stand-ins for what is the row's own (host, line number, length) and after that copied
 * around the real ones. The stand-ins are found again in the finished report, so no format needs
 * to know about this; a row that itself holds the text of a stand-in is not kept.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_MEMO_H
#define WINVER6003_MEMO_H

#include "core/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What stands for the host, the line number and the row's length while a report is made to be
 * kept. Letters and digits only: no format quotes or escapes them. */
#define MEMO_HOST   "zQ6003hostQz"
#define MEMO_LINE   "zQ6003lineQz"
#define MEMO_LENGTH INT64_C(600397310036)

/* What a row puts in their place. host must be memo_plain(). */
struct memo_own {
    const char *host;
    size_t host_length;
    unsigned long line;
    size_t row_length;
};

struct memo;

/* Never takes more than bytes for what it keeps: when that is full it forgets everything. */
struct memo *memo_new(size_t bytes);
/* NULL is allowed. */
void memo_free(struct memo *memo);
void memo_forget(struct memo *memo);

/* Whether a host's name stands in every format as it is: letters, digits, dots, underscores and
 * hyphens, no hyphen in front, at least one of them and at most 255. */
bool memo_plain(const char *host, size_t length);

/* Writes the report kept under the judged bytes and gives what was kept as tag beside it; false
 * when there is none. */
bool memo_write(const struct memo *memo, const char *judged, size_t length,
                const struct memo_own *own, struct strbuf *out, int *tag);
/* Keeps a report made with the stand-ins. false when it is not one that can be kept: then nothing
 * changed. */
bool memo_keep(struct memo *memo, const char *judged, size_t length, const char *report,
               size_t report_length, int tag);

#endif
