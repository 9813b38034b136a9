/* Rows of osquery's tables os_version and patches.
 *
 * SPDX-License-Identifier: MIT
 */
#include "osquery.h"

#include "../ascii.h"
#include "../machine_sink.h"
#include "shapes.h"

#include <stdio.h>
#include <string.h>

const char *const osquery_columns[OSQUERY_COLUMNS] = {
    [OSQUERY_NAME] = "name",
    [OSQUERY_VERSION] = "version",
    [OSQUERY_BUILD] = "build",
    [OSQUERY_PLATFORM] = "platform",
    [OSQUERY_PLATFORM_LIKE] = "platform_like",
    [OSQUERY_CODENAME] = "codename",
    [OSQUERY_ARCH] = "arch",
    [OSQUERY_INSTALL_DATE] = "install_date",
    [OSQUERY_REVISION] = "revision",
    [OSQUERY_HOTFIX_ID] = "hotfix_id",
    [OSQUERY_INSTALLED_ON] = "installed_on",
    [OSQUERY_CSNAME] = "csname",
};

#define BIT(column) (1u << (column))

bool osquery_is_table(unsigned columns)
{
    const unsigned os_version = BIT(OSQUERY_VERSION) | BIT(OSQUERY_PLATFORM);

    if (columns & BIT(OSQUERY_HOTFIX_ID))
        return true;
    return (columns & os_version) == os_version &&
           (columns & (BIT(OSQUERY_PLATFORM_LIKE) | BIT(OSQUERY_BUILD))) != 0;
}

static void say_version(struct asset *asset, const char *const *values)
{
    const char *product = values[OSQUERY_NAME];
    struct version version = VERSION_NONE;
    int32_t n[4];

    if (!values[OSQUERY_PLATFORM] || !ascii_equal(values[OSQUERY_PLATFORM], "windows"))
        return;
    asset_version(asset, "os_version, version", values[OSQUERY_VERSION]);
    if (values[OSQUERY_VERSION] && shape_numbers(span_of(values[OSQUERY_VERSION]), n, 4) >= 3)
        version.build = n[2];
    if (!values[OSQUERY_BUILD] || shape_numbers(span_of(values[OSQUERY_BUILD]), n, 1) != 1 ||
        n[0] != version.build)
        asset_number(asset, FIELD_BUILD, "os_version, build", values[OSQUERY_BUILD]);
    asset_text(asset, FIELD_PRODUCT_NAME, "os_version, name",
               product && *product ? product : values[OSQUERY_CODENAME]);
    asset_arch(asset, "os_version, arch", values[OSQUERY_ARCH]);
    asset_install_date(asset, "os_version, install_date", values[OSQUERY_INSTALL_DATE]);
    asset_number(asset, FIELD_REVISION, "os_version, revision", values[OSQUERY_REVISION]);
}

static void say_row(struct asset *asset, const char *const *values)
{
    if (values[OSQUERY_HOTFIX_ID])
        asset_package(asset, "patches, hotfix_id", values[OSQUERY_HOTFIX_ID],
                      values[OSQUERY_INSTALLED_ON]);
    else
        say_version(asset, values);
}

void osquery_end(struct osquery_rows *rows)
{
    if (rows->asset.machine)
        machine_sink_end(rows->sink, rows->labelled ? rows->host : NULL, rows->asset.stated);
    rows->asset = (struct asset){0};
    rows->host[0] = '\0';
    rows->named = rows->labelled = false;
}

void osquery_add(struct osquery_rows *rows, const char *const *values, const char *host)
{
    const char *name = values[OSQUERY_CSNAME] ? values[OSQUERY_CSNAME] : "";
    bool labelled = *host != '\0';

    if (!labelled)
        host = name;
    if (*host && *rows->host && !ascii_equal(host, rows->host))
        osquery_end(rows);
    if (!rows->asset.machine) {
        rows->asset.machine = machine_sink_begin(rows->sink, &rows->asset.evidence);
        rows->stopped = !rows->asset.machine;
        if (rows->stopped)
            return;
    }
    if (*host)
        snprintf(rows->host, sizeof(rows->host), "%s", host);
    if (*name && !rows->named)
        asset_text(&rows->asset, FIELD_COMPUTER_NAME, "patches, csname", name);
    rows->named |= *name != '\0';
    rows->labelled |= labelled;
    say_row(&rows->asset, values);
}
