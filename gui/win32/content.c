/* Fills in the lines, in the words of the GTK window.
 *
 * SPDX-License-Identifier: MIT
 */
#include "content.h"

#include "core/platform/wide_win32.h"
#include "core/report/parts.h"
#include "gui/common/summary.h"

#include <stdlib.h>

void content_set(struct content *content, enum item item, const char *text)
{
    free(content->texts[item]);
    content->texts[item] = text && text[0] ? wide_from_utf8(text) : NULL;
}

/* text is one that free() releases. */
static void set_made(struct content *content, enum item item, char *text)
{
    content_set(content, item, text);
    free(text);
}

void content_free(struct content *content)
{
    for (int i = 0; i < ITEM_COUNT; i++)
        free(content->texts[i]);
    free(content->title);
    *content = (struct content){0};
}

static void set_title(struct content *content, const char *name)
{
    struct strbuf title = STRBUF_EMPTY;

    strbuf_adds(&title, "About Windows");
    strbuf_adds(&title, name ? ": " : "");
    strbuf_adds(&title, name ? name : "");
    free(content->title);
    content->title = wide_from_utf8(strbuf_text(&title));
    strbuf_free(&title);
}

static void begin(struct content *content, const char *name)
{
    content_free(content);
    set_title(content, name);
    content_set(content, ITEM_OPEN, "&Open...");
    content_set(content, ITEM_OK, "O&K");
}

void content_wait(struct content *content, const struct job *job)
{
    begin(content, NULL);
    content_set(content, ITEM_PRODUCT, "winver6003");
    content_set(content, ITEM_VERSION, job_waiting(job));
}

void content_message(struct content *content, const char *message)
{
    begin(content, NULL);
    content_set(content, ITEM_PRODUCT, "winver6003");
    content_set(content, ITEM_EDITION, "Has this Windows Server 2008 reached build 6003?");
    content_set(content, ITEM_NOTICE, message);
}

void content_result(struct content *content, const struct job *job)
{
    const struct machine *machine = job_machine(job);
    const struct assessment *assessment = job_assessment(job);
    char *edition = NULL, *product, *version, *revision;

    begin(content, part_name(machine, assessment));
    content->state = assessment->state;
    product = summary_product(assessment, &edition);
    content_set(content, ITEM_PRODUCT, product ? product : "Product not recorded");
    set_made(content, ITEM_EDITION, edition);
    free(product);
    version = summary_version(assessment);
    content_set(content, ITEM_VERSION,
                version ? version : "The evidence states no version of Windows.");
    free(version);
    set_made(content, ITEM_LICENCE, summary_licence(assessment));
    set_made(content, ITEM_MEMORY, summary_memory(assessment));
    content_set(content, ITEM_REVISION_TITLE, "Revision");
    revision = summary_revision(machine, assessment);
    content_set(content, ITEM_REVISION, revision ? revision : "not recorded");
    free(revision);
    content_set(content, ITEM_LAB_TITLE, "Build lab");
    content_set(content, ITEM_LAB, assessment->lab ? assessment->lab->value : "not recorded");
    content_set(content, ITEM_WORD, verdict_state_word(assessment->state));
    content_set(content, ITEM_HEADLINE, assessment->headline);
    content_set(content, ITEM_NOTICE, job_message(job));
    content_set(content, ITEM_COPY, "&Copy");
    content_set(content, ITEM_DETAILS, "&Details >>");
}
