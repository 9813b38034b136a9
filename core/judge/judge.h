/* The judge: facts in, verdict out. Pure: no file, clock, locale, environment or screen; the same
 * facts, day and policy give the same assessment.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_JUDGE_H
#define WINVER6003_JUDGE_H

#include "../fact.h"
#include "../knowledge.h"
#include "../machine.h"
#include "policy.h"

enum verdict_state {
    STATE_NONE,
    STATE_TRANSITIONED,
    STATE_NOT_TRANSITIONED,
    STATE_INCOMPLETE,
    STATE_CONFLICT,
    STATE_IMITATION,
    STATE_UNKNOWN,
    STATE_NOT_APPLICABLE,
    STATE_COUNT
};

enum rule_result {
    RESULT_NONE,
    RESULT_PASS,
    RESULT_WARN,
    RESULT_FAIL,
    RESULT_UNKNOWN,
    RESULT_NOT_APPLICABLE,
    RESULT_COUNT
};

enum severity {
    SEVERITY_NONE,
    SEVERITY_INFO,
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
    SEVERITY_HIGH,
    SEVERITY_COUNT
};

struct examination; /* the judge's working state, in examine.h */
struct finding;

/* One row of the rule table: everything a face or the manual says about a rule stands here. */
struct rule {
    const char *id;    /* stable: appears in reports and policies */
    const char *title; /* "All sources state the same build" */
    const char *good;  /* what pass means */
    const char *bad;   /* what warn and fail mean */
    const char *absent; /* what unknown means, and which evidence would settle it */
    const char *remedy;
    const char *source; /* of the rule */
    enum severity severity;
    void (*assess)(struct examination *examination, struct finding *finding);
};

extern const struct rule rules[];
extern const size_t n_rules;
const struct rule *rule_by_id(const char *id);

struct finding {
    const struct rule *rule;
    enum rule_result result;
    const char *detail; /* one or two sentences about this machine; never NULL */
    bool policy;        /* a warning that the policy made a failure, or a demand of the policy */
};

struct conflict {
    enum fact_field field;
    const char *what;                 /* one sentence */
    const struct fact *const *values; /* n_values facts that do not go together */
    size_t n_values;
};

struct plan_step {
    unsigned step;  /* from 1; 0 for closing advice */
    uint32_t kb;    /* 0 for none */
    const char *title;
    const char *why;
    day_t date;     /* of the package; DAY_NONE */
    const char *source;
};

/* The newest published release that the evidence proves: a lower bound. */
struct level {
    const struct release *release; /* NULL when nothing proves one */
    const struct fact *by;         /* the fact that proves it; NULL likewise */
    const char *text;              /* "at least October 2024 (2024-10-08), by BuildLabEx" */
    bool final;                    /* it is the last release of all */
    int32_t releases_behind;       /* the final one; NOT_KNOWN without a level */
    int32_t days_behind;           /* between the two dates of publication; NOT_KNOWN */
    int32_t cves_since;            /* published vulnerabilities fixed since; NOT_KNOWN */
    int32_t kev_since;             /* of those, known to be exploited; NOT_KNOWN */
};

/* What support a Server 2008 SP2 has on a day. */
struct support {
    day_t on;                            /* the day asked for */
    const struct lifecycle_phase *phase; /* NULL: before the first, or all ended */
    bool ended;
    const char *text; /* one sentence */
};

/* What the faces show of the machine: for each the best-graded fact, or NULL. */
struct identity {
    const struct fact *name, *product, *product_type, *edition, *installation_type, *arch;
    const struct fact *owner, *organization, *product_id, *memory_kb, *install_date;
    const char *product_plain; /* cleaned name: "Windows Server 2008 Standard"; NULL */
};

struct assessment {
    enum verdict_state state;
    int exit_code;
    const char *headline; /* the verdict in one sentence */
    const char *display;  /* "Version 6.0 (Build 6003: Service Pack 2)"; NULL without a build */
    struct version version; /* revision is the best one */
    int32_t service_pack;   /* VERSION_UNKNOWN when not stated */
    const struct fact *lab; /* the best lab string; NULL */
    struct build_lab lab_parts; /* of it */
    struct identity identity;
    struct level level;
    struct support support;
    struct finding *findings; /* one for each rule, in the table's order */
    size_t n_findings;
    struct conflict *conflicts;
    size_t n_conflicts;
    struct plan_step *plan;
    size_t n_plan;
    const char *settle; /* the one piece of evidence that would raise the grade most; NULL */
};

struct judge_options {
    day_t as_of; /* the day of the report */
    const struct policy *policy; /* NULL for the default */
    bool strict;                 /* a warning makes exit code 2 */
    /* For tests and laboratories: what lies behind an imitation is judged as if it were Windows. The
     * headline, and thereby every report, says so. */
    bool trust_imitation;
};

/* Everything in *assessment lives in machine's arena or is static. */
void judge(const struct machine *machine, const struct judge_options *options,
           struct assessment *assessment);

/* 64 unless one of the states' codes: see the table in docs. */
int verdict_exit_code(enum verdict_state state);
/* The worse of two states, for several machines: conflict, incomplete and imitation are worst,
 * then not-transitioned, unknown, not-applicable, transitioned. */
enum verdict_state verdict_worse(enum verdict_state a, enum verdict_state b);

const char *verdict_state_name(enum verdict_state state);
enum verdict_state verdict_state_from_name(const char *name);
const char *verdict_state_word(enum verdict_state state); /* for people: "Not transitioned" */
const char *rule_result_name(enum rule_result result);
enum rule_result rule_result_from_name(const char *name);
const char *severity_name(enum severity severity);
enum severity severity_from_name(const char *name);

#endif
