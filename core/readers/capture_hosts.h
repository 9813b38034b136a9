/* What the senders of a capture said of themselves, collected until it ends.
 *
 * Packets of many hosts stand among each other, so each host has a small record until all are
 * read. Their number is limited, and what is kept of each.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_CAPTURE_HOSTS_H
#define WINVER6003_CAPTURE_HOSTS_H

#include "../machine_sink.h"
#include "capture_packet.h"

#include <stdint.h>

struct capture_hosts;

/* Never NULL; free takes NULL. */
struct capture_hosts *capture_hosts_new(void);
void capture_hosts_free(struct capture_hosts *hosts);
/* Looks through a packet. number counts from 1; seconds since 1970, 0 when not known. */
void capture_hosts_packet(struct capture_hosts *hosts, const struct capture_packet *packet,
                          unsigned long number, int64_t seconds);
/* Each host that stated something, in the order in which they first did, and what was wrong. */
void capture_hosts_deliver(struct capture_hosts *hosts, struct machine_sink *sink);

#endif
