/* What is known about NT 6.0 builds 6001 to 6003, as tables made from resources/knowledge/ by the
 * build. Each row names its source; two sources that differ are two rows. Nothing here is ever
 * freed or changed. The history is closed: the last release is of 2026-01-13.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_KNOWLEDGE_H
#define WINVER6003_KNOWLEDGE_H

#include "day.h"
#include "strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Unknown numbers in the tables. */
#define NOT_KNOWN (-1)

enum release_kind {
    RELEASE_NONE,
    RELEASE_RTM,          /* 6001.18000 and 6002.18005: what setup and the service pack bring */
    RELEASE_PATCH_TUESDAY, /* rollup and security-only of one day */
    RELEASE_PREVIEW,      /* a preview rollup with a known revision */
    RELEASE_OUT_OF_BAND,
    RELEASE_KIND_COUNT
};

enum programme {
    PROGRAMME_NONE,
    PROGRAMME_PUBLIC,
    PROGRAMME_ESU_YEAR1,
    PROGRAMME_ESU_YEAR2,
    PROGRAMME_ESU_YEAR3,
    PROGRAMME_AZURE_YEAR4,
    PROGRAMME_PREMIUM_ASSURANCE,
    PROGRAMME_COUNT
};

/* A day on which the build or revision of the OS moved. In order of date. */
struct release {
    const char *id;   /* "2019-04", "2019-03-preview", "2021-07-oob", "sp2": stable, in reports */
    const char *name; /* "April 2019" */
    day_t date;
    enum release_kind kind;
    int32_t build;
    int32_t revision;        /* of the release: package level where package_level */
    int32_t revision_min;    /* this or a higher one of the build proves the release or a later one;
                                below revision where sources differ */
    int32_t revision_max;    /* the highest that any source ties to the release */
    int32_t kernel_revision; /* of ntoskrnl.exe; NOT_KNOWN */
    bool package_level;      /* revision is the whole package's, not one file's */
    uint32_t kb_rollup;      /* 0 for none; the preview's own KB for a preview */
    uint32_t kb_security_only;
    enum programme programme;
    const char *source;
};

enum package_kind {
    PACKAGE_KIND_NONE,
    PACKAGE_MONTHLY_ROLLUP,
    PACKAGE_SECURITY_ONLY,
    PACKAGE_PREVIEW,
    PACKAGE_IE_CUMULATIVE,
    PACKAGE_SSU,
    PACKAGE_ESU_PREP,
    PACKAGE_HOTFIX,
    PACKAGE_SERVICE_PACK,
    PACKAGE_KIND_COUNT
};

/* A published package, by KB ascending. A re-released one has a row for each edition, by date. */
struct known_package {
    uint32_t kb;
    enum package_kind kind;
    day_t date;        /* DAY_NONE when only the month is known */
    const char *month; /* "2019-04"; "" when not known */
    int32_t build;     /* NOT_KNOWN when it does not move the OS */
    int32_t revision;  /* NOT_KNOWN */
    int32_t kernel_revision; /* of ntoskrnl.exe; NOT_KNOWN */
    const char *lab;         /* "vistasp2_ldr_escrow.190320-1700" or "" */
    bool esu_required;
    enum programme programme;
    const char *supersedes; /* "KB4489880 KB..." or "" */
    const char *revision_basis; /* msrc-fixedbuild, nessus:FILE, ms-article... or "" */
    const char *date_basis;     /* msrc-cvrf, msrc-advisory, press, inferred... or "" */
    const char *source;
    const char *notes;
};

/* A statement of a revision; sources that differ are rows of their own. By month. */
struct known_revision {
    const char *month;
    uint32_t kb;            /* 0 for an observation that no source ties to a package... */
    enum package_kind kind; /* ...and PACKAGE_KIND_NONE */
    int32_t build, revision;
    const char *basis; /* msrc-fixedbuild, file, ms-article, betawiki, observed... */
    const char *what;  /* the file, package or register it was read from */
    const char *source;
    const char *notes;
};

/* A branch or a range of revisions. */
struct branch {
    const char *branch; /* "vistasp2_ldr_escrow"; in brackets when it is a range, not a branch */
    const char *product;
    const char *role; /* rtm, gdr, ldr, beta, rc, base, any */
    int32_t build;    /* NOT_KNOWN for any */
    int32_t revision_min, revision_max; /* NOT_KNOWN */
    const char *basis; /* documented, observed, convention, not-found */
    day_t first, last; /* branch dates seen; DAY_NONE */
    const char *example;
    const char *source;
    const char *notes;
};

