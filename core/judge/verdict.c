/* The judge: from the examined facts to one state, and everything that stands beside it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

#include <stdlib.h>
#include <string.h>

/* Before the headline of a report that no auditor should take for one about a Windows. */
#define TRUST_MARK "[--trust-imitation] "

/* Where rules make sense for a Windows that is not Server 2008: whether it is one, and whether
 * the evidence holds together. */
static bool applies_to_all(const struct rule *rule)
{
    static const char *const ids[] = {"product",        "not-an-imitation", "build-agrees",
                                      "not-a-revision", "hive-clean",       "evidence-fresh"};

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
        if (!strcmp(ids[i], rule->id))
            return true;
    return false;
}

static void identify(struct examination *examination)
{
    struct assessment *assessment = examination->assessment;
    struct identity *identity = &assessment->identity;
    const struct facts *facts = examination->facts;
    const struct fact *pack = facts_best(facts, FIELD_SERVICE_PACK);

    identity->name = facts_best(facts, FIELD_COMPUTER_NAME);
    identity->product = facts_best(facts, FIELD_PRODUCT_NAME);
    identity->product_type = facts_best(facts, FIELD_PRODUCT_TYPE);
    identity->edition = facts_best(facts, FIELD_EDITION);
    identity->installation_type = facts_best(facts, FIELD_INSTALLATION_TYPE);
    identity->arch = facts_best(facts, FIELD_ARCH);
    identity->owner = facts_best(facts, FIELD_OWNER);
    identity->organization = facts_best(facts, FIELD_ORGANIZATION);
    identity->product_id = facts_best(facts, FIELD_PRODUCT_ID);
    identity->memory_kb = facts_best(facts, FIELD_MEMORY_KB);
    identity->install_date = facts_best(facts, FIELD_INSTALL_DATE);
    if (identity->product)
        identity->product_plain =
            product_plain_name(examination->arena, identity->product->value);

    assessment->service_pack = pack && pack->number != FACT_NO_NUMBER ? (int32_t)pack->number
                                                                      : VERSION_UNKNOWN;
    assessment->lab = facts_best(facts, FIELD_BUILD_LAB_EX);
    if (!assessment->lab)
        assessment->lab = facts_best(facts, FIELD_BUILD_LAB);
    if (assessment->lab && !build_lab_parse(assessment->lab->value, &assessment->lab_parts))
        assessment->lab = NULL;
}

/* The revision to show: of the best witness, and of equals the highest. */
static int32_t best_revision(const struct examination *examination)
{
    const struct fact *best = NULL;

    for (size_t i = 0; i < examination->revisions.count; i++) {
        const struct fact *fact = examination->revisions.items[i];

        if (!best || fact->grade < best->grade ||
            (fact->grade == best->grade && fact->number > best->number))
            best = fact;
    }
    return best && best->number >= 0 && best->number <= INT32_MAX ? (int32_t)best->number
                                                                  : VERSION_UNKNOWN;
}

static void set_version(struct examination *examination)
{
    struct assessment *assessment = examination->assessment;
    struct version *version = &assessment->version;

    *version = (struct version){examination->major, examination->minor, examination->build,
                                best_revision(examination)};
    if (version->build == VERSION_UNKNOWN)
        return;
    /* A lab string or a kernel file states a build without the version before it. */
    if (version->major == VERSION_UNKNOWN && version->build >= 6000 && version->build <= 6003) {
        version->major = 6;
        version->minor = 0;
    }
    if (version->major == VERSION_UNKNOWN)
        return;
    if (assessment->service_pack > 0)
        assessment->display =
            arena_printf(examination->arena, "Version %d.%d (Build %d: Service Pack %d)",
                         (int)version->major, version->minor < 0 ? 0 : (int)version->minor,
                         (int)version->build, (int)assessment->service_pack);
    else
        assessment->display = arena_printf(examination->arena, "Version %d.%d (Build %d)",
                                           (int)version->major,
                                           version->minor < 0 ? 0 : (int)version->minor,
                                           (int)version->build);
}

static enum verdict_state decide(const struct examination *examination)
{
    bool below = examination->build == 6001 || examination->build == 6002;

    if (examination->imitations.count)
        return STATE_IMITATION;
    if (examination->product == PRODUCT_OTHER || examination->product == PRODUCT_VISTA)
        return STATE_NOT_APPLICABLE;
    if (examination->assessment->n_conflicts)
        return STATE_CONFLICT;
    if (examination->build == VERSION_UNKNOWN)
        return STATE_UNKNOWN;
    if (examination->build > 6003)
        return STATE_IMITATION;
    if (examination->build < 6001)
        return STATE_CONFLICT; /* a server name on a build before the server */
    if (examination->product == PRODUCT_NOT_KNOWN)
        return STATE_UNKNOWN;
    if (below)
        return examination->movers_in.count || examination->movers_waiting.count ||
                       examination->reboot_explains
                   ? STATE_INCOMPLETE
                   : STATE_NOT_TRANSITIONED;
    return STATE_TRANSITIONED;
}

