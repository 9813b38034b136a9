/* The judge's working state: the facts of one machine, sorted by what they say.
 *
 * examine() fills it once; the rules read it and state conflicts; verdict.c draws the conclusion.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_EXAMINE_H
#define WINVER6003_EXAMINE_H

#include "judge.h"

/* The revisions between which March preview and April 2019 cannot be told apart. */
#define REVISION_6003_FIRST 20480
/* Last public kernel (January 2020) and the first one that needs a programme (February 2020). */
#define REVISION_LAST_PUBLIC 20706
/* Within one release the kernel stands up to this far below its package (every month from May
 * 2021 to May 2025, see releases.tsv). */
#define KERNEL_BELOW_PACKAGE 12

enum product {
    PRODUCT_NOT_KNOWN, /* NT 6.0 or unknown, and nothing tells Vista from Server */
    PRODUCT_SERVER_2008,
    PRODUCT_VISTA,
    PRODUCT_OTHER, /* another Windows */
    PRODUCT_CONTRADICTORY,
};

struct fact_list {
    const struct fact **items;
    size_t count;
};

struct examination {
    const struct machine *machine;
    const struct facts *facts;
    struct arena *arena;
    const struct judge_options *options;
    const struct policy *policy;
    struct assessment *assessment;

    enum product product;
    const char *product_why; /* a clause: "product type is workstation (…)" */
    bool vista_disguised;    /* a Vista that says it is a server */

    int32_t major, minor;   /* VERSION_UNKNOWN; agreed or best */
    struct fact_list builds; /* every statement of the OS build, GetVersionEx left out */
    int32_t build;           /* what runs; VERSION_UNKNOWN */
    bool builds_differ;
    bool reboot_explains; /* they differ just as a machine before its restart does */
    struct fact_list revisions; /* every statement of the OS revision */
    struct fact_list imitations; /* those that count */
    struct fact_list set_aside;  /* those that judge_options.trust_imitation passes over */
    struct fact_list pendings;
    struct fact_list esu; /* entitlement: FIELD_ESU facts and preparation packages */

    /* Packages that make the machine 6003, by what is known of them. */
    struct fact_list movers_in;      /* installed, listed or superseded */
    struct fact_list movers_waiting; /* install pending; staged while something is pending */
    struct fact_list movers_gone;    /* absent, uninstalled, staged with nothing pending */
    struct fact_list movers_leaving; /* uninstall pending */
    bool packages_seen;  /* some source of packages was looked at */
    bool packages_cut;   /* and it was cut off */
    bool components_seen; /* and it was CBS itself */

    size_t conflicts_size;
};

void examine(struct examination *examination);

/* A line on a fact for details: "CurrentBuild 6002 (server.reg)". */
const char *fact_phrase(const struct examination *examination, const struct fact *fact);
/* The same for several, joined by commas, at most five and then how many more. */
const char *facts_phrase(const struct examination *examination, const struct fact_list *list);
/* Each different value with who states it first: "6003 by CurrentBuild, 6002 by ntoskrnl.exe". */
const char *values_phrase(const struct examination *examination, const struct fact_list *list);
void fact_list_add(struct examination *examination, struct fact_list *list,
                   const struct fact *fact);
/* States that the facts do not go together: the verdict becomes conflict. */
void conflict_add(struct examination *examination, enum fact_field field,
                  const struct fact_list *values, const char *what);
/* Whether the package counts as being on the machine. */
bool package_is_in(const struct fact *fact);
/* Whether any of the packages is in; 0 ends the list of KBs. */
const struct fact *package_in(const struct examination *examination, const uint32_t *kbs);
/* What a product name says, whatever became of its ® and ™ in an OEM code page. */
enum product product_from_name(const char *name);
/* "Windows Server 2008 Standard" out of "Microsoftr Windows Serverr 2008 Standard". */
const char *product_plain_name(struct arena *arena, const char *name);
/* True for Server 2008 and for what may still be one. */
bool is_candidate(const struct examination *examination);

/* The build that a statement of a revision belongs to: what the same witness states at the same
 * place, else the machine's. */
int32_t build_of_revision(const struct examination *examination, const struct fact *revision);
/* NULL, or why no update of that build had this revision. */
const char *revision_out_of_range(const struct examination *examination, int32_t build,
                                  int64_t revision);

/* The release that a system file beside the kernel proves: that or a later one. NULL for a fact of
 * another kind, a file of another build, and a revision that never was. */
const struct release *level_of_file(const struct examination *examination,
                                    const struct fact *fact);

/* level.c, support.c, plan.c: each fills its part of the assessment. */
void level_assess(struct examination *examination);
void support_assess(struct examination *examination);
void plan_make(struct examination *examination);
/* The release that a revision fact proves, for the build it belongs to; NULL for none. */
const struct release *level_of_revision(const struct examination *examination,
                                        const struct fact *fact);

/* The assess functions of the rule table, by file. */
void assess_product(struct examination *examination, struct finding *finding);
void assess_service_pack(struct examination *examination, struct finding *finding);
void assess_architecture(struct examination *examination, struct finding *finding);
void assess_not_an_imitation(struct examination *examination, struct finding *finding);
void assess_build_agrees(struct examination *examination, struct finding *finding);
void assess_build_known(struct examination *examination, struct finding *finding);
void assess_revision_range(struct examination *examination, struct finding *finding);
void assess_revision_agrees(struct examination *examination, struct finding *finding);
void assess_lab_fits(struct examination *examination, struct finding *finding);
void assess_not_a_revision(struct examination *examination, struct finding *finding);
void assess_cause(struct examination *examination, struct finding *finding);
void assess_complete(struct examination *examination, struct finding *finding);
void assess_reversed(struct examination *examination, struct finding *finding);
void assess_prerequisites(struct examination *examination, struct finding *finding);
void assess_esu(struct examination *examination, struct finding *finding);
void assess_level(struct examination *examination, struct finding *finding);
void assess_support(struct examination *examination, struct finding *finding);
void assess_exposure(struct examination *examination, struct finding *finding);
void assess_hive_clean(struct examination *examination, struct finding *finding);
void assess_evidence_fresh(struct examination *examination, struct finding *finding);
void assess_evidence_enough(struct examination *examination, struct finding *finding);

#endif
