/* All readers, the most specific first: a registry export is text too.
 *
 * SPDX-License-Identifier: MIT
 */
#include "readers.h"

const struct reader *const readers[] = {
    &reader_hive,
    &reader_pe,
    &reader_wim,
    &reader_reg,
    &reader_report,
    &reader_json,
    &reader_osquery,
    &reader_nfo,
    &reader_capture,
    &reader_dump,
    &reader_nmap_xml,
    &reader_nmap_text,
    &reader_scan_list,
    &reader_cbs_log,
    &reader_text,
    NULL,
};
