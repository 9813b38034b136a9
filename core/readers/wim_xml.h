/* What the XML of a WIM says of each image.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_WIM_XML_H
#define WINVER6003_WIM_XML_H

#include "../machine.h"

#include <stdbool.h>
#include <stddef.h>

enum wim_value {
    WIM_NAME,
    WIM_DISPLAYNAME,
    WIM_ARCH,
    WIM_PRODUCTNAME,
    WIM_EDITIONID,
    WIM_INSTALLATIONTYPE,
    WIM_PRODUCTTYPE,
    WIM_LANGUAGE,
    WIM_SYSTEMROOT,
    WIM_MAJOR,
    WIM_MINOR,
    WIM_BUILD,
    WIM_SPBUILD,
    WIM_SPLEVEL,
    WIM_TIME_HIGH,
    WIM_TIME_LOW,
    WIM_VALUES
};

struct wim_image {
    int index;                      /* as the XML counts, from 1; 0 when it does not say */
    const char *values[WIM_VALUES]; /* NULL where there is none */
};

/* Reads the XML, size bytes of UTF-16 with their mark, and calls take() for each image until it
 * returns false; what image has is valid during the call. Returns what is wrong with the XML, in
 * arena; NULL for nothing. */
const char *wim_xml_read(const void *xml, size_t size, struct arena *arena,
                         bool (*take)(void *data, const struct wim_image *image), void *data);

/* Adds what it says as facts of that evidence. False when it is no Windows. */
bool wim_xml_state(const struct wim_image *image, struct machine *machine, unsigned evidence);

#endif
