/* Calendar days as numbers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "day.h"

#include <stdio.h>
#include <string.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from 0001-01-01 to the first of January of year. */
static int32_t days_before_year(int year)
{
    int32_t past = year - 1;

    return past * 365 + past / 4 - past / 100 + past / 400;
}

day_t day_from_ymd(int year, int month, int day)
{
    int32_t days;

    if (year < 1601 || year > 9999 || month < 1 || month > 12)
        return DAY_NONE;
    if (day < 1 || day > month_days(year, month))
        return DAY_NONE;
    days = days_before_year(year) - days_before_year(1970) + day - 1;
    while (--month > 0)
        days += month_days(year, month);
    return days;
}

day_t day_from_text(const char *text)
{
    int digits[8];
    int n = 0;

    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return DAY_NONE;
    for (int i = 0; i < 10; i++) {
        if (i == 4 || i == 7)
            continue;
        if (text[i] < '0' || text[i] > '9')
            return DAY_NONE;
        digits[n++] = text[i] - '0';
    }
    return day_from_ymd(digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3],
                        digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]);
}

day_t day_from_unix(int64_t seconds)
{
    int64_t days = seconds / 86400;

    if (seconds % 86400 < 0)
        days--;
    if (days < day_from_ymd(1601, 1, 1) || days > day_from_ymd(9999, 12, 31))
        return DAY_NONE;
    return (day_t)days;
}

static void put_digits(char *text, int number, int n)
{
    for (; n > 0; number /= 10)
        text[--n] = (char)('0' + number % 10);
}

char *day_to_text(day_t day, char text[DAY_TEXT_SIZE])
{
    int year, month;
    int32_t rest;

    text[0] = '\0';
    if (day < day_from_ymd(1601, 1, 1) || day > day_from_ymd(9999, 12, 31))
        return text;
    rest = day + days_before_year(1970);
    year = (int)(rest / 365.2425) + 1;
    while (days_before_year(year) > rest)
        year--;
    while (days_before_year(year + 1) <= rest)
        year++;
    rest -= days_before_year(year);
    for (month = 1; rest >= month_days(year, month); month++)
        rest -= month_days(year, month);
    put_digits(text, year, 4);
    text[4] = '-';
    put_digits(text + 5, month, 2);
    text[7] = '-';
    put_digits(text + 8, rest + 1, 2);
    text[10] = '\0';
    return text;
}

char *moment_to_text(int64_t seconds, char text[MOMENT_TEXT_SIZE])
{
    char day[DAY_TEXT_SIZE];
    int rest = (int)(seconds % 86400);

    if (rest < 0)
        rest += 86400;
    text[0] = '\0';
    if (day_to_text(day_from_unix(seconds), day)[0])
        snprintf(text, MOMENT_TEXT_SIZE, "%s %02u:%02u:%02u UTC", day, (unsigned)rest / 3600 % 24,
                 (unsigned)rest / 60 % 60, (unsigned)rest % 60);
    return text;
}