static const char *not_applicable_headline(const struct examination *examination)
{
    const char *name = examination->assessment->identity.product_plain;

    if (examination->product == PRODUCT_VISTA)
        return examination->build == 6003
                   ? arena_printf(examination->arena,
                                  "This is a Windows Vista%s: it shows build 6003 because updates "
                                  "made for Server 2008 were put on it.",
                                  examination->vista_disguised ? " that calls itself a server"
                                                               : "")
                   : arena_printf(examination->arena,
                                  "This is a Windows Vista%s, which has no transition to 6003.",
                                  examination->vista_disguised ? " that calls itself a server"
                                                               : "");
    if (examination->major != VERSION_UNKNOWN &&
        (examination->major != 6 || examination->minor > 0))
        return arena_printf(examination->arena,
                            "This is not a Windows Server 2008 but version %d.%d%s%s%s.",
                            (int)examination->major,
                            examination->minor < 0 ? 0 : (int)examination->minor,
                            name ? " (" : "", name ? name : "", name ? ")" : "");
    return arena_printf(examination->arena, "This is not a Windows Server 2008%s%s.",
                        name ? " but a " : "", name ? name : "");
}

static const char *headline(const struct examination *examination)
{
    const struct assessment *assessment = examination->assessment;
    struct arena *arena = examination->arena;
    int build = (int)examination->build;

    switch (assessment->state) {
    case STATE_TRANSITIONED:
        return assessment->level.text
                   ? arena_printf(arena,
                                  "This Windows Server 2008 runs build 6003; its level is %s%s.",
                                  assessment->level.final ? "" : "at least ",
                                  assessment->level.final
                                      ? "the final one, January 2026"
                                      : assessment->level.release->name)
                   : "This Windows Server 2008 runs build 6003; its level is not known.";
    case STATE_NOT_TRANSITIONED:
        return arena_printf(arena, "This Windows Server 2008 still runs build %d%s.", build,
                            build == 6001 ? ", without Service Pack 2" : "");
    case STATE_INCOMPLETE:
        return arena_printf(arena,
                            "Build %d still runs, but the update to 6003 is under way: the "
                            "machine has to restart.",
                            build);
    case STATE_CONFLICT:
        return assessment->n_conflicts
                   ? assessment->conflicts[0].what
                   : arena_printf(arena, "A server cannot have build %d.", build);
    case STATE_IMITATION:
        return examination->imitations.count
                   ? "These values come from an imitation of Windows, not from Windows."
                   : arena_printf(arena, "No Windows ever shipped as 6.0.%d.", build);
    case STATE_UNKNOWN:
        return build < 0 ? "The evidence does not state which build runs."
                         : arena_printf(arena,
                                        "Build %d, but nothing tells Windows Server 2008 from "
                                        "Windows Vista.",
                                        build);
    case STATE_NOT_APPLICABLE:
        return not_applicable_headline(examination);
    default:
        return "";
    }
}

static bool policy_fails(const struct policy *policy, const char *id)
{
    if (policy->fail_on_all)
        return true;
    for (const char *const *fail = policy->fail_on; fail && *fail; fail++)
        if (!strcmp(*fail, id))
            return true;
    return false;
}

/* Exit code of the state, raised by what the policy or --strict does not accept. */
static int exit_code(const struct examination *examination)
{
    const struct assessment *assessment = examination->assessment;
    bool refused = false;

    for (size_t i = 0; i < assessment->n_findings; i++) {
        const struct finding *finding = &assessment->findings[i];

        if (finding->policy && finding->result == RESULT_FAIL)
            refused = true;
        /* Advice (severity info) is no warning about this machine. */
        if (examination->options->strict && finding->result == RESULT_WARN &&
            finding->rule->severity > SEVERITY_INFO)
            refused = true;
    }
    return refused ? 2 : verdict_exit_code(assessment->state);
}

static void assess_rules(struct examination *examination)
{
    struct assessment *assessment = examination->assessment;

    assessment->findings = arena_alloc(examination->arena, n_rules * sizeof(struct finding));
    assessment->n_findings = n_rules;
    for (size_t i = 0; i < n_rules; i++) {
        struct finding *finding = &assessment->findings[i];

        finding->rule = &rules[i];
        finding->detail = "";
        if (!is_candidate(examination) && !applies_to_all(finding->rule)) {
            finding->result = RESULT_NOT_APPLICABLE;
            finding->detail = "This is not a Windows Server 2008.";
            continue;
        }
        rules[i].assess(examination, finding);
        if (finding->result == RESULT_WARN &&
            policy_fails(examination->policy, finding->rule->id)) {
            finding->result = RESULT_FAIL;
            finding->policy = true;
        }
    }
}

void judge(const struct machine *machine, const struct judge_options *options,
           struct assessment *assessment)
{
    struct examination examination = {
        .machine = machine,
        .facts = &machine->facts,
        .arena = machine->arena,
        .options = options,
        .policy = options->policy ? options->policy : &policy_default,
        .assessment = assessment,
    };

    *assessment = (struct assessment){
        .version = VERSION_NONE,
        .service_pack = VERSION_UNKNOWN,
    };
    examine(&examination);
    identify(&examination);
    level_assess(&examination);
    support_assess(&examination);
    assess_rules(&examination);
    set_version(&examination);
    assessment->state = decide(&examination);
    assessment->headline = headline(&examination);
    if (options->trust_imitation)
        assessment->headline = arena_printf(examination.arena, TRUST_MARK "%s",
                                            assessment->headline);
    assessment->exit_code = exit_code(&examination);
    plan_make(&examination);
}
