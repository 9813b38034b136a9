/* Calendar days: one number each, so that knowledge and verdicts can be compared and subtracted.
 *
 * A day is the count of days since 1970-01-01 in the proleptic Gregorian calendar. There is no
 * time zone here: release dates are dates as published, and nothing in core/ asks for the time.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_DAY_H
#define WINVER6003_DAY_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t day_t;

#define DAY_NONE INT32_MIN
/* "2026-01-13" and a NUL */
#define DAY_TEXT_SIZE 12

/* DAY_NONE unless it is a real date of the years 1601 to 9999. */
day_t day_from_ymd(int year, int month, int day);
/* Reads exactly YYYY-MM-DD; DAY_NONE for anything else. */
day_t day_from_text(const char *text);
/* From seconds since 1970-01-01 00:00 UTC. */
day_t day_from_unix(int64_t seconds);
/* Writes YYYY-MM-DD, or "" for DAY_NONE; returns text. */
char *day_to_text(day_t day, char text[DAY_TEXT_SIZE]);

/* "2026-01-13 09:41:05 UTC" and a NUL. */
#define MOMENT_TEXT_SIZE 32
/* The same with the time of day, from seconds since 1970-01-01 00:00 UTC. */
char *moment_to_text(int64_t seconds, char text[MOMENT_TEXT_SIZE]);

#endif
