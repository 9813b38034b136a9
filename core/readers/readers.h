/* The readers by name, for their table and for tests that drive one of them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_READERS_H
#define WINVER6003_READERS_H

#include "../reader.h"

extern const struct reader reader_cbs_log;
extern const struct reader reader_hive; /* registry hives */
extern const struct reader reader_json; /* facts of facter and Ansible, rows of osquery */
extern const struct reader reader_nfo; /* what msinfo32 saves */
extern const struct reader reader_osquery; /* tables of it as CSV */
extern const struct reader reader_pe;   /* the kernel and other files of Windows */
extern const struct reader reader_reg;  /* registry exports */
extern const struct reader reader_report; /* earlier reports of ours */
extern const struct reader reader_capture;
extern const struct reader reader_dump;
extern const struct reader reader_nmap_xml;
extern const struct reader reader_nmap_text;
extern const struct reader reader_scan_list;
extern const struct reader reader_text; /* everything that people save or paste as text */
extern const struct reader reader_wim;  /* images, by their XML and what is in them */

#endif
