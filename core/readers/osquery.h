/* Rows of osquery's tables os_version and patches, whatever form they came in.
 *
 * Columns: osquery's specs os_version.table and patches.table.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_OSQUERY_H
#define WINVER6003_OSQUERY_H

#include "asset.h"

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

/* Whether these columns (bit i: column i is there) are those of one of the tables. */
bool osquery_is_table(unsigned columns);
/* What a row states; values by column, NULL where there is none. */
void osquery_row(struct asset *asset, const char *const *values);

#endif
