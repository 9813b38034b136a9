/* Rules on what the machine is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

#include <string.h>

void assess_product(struct examination *examination, struct finding *finding)
{
    switch (examination->product) {
    case PRODUCT_SERVER_2008:
        finding->result = RESULT_PASS;
        finding->detail = arena_printf(examination->arena, "Windows Server 2008, by %s.",
                                       examination->product_why);
        break;
    case PRODUCT_VISTA:
        finding->result = RESULT_NOT_APPLICABLE;
        finding->detail = arena_printf(
            examination->arena, "This is a Windows Vista%s: %s.%s",
            examination->vista_disguised ? " that calls itself a server" : "",
            examination->product_why,
            examination->build == 6003
                ? " It shows build 6003 because updates made for Server 2008 were put on it."
                : "");
        break;
    case PRODUCT_OTHER:
        finding->result = RESULT_NOT_APPLICABLE;
        finding->detail = arena_printf(examination->arena,
                                       "This is not a Windows Server 2008: %s.",
                                       examination->product_why);
        break;
    case PRODUCT_CONTRADICTORY:
        finding->result = RESULT_FAIL;
        finding->detail = arena_printf(examination->arena, "It cannot be told what this is: %s.",
                                       examination->product_why);
        break;
    default:
        finding->result = RESULT_UNKNOWN;
        finding->detail =
            "Nothing tells Windows Server 2008 from Windows Vista, which shares version 6.0.";
    }
}

/* The service pack of each build of NT 6.0. */
static int64_t service_pack_of(int32_t build)
{
    return build == 6001 ? 1 : build == 6002 || build == 6003 ? 2 : VERSION_UNKNOWN;
}

void assess_service_pack(struct examination *examination, struct finding *finding)
{
    struct fact_list packs = {0};
    int64_t expected = service_pack_of(examination->build);
    bool differ = false;

    facts_each(fact, examination->facts)
    {
        if (fact->field != FIELD_SERVICE_PACK || fact->status != FACT_STATED)
            continue;
        fact_list_add(examination, &packs, fact);
        differ = differ || fact->number != packs.items[0]->number;
    }
    if (!packs.count) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "No source states the service pack.";
        return;
    }
    if (differ) {
        finding->result = RESULT_FAIL;
        finding->detail = arena_printf(examination->arena, "The sources differ: %s.",
                                       facts_phrase(examination, &packs));
        conflict_add(examination, FIELD_SERVICE_PACK, &packs,
                     arena_printf(examination->arena,
                                  "The sources state different service packs: %s.",
                                  values_phrase(examination, &packs)));
        return;
    }
    if (expected != VERSION_UNKNOWN && packs.items[0]->number != expected) {
        for (size_t i = 0; i < examination->builds.count; i++)
            fact_list_add(examination, &packs, examination->builds.items[i]);
        finding->result = RESULT_FAIL;
        finding->detail =
            arena_printf(examination->arena, "Build %d is Service Pack %d, but Service Pack %s is "
                                             "stated.",
                         (int)examination->build, (int)expected, packs.items[0]->value);
        conflict_add(examination, FIELD_SERVICE_PACK, &packs,
                     "This service pack cannot belong to this build.");
        return;
    }
    finding->result = packs.items[0]->number >= 2 ? RESULT_PASS : RESULT_FAIL;
    finding->detail = arena_printf(
        examination->arena, "Service Pack %s%s.", packs.items[0]->value,
        finding->result == RESULT_PASS ? "" : "; Service Pack 2 has to be installed first");
}

/* php and DirectX speak of their own process, which may be 32-bit on a 64-bit machine. */
static bool is_process_arch(const struct fact *fact)
{
    return fact->witness == WITNESS_RUNTIME || fact->witness == WITNESS_DXDIAG;
}

void assess_architecture(struct examination *examination, struct finding *finding)
{
    struct fact_list archs = {0};
    const struct fact *strange = NULL;
    bool differ = false;

    facts_each(fact, examination->facts)
    {
        if (fact->field != FIELD_ARCH || fact->status != FACT_STATED || is_process_arch(fact))
            continue;
        if (!strcmp(fact->value, "64-bit"))
            continue; /* both x64 and Itanium */
        fact_list_add(examination, &archs, fact);
        differ = differ || strcmp(fact->value, archs.items[0]->value) != 0;
        if (strcmp(fact->value, "x86") && strcmp(fact->value, "x64") && strcmp(fact->value, "ia64"))
            strange = fact;
    }
    if (!archs.count) {
        finding->result = RESULT_UNKNOWN;
        finding->detail = "No source states the architecture.";
        return;
    }
    if (strange || differ) {
        finding->result = RESULT_FAIL;
        finding->detail =
            strange ? arena_printf(examination->arena, "Server 2008 was never made for %s.",
                                   fact_phrase(examination, strange))
                    : arena_printf(examination->arena, "The sources differ: %s.",
                                   facts_phrase(examination, &archs));
        conflict_add(examination, FIELD_ARCH, &archs,
                     strange ? "Server 2008 exists for x86, x64 and Itanium only."
                             : arena_printf(examination->arena,
                                            "The sources state different architectures: %s.",
                                            values_phrase(examination, &archs)));
        return;
    }
    finding->result = RESULT_PASS;
    finding->detail = arena_printf(examination->arena, "%s.", archs.items[0]->value);
}

void assess_not_an_imitation(struct examination *examination, struct finding *finding)
{
    const struct fact *api = facts_by_witness(examination->facts, FIELD_BUILD, WITNESS_API);
    const struct fact *kernel = facts_by_witness(examination->facts, FIELD_BUILD, WITNESS_KERNEL);
    const struct fact *wow = facts_best(examination->facts, FIELD_WOW64);
    bool looked = false;

    if (examination->imitations.count) {
        finding->result = RESULT_FAIL;
        finding->detail = arena_printf(examination->arena, "%s.",
                                       facts_phrase(examination, &examination->imitations));
        return;
    }
    if (examination->set_aside.count) {
        finding->result = RESULT_WARN;
        finding->detail = arena_printf(examination->arena, "Set aside by --trust-imitation: %s.",
                                       facts_phrase(examination, &examination->set_aside));
        return;
    }
    if (api && kernel && api->number != kernel->number) {
        finding->result = RESULT_WARN;
        finding->detail = arena_printf(
            examination->arena,
            "GetVersionEx says %s where the kernel says %s: a compatibility mode answers programs.",
            api->value, kernel->value);
        return;
    }
    facts_each(fact, examination->facts)
    {
        if (fact->field == FIELD_BUILD && fact->status == FACT_STATED &&
            (fact->grade == GRADE_REGISTRY || fact->grade == GRADE_KERNEL ||
             fact->grade == GRADE_FILE))
            looked = true;
    }
    if (wow && !looked) {
        finding->result = RESULT_WARN;
        finding->detail = "Only the 32-bit view of a 64-bit registry was given; what it says of "
                          "the system is a copy that servicing does not keep up.";
        return;
    }
    finding->result = looked ? RESULT_PASS : RESULT_UNKNOWN;
    finding->detail = looked ? "No mark of Wine, of a compatibility mode or of a redirected view."
                             : "No mark of an imitation was seen, but neither registry nor kernel "
                               "were looked at.";
}
