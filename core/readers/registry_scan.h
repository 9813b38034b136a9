/* The working state behind registry_facts.h, shared by the files that know what keys mean.
 *
 * registry_facts.c finds out which key a path names, registry_version.c knows the CurrentVersion
 * key, registry_cbs.c Component Based Servicing and the other lists of updates,
 * registry_system.c the control sets.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_REGISTRY_SCAN_H
#define WINVER6003_REGISTRY_SCAN_H

#include "registry_facts.h"

#include "../limits.h"

struct registry_data {
    const char *name;
    enum registry_type type;
    const unsigned char *bytes;
    size_t size;
};

/* A key that matters. The pattern is relative to the hive, or to the control set; "*" stands for
 * one name, "**" at the end for any number of them. */
struct key_kind {
    const char *pattern;
    void (*met)(struct registry_scan *scan); /* the key being there says something; may be NULL */
    void (*value)(struct registry_scan *scan, const struct registry_data *value);
    const char *const *names; /* all values it looks at, ended by NULL; NULL when it may any */
};

/* What one CurrentVersion key said that must be seen together. */
struct current_version {
    const char *path; /* NULL until there is one */
    const char *product;
    const char *version; /* "6.0" */
    int64_t major_number, minor_number; /* of Windows 10 and Wine; -1 */
    bool has_build, has_csd, has_ubr, has_lab_ex;
};

/* Packages of one KB in one state. */
struct package_fold {
    struct package package;
    unsigned count;
    const char *where; /* of the identity shown */
};

struct open_package {
    bool open; /* a package key is being read */
    bool has_state;
    uint32_t kb; /* 0: none */
    uint32_t state;
    uint32_t time_high, time_low;
    char identity[LIMIT_KEY_PATH];
};

struct package_folds {
    struct open_package open;
    struct package_fold *items; /* in the order met; grown in the arena */
    size_t count, size;
    size_t dropped;
    unsigned stateless;        /* packages named without their state */
    const char *stateless_at;  /* the first of them */
    uint16_t *slots; /* hash of KB and state to index + 1 */
    bool arch_said[3];
};

struct pending_marks {
    const char *packages_at; /* first key below PackagesPending; NULL */
    unsigned packages;
    const char *session_at; /* the first session key; NULL */
    bool session_open;      /* a session key is being read and not known to be finished */
    unsigned sessions;      /* unfinished ones */
};

#define ESU_SEEN_MAX 32

struct control_set_value; /* in registry_system.c */

struct registry_scan {
    struct machine *machine;
    unsigned evidence;
    bool whole_keys;
    unsigned statements;
    unsigned long n_read; /* values and odd key names that took memory */

    char path[LIMIT_KEY_PATH];  /* of the key being read, as given */
    char where[LIMIT_KEY_PATH + 256];
    const struct key_kind *kind; /* NULL: nothing in it matters */
    const char *star;           /* what the last "*" stood for, in path */
    const struct key_kind *sibling_kind; /* of all keys beside the last one; NULL: not known */
    size_t sibling_length;               /* of the path up to their names */
    bool wow64;                 /* the key is of the 32-bit view */
    int control_set;            /* 0: current, else its number; -1: none */

    struct current_version current;
    const char *wow64_at; /* a value of the 32-bit view; NULL */
    bool native_version;  /* CurrentVersion of the machine's own view was there */
    struct package_folds packages;
    struct pending_marks pending;
    bool esu_seen[ESU_SEEN_MAX];
    bool wine_said;

    struct control_set_value *first_value, *last_value;
    unsigned n_values;
    int selected_set; /* Select\Current; -1 */
    const char *product_suite;
    const char *product_type;
    const char *product_type_at;
};

/* The number of a DWORD, a QWORD, or a text of digits (decimal, or hexadecimal after 0x). */
bool registry_data_number(const struct registry_data *value, int64_t *number);
/* A text value up to its first NUL, without surrounding blanks, in the arena; "" for others. */
const char *registry_data_text(struct registry_scan *scan, const struct registry_data *value);
/* A source whose place is the key being read and, unless NULL, a value in it. */
struct source registry_source(struct registry_scan *scan, enum fact_grade grade,
                              enum fact_witness witness, const char *name);
/* Adds a text fact of the registry's grade and counts it, unless the text is empty. */
struct fact *registry_say(struct registry_scan *scan, enum fact_witness witness,
                          enum fact_field field, const char *name, const char *text);
struct fact *registry_say_number(struct registry_scan *scan, enum fact_witness witness,
                                 enum fact_field field, const char *name, int64_t number);

/* registry_version.c */
void current_version_value(struct registry_scan *scan, const struct registry_data *value);
void current_version_end(struct registry_scan *scan);

/* registry_cbs.c */
extern const char *const package_value_names[];
bool package_wants_more(const struct registry_scan *scan);
extern const char *const session_value_names[];
extern const char *const sessions_value_names[];
extern const char *const updates_value_names[];
void package_met(struct registry_scan *scan);
void package_value(struct registry_scan *scan, const struct registry_data *value);
void package_close(struct registry_scan *scan); /* before the next key, and at the end */
void hotfix_met(struct registry_scan *scan);
void pending_met(struct registry_scan *scan);
void packages_pending_met(struct registry_scan *scan);
void sessions_value(struct registry_scan *scan, const struct registry_data *value);
void session_met(struct registry_scan *scan);
void session_value(struct registry_scan *scan, const struct registry_data *value);
void updates_value(struct registry_scan *scan, const struct registry_data *value);
void stack_value(struct registry_scan *scan, const struct registry_data *value);
void stack_met(struct registry_scan *scan);
void sha2_value(struct registry_scan *scan, const struct registry_data *value);
void esu_met(struct registry_scan *scan);
void esu_value(struct registry_scan *scan, const struct registry_data *value);
void packages_end(struct registry_scan *scan);

/* registry_system.c */
extern const struct key_kind control_set_kinds[];
extern const size_t n_control_set_kinds;
void select_value(struct registry_scan *scan, const struct registry_data *value);
void source_os_value(struct registry_scan *scan, const struct registry_data *value);
/* Keeps a value of a control set for the end. */
void control_set_keep(struct registry_scan *scan, const struct registry_data *value);
void control_sets_end(struct registry_scan *scan);

#endif
