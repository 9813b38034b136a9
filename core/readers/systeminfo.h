/* systeminfo's items and hotfix list, whatever the form they came in. Private to systeminfo*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SYSTEMINFO_H
#define WINVER6003_SYSTEMINFO_H

#include "recogniser.h"
#include "shapes.h"

/* The items, in systeminfo's order. Those between are counted and not read. */
enum item {
    ITEM_HOST,
    ITEM_PRODUCT,
    ITEM_VERSION,
    ITEM_MANUFACTURER,
    ITEM_CONFIGURATION,
    ITEM_BUILD_TYPE,
    ITEM_OWNER,
    ITEM_ORGANIZATION,
    ITEM_PRODUCT_ID,
    ITEM_INSTALL_DATE,
    ITEM_SYSTEM_TYPE = 13,
    ITEM_LOCALE = 19,
    ITEM_MEMORY = 22,
    ITEM_HOTFIXES = 30,
    ITEM_COUNT = 33
};

#define LABEL_BYTES 128

/* A source whose place is the item's label. */
struct source systeminfo_source(struct text_scan *scan, const struct text_line *line,
                                struct span label);
/* The version, build and service pack; this is the statement. */
void systeminfo_version(struct text_scan *scan, const struct source *source,
                        const struct shape_os *os);
/* Nothing unless it is the name of a Windows. */
void systeminfo_product(struct text_scan *scan, const struct source *source, struct span name);
void systeminfo_product_id(struct text_scan *scan, const struct source *source, struct span id);
/* A name without blanks and not too long for one. */
bool systeminfo_is_host(struct span name);
/* "Multiprocessor Free": not translated in any language. */
bool systeminfo_is_build_type(struct span value);

/* "7 Hotfix(s) Installed.", then "[01]: KB4493730" and so on. Zeroed before the first. */
struct hotfix_list {
    bool open;
    int32_t claimed; /* -1 when no count was given */
    int32_t entries;
    bool cut; /* somebody says that there are more */
    struct source source;
};

void hotfix_list_begin(struct hotfix_list *list, struct source source, int32_t claimed);
/* Entries that are no KB (old Q numbers, "File 1", component ids) are counted only. */
void hotfix_list_entry(struct text_scan *scan, struct hotfix_list *list, struct source source,
                       struct span entry);
/* A list within one value: "7 Hotfix(s) Installed.,[01]: KB2305420,[02]: KB2999226". */
void hotfix_list_value(struct text_scan *scan, struct hotfix_list *list, struct source source,
                       struct span value);
/* States whether the list is complete; nothing when none is open. */
void hotfix_list_end(struct text_scan *scan, struct hotfix_list *list);
bool hotfix_list_is_entry(struct span entry);

/* A line of the table or of the CSV, which hold all items in one line. */
struct systeminfo_columns {
    /* Where the columns of a table begin, in characters; from its line of equals signs. */
    unsigned count;
    unsigned begin[ITEM_COUNT + 1];
};

/* True when the line was a record, or the rule above one. */
bool systeminfo_record(struct text_scan *scan, struct systeminfo_columns *columns,
                       const struct text_line *line, struct span text);

#endif