/* A real build string. */
struct known_lab {
    const char *string;
    const char *kind;
    int32_t build, revision;
    const char *arch;
    const char *branch;
    const char *timestamp; /* yymmdd-hhmm */
    const char *source;
    const char *notes;
};

/* ESU: dates, packages, activation ids, prerequisites, evidence. */
struct esu_item {
    const char *kind; /* kb-esu-prep, activation-id, activation-id-kms, prerequisite, evidence... */
    const char *item;
    const char *value;
    day_t first, last; /* where value is a date or a period; DAY_NONE */
    const char *applies_to;
    const char *source;
    const char *notes;
};

/* Lifecycle phases of Server 2008 SP2, in order; last is the last day of the phase. */
struct lifecycle_phase {
    const char *id;   /* mainstream, extended, esu-year1..3, azure-year4, premium-assurance */
    const char *name; /* "Extended Security Updates, year 1" */
    day_t first, last;
    bool free; /* open to every licensed machine */
    const char *source;
    const char *notes;
};

/* Vulnerabilities fixed in a release, as published; no claim about one machine's exposure. A few
 * appear in two releases, so a sum may count one twice; before September 2018 none is counted. */
struct cve_count {
    const char *release; /* id of the release */
    int32_t cves_os, cves_ie9, cves_total;
    int32_t kev_os, kev_ie9_only, kev_ransomware;
    const char *kev_list; /* "CVE-2018-8611 ..." */
    const char *source;
};

/* PRODUCT_* numbers of GetProductInfo that NT 6.0 knows. */
struct known_sku {
    int32_t sku;
    const char *edition; /* EditionID: "ServerStandard" */
    const char *name;    /* "Windows Server 2008 Standard" */
    bool server;
    bool core; /* Server Core */
    const char *source;
};

/* In-place upgrade hops from Server 2008, in order. */
struct upgrade_hop {
    const char *from, *to;
    const char *needs;
    const char *source;
};

/* What the short name of a source means. */
struct known_source {
    const char *name;
    const char *what;
    const char *source; /* where a public copy is */
};

extern const struct release *const releases;
extern const size_t n_releases;
extern const struct known_package *const known_packages;
extern const size_t n_known_packages;
extern const struct known_revision *const known_revisions;
extern const size_t n_known_revisions;
extern const struct branch *const branches;
extern const size_t n_branches;
extern const struct known_lab *const known_labs;
extern const size_t n_known_labs;
extern const struct esu_item *const esu_items;
extern const size_t n_esu_items;
extern const struct lifecycle_phase *const lifecycle;
extern const size_t n_lifecycle;
extern const struct cve_count *const cve_counts;
extern const size_t n_cve_counts;
extern const struct known_sku *const known_skus;
extern const size_t n_known_skus;
extern const struct upgrade_hop *const upgrade_hops;
extern const size_t n_upgrade_hops;
extern const struct known_source *const known_sources;
extern const size_t n_known_sources;

/* The first edition of a re-released package. NULL for an unknown KB. */
const struct known_package *known_package_by_kb(uint32_t kb);
const struct known_sku *known_sku_by_number(int32_t sku);
const struct release *release_by_id(const char *id);
/* The release that published this rollup, security-only update or preview; NULL for others. */
const struct release *release_by_kb(uint32_t kb);
/* The newest release of that build whose revision_min is at most this one; for a kernel file
 * (kernel true) the kernel's own revision of a release counts where it is known and lower. NULL
 * when below all. */
const struct release *release_by_revision(int32_t build, int32_t revision, bool kernel);
/* The last release of all. */
const struct release *release_final(void);
/* NULL for a release without counts: setup, the service pack, the preview. */
const struct cve_count *cve_count_of(const struct release *release);
/* True for a package that makes the OS 6003. */
bool known_package_moves_to_6003(const struct known_package *package);

const char *release_kind_name(enum release_kind kind);
enum release_kind release_kind_from_name(const char *name);
const char *programme_name(enum programme programme); /* "public", "esu-year1"... */
enum programme programme_from_name(const char *name);
const char *package_kind_name(enum package_kind kind);
enum package_kind package_kind_from_name(const char *name);

/* Tables by name ("releases", "packages"...), for --knowledge. Index from 0; NULL at the end. */
const char *knowledge_table_name(size_t index);
const char *knowledge_table_title(size_t index);
/* Writes a table as tab-separated text with its header line. false when there is no such table. */
bool knowledge_print(const char *table, struct strbuf *out);

#endif
