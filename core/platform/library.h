/* Libraries that are loaded when they are first needed, not when the program starts.
 *
 * Those that unpack archives and images bring twenty others with them: loading all that would take
 * longer than most runs.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_PLATFORM_LIBRARY_H
#define WINVER6003_PLATFORM_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct library_symbol {
    const char *name;
    void *place; /* a pointer to a function of that name's type is put here */
};

/* Loads the library and finds n symbols. It stays loaded. false, with *why for the user, when the
 * library or one of the symbols is not there. why is static or valid until the next call of this
 * thread. */
bool library_load(const char *name, const struct library_symbol *symbols, size_t n,
                  const char **why);

#endif
