/* What a registry key or value says about the machine, whatever it was read from.
 *
 * A .reg export, the output of reg query, a binary hive and the live registry all come down to
 * the same thing: a key path, a value name, a type, some bytes. Which of them are statements about
 * the build, the packages or the owner of a Windows is known here and nowhere else.
 *
 * Keys are given with any root ("HKEY_LOCAL_MACHINE\SOFTWARE\...", "HKLM\...", "Computer\HKEY...",
 * "Microsoft.PowerShell.Core\Registry::HKEY..."), relative to a hive ("Microsoft\Windows NT\..."),
 * or under the name that an offline hive was mounted as ("HKEY_LOCAL_MACHINE\OFFLINE\Microsoft\
 * ..."); they are compared without case. The 32-bit view (WOW6432Node) is kept apart. Values of
 * control sets are kept until registry_end(), because which set is the current one may be said
 * after them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_REGISTRY_FACTS_H
#define WINVER6003_REGISTRY_FACTS_H

#include "../machine.h"

#include <stdbool.h>
#include <stddef.h>

/* The numbers are those of the registry (REG_SZ is 1); others may occur. */
enum registry_type {
    REGISTRY_NONE = 0,
    REGISTRY_SZ = 1,
    REGISTRY_EXPAND_SZ = 2,
    REGISTRY_BINARY = 3,
    REGISTRY_DWORD = 4,
    REGISTRY_DWORD_BIG_ENDIAN = 5,
    REGISTRY_LINK = 6,
    REGISTRY_MULTI_SZ = 7,
    REGISTRY_RESOURCE_LIST = 8,
    REGISTRY_FULL_RESOURCE_DESCRIPTOR = 9,
    REGISTRY_RESOURCE_REQUIREMENTS_LIST = 10,
    REGISTRY_QWORD = 11,
};

/* Those whose data are UTF-16: the types that registry_value() takes as UTF-8. */
static inline bool registry_type_is_text(enum registry_type type)
{
    return type == REGISTRY_SZ || type == REGISTRY_EXPAND_SZ || type == REGISTRY_MULTI_SZ ||
           type == REGISTRY_LINK;
}

struct registry_scan; /* private, in the machine's arena */

/* whole_keys: a key is shown with all of its values, so that one that is not among them is absent
 * from the machine (exports, hives), not just from the evidence (a query for one value). */
struct registry_scan *registry_begin(struct machine *machine, unsigned evidence, bool whole_keys);

/* A key was met. False when nothing in it matters: its values need not be read. The keys below it
 * may still matter. */
bool registry_key(struct registry_scan *scan, const char *key_path);

/* The names of all values that matter in that key, ended by NULL; NULL itself when any may. For
 * those to whom reading a value costs something. */
const char *const *registry_value_names(const struct registry_scan *scan);

/* A value of the key last given to registry_key(). Text types (SZ, EXPAND_SZ, MULTI_SZ, LINK) are
 * given as UTF-8, the strings of a MULTI_SZ with a NUL between them; all others as the registry
 * has them, little-endian. A NUL at the end may be there or not. */
void registry_value(struct registry_scan *scan, const char *value_name, enum registry_type type,
                    const void *data, size_t size);

/* Whether values that the key still has can add anything to those it was shown. */
bool registry_wants_more(const struct registry_scan *scan);

/* Different names that may matter directly below one key, and the room of each. */
#define REGISTRY_NAMES_MAX 16
#define REGISTRY_NAME_SIZE 64

/* The keys directly below one that may matter, themselves or for keys below them. */
struct registry_names {
    bool any;    /* whatever they are called */
    bool deeper; /* below one of them, or below any, there may be keys that matter */
    struct {
        char name[REGISTRY_NAME_SIZE];
        bool deeper; /* below this one */
        bool vital;  /* the version of the machine or its packages lie there */
    } items[REGISTRY_NAMES_MAX];
    size_t count;
};

/* For who looks into a hive key by key. path is relative to the hive and "" for its root. The names
 * of the control sets at the root are left out: which one counts is said by Select. */
void registry_look_below(const char *path, struct registry_names *names);

/* Both at once, for who reads single values. */
void registry_fact(struct registry_scan *scan, const char *key_path, const char *value_name,
                   enum registry_type type, const void *data, size_t size);

/* Says what only shows at the end. Returns how many statements about a Windows machine were made
 * since registry_begin(). The scan is used up. */
unsigned registry_end(struct registry_scan *scan);

/* UTF-16LE bytes as UTF-8: at most size - 1 bytes of it and a NUL, lone surrogates as U+FFFD.
 * Returns the length. For readers whose values are UTF-16. */
size_t registry_utf8(const void *utf16, size_t bytes, char *text, size_t size);

#endif
