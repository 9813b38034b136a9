/* Rows of osquery's tables os_version and patches, whatever form they came in.
 *
 * Columns: osquery's specs os_version.table and patches.table.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_OSQUERY_H
#define WINVER6003_OSQUERY_H

#include "asset.h"

struct machine_sink;

enum osquery_column {
    OSQUERY_NAME,
    OSQUERY_VERSION,
    OSQUERY_BUILD,
    OSQUERY_PLATFORM,
    OSQUERY_PLATFORM_LIKE,
    OSQUERY_CODENAME,
    OSQUERY_ARCH,
    OSQUERY_INSTALL_DATE,
    OSQUERY_REVISION,
    OSQUERY_HOTFIX_ID,
    OSQUERY_INSTALLED_ON,
    OSQUERY_CSNAME,
    OSQUERY_COLUMNS
};

/* By enum osquery_column. */
extern const char *const osquery_columns[OSQUERY_COLUMNS];

/* Of a host; DNS has 253. */
#define OSQUERY_HOST_BYTES 256

/* Rows come one after another, and belong to one machine until another host is named. Zeroed but
 * for sink to begin with. */
struct osquery_rows {
    struct machine_sink *sink;
    bool stopped; /* no more machines are wanted */
    /* private */
    struct asset asset; /* of the machine at hand; its machine is NULL when there is none */
    char host[OSQUERY_HOST_BYTES]; /* of that; "" until it is said */
    bool named;                    /* its rows have said its name */
    bool labelled;                 /* who it is was said around them */
};

/* Whether these columns (bit i: column i is there) are those of one of the tables. */
bool osquery_is_table(unsigned columns);
/* Takes what a row states: values by column, NULL where there is none. host is who it is said to be
 * from by what stands around it, "" for nobody. */
void osquery_add(struct osquery_rows *rows, const char *const *values, const char *host);
/* The machine at hand is complete. */
void osquery_end(struct osquery_rows *rows);

#endif
