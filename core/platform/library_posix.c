/* Libraries that are loaded when they are first needed: dlopen.
 *
 * SPDX-License-Identifier: MIT
 */
#include "library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *name, const struct library_symbol *symbols, size_t n,
                  const char **why)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);

    if (!library) {
        *why = dlerror();
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        void *symbol = dlsym(library, symbols[i].name);

        if (!symbol) {
            *why = dlerror();
            return false;
        }
        /* POSIX has pointers to functions and to data of one size, C has no cast between them. */
        memcpy(symbols[i].place, &symbol, sizeof(symbol));
    }
    *why = NULL;
    return true;
}
