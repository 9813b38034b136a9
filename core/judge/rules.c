/* The rule table: one row a rule, which is all that reports, --explain and the manual know of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "examine.h"

#include <string.h>

#define MICROSOFT_6003                                                                            \
    "Microsoft, \"Build number changing to 6003 in Windows Server 2008\" "                        \
    "(support.microsoft.com topic 1335e4d4-c155-52eb-4a45-b85bd1909ca8)"
#define TABLE(name) "resources/knowledge/" name

const struct rule rules[] = {
    {
        .id = "product",
        .title = "The machine is a Windows Server 2008",
        .good = "NT 6.0 with a server product type: the transition to 6003 is meant for it.",
        .bad = "The sources name products that cannot be one machine. A Windows Vista shares "
               "version 6.0 and becomes 6003 too when server updates are put on it, also when it "
               "was made to call itself a server: for it, and for any other Windows, the "
               "transition does not apply.",
        .absent = "Nothing tells Server 2008 from Vista. ProductType from the registry "
                  "(Control\\ProductOptions), systeminfo, or the Foundation-Package manifest "
                  "would.",
        .remedy = "Read ProductOptions and the Foundation package of the machine itself.",
        .source = TABLE("skus.tsv") "; " TABLE("esu.tsv") " (evidence rows); LegacyUpdate "
                                                            "issue 218 for Vista on 6003",
        .severity = SEVERITY_HIGH,
        .assess = assess_product,
    },
    {
        .id = "service-pack",
        .title = "Service Pack 2 is installed",
        .good = "The service pack is the one that belongs to the build.",
        .bad = "6003, and every 6002 after the release of the service pack, need Service Pack 2. "
               "6001 is Service Pack 1 and has to take it first; any other pair is a "
               "contradiction.",
        .absent = "No source states the service pack. CSDVersion, winver or systeminfo would.",
        .remedy = "Install Service Pack 2 (KB948465).",
        .source = MICROSOFT_6003 "; " TABLE("lifecycle.tsv"),
        .severity = SEVERITY_HIGH,
        .assess = assess_service_pack,
    },
    {
        .id = "architecture",
        .title = "One architecture that Server 2008 has",
        .good = "Every source states the same one of x86, x64 and Itanium.",
        .bad = "The sources state different architectures, or one that Server 2008 never had.",
        .absent = "No source states the architecture. BuildLabEx, systeminfo or the kernel file "
                  "would.",
        .remedy = "See which pieces of evidence come from another machine.",
        .source = TABLE("labs.tsv"),
        .severity = SEVERITY_MEDIUM,
        .assess = assess_architecture,
    },
    {
        .id = "not-an-imitation",
        .title = "It is Windows itself that answers",
        .good = "The registry, the kernel or its file were looked at and carry no mark of an "
                "imitation.",
        .bad = "Wine, a compatibility mode or a redirected registry view gave the answers: they "
               "say what was configured, not what runs.",
        .absent = "What was looked at shows no mark of an imitation, but could not show all of "
                  "them. The registry of the machine would.",
        .remedy = "Take the evidence from the machine itself, through the 64-bit view and without "
                  "compatibility settings.",
        .source = "Wine's registry defaults as written by wineboot (ProductId "
                  "12345-oem-0000001-54321, CurrentMajorVersionNumber on a 6.0); Microsoft, "
                  "GetVersionEx documentation",
        .severity = SEVERITY_HIGH,
        .assess = assess_not_an_imitation,
    },
    {
        .id = "build-agrees",
        .title = "All sources state the same build",
        .good = "Every source that states the build of the operating system states the same one.",
        .bad = "Sources state different builds. A 6003 kernel file beside a registry that says "
               "6002 is a machine before its restart; anything else is a contradiction.",
        .absent = "No source states a build. ver, systeminfo, the registry's CurrentVersion key "
                  "or ntoskrnl.exe would.",
        .remedy = "Compare the kernel file's version with the registry; the kernel file is the "
                  "better evidence.",
        .source = MICROSOFT_6003,
        .severity = SEVERITY_HIGH,
        .assess = assess_build_agrees,
    },
    {
        .id = "build-known",
        .title = "The build was shipped",
        .good = "6001, 6002 or 6003 of NT 6.0, past the release of that build.",
        .bad = "NT 6.0 never shipped with this build, or the lab string is that of a "
               "pre-release.",
        .absent = "No source states a build.",
        .remedy = "A pre-release has no updates: install the released product.",
        .source = TABLE("branches.tsv") "; " TABLE("labs.tsv"),
        .severity = SEVERITY_HIGH,
        .assess = assess_build_known,
    },
    {
        .id = "revision-range",
        .title = "The revision can belong to the build",
        .good = "The revision lies where revisions of this build were used: 16384 to 20479 on the "
                "GDR branch, from 20480 on LDR; 6003 from 20480 to 23717, 6002 up to 24566.",
        .bad = "No update of this build ever had this revision.",
        .absent = "No source states a revision. UBR, BuildLabEx or ntoskrnl.exe would.",
        .remedy = "Look at the version of ntoskrnl.exe: an edited UBR does not change it.",
        .source = TABLE("branches.tsv") "; " TABLE("releases.tsv"),
        .severity = SEVERITY_HIGH,
        .assess = assess_revision_range,
    },
    {
        .id = "revision-agrees",
        .title = "UBR, lab string and kernel file are of one release",
        .good = "The revisions that sources state are no further apart than one release explains.",
        .bad = "The revisions belong to different releases. That happens on healthy machines, "
               "where UBR lags behind: each value stands with its source, and the level is what "
               "the best evidence proves. Or another system file is newer than the kernel, though "
               "every release brings one.",
        .absent = "Fewer than two sources state a revision.",
        .remedy = "Trust ntoskrnl.exe first, then BuildLabEx, then UBR.",
        .source = TABLE("revisions.tsv") " (a published 6003 machine shows UBR 22464 beside "
                                         "BuildLabEx 22918); " TABLE("releases.tsv"),
        .severity = SEVERITY_LOW,
        .assess = assess_revision_agrees,
    },
    {
        .id = "lab-fits",
        .title = "The lab string belongs to the build",
        .good = "Branch, time and revision of the lab string go with the build and with each "
                "other.",
        .bad = "The branch never made this build, or its time is before the branch began, after "
               "the next release, or out of order with the revision.",
        .absent = "No source states a lab string. BuildLab or BuildLabEx of the registry would.",
        .remedy = "Compare with the version resource of ntoskrnl.exe, which carries the same "
                  "branch and time.",
        .source = TABLE("labs.tsv") "; " TABLE("branches.tsv"),
        .severity = SEVERITY_MEDIUM,
        .assess = assess_lab_fits,
    },
    {
        .id = "not-a-revision",
        .title = "Numbers that only look like a version of Windows",
        .good = "They were told apart and not used: .NET writes the service pack into the "
                "revision (6.0.6002.131072), and PowerShell, Windows Update, comctl32 and drivers "
                "have versions of their own.",
        .bad = "This rule does not fail.",
        .absent = "This rule is never unknown.",
        .remedy = "None needed.",
        .source = "resources/knowledge/branches.tsv; Microsoft, System.OperatingSystem.Version",
        .severity = SEVERITY_INFO,
        .assess = assess_not_a_revision,
    },
    {
        .id = "cause",
        .title = "An update explains build 6003",
        .good = "KB4489887 (preview, 2019-03-19) or a later rollup or security-only update is "
                "installed.",
        .bad = "The component store was read and holds no update that makes a machine 6003.",
        .absent = "No such update is listed, and the list does not settle it: lists are cut, and "
                  "superseded updates are cleaned away. The packages key of Component Based "
                  "Servicing would.",
        .remedy = "Read the component packages, or look for signs of an image that was slipstreamed.",
        .source = MICROSOFT_6003 "; " TABLE("packages.tsv"),
        .severity = SEVERITY_LOW,
        .assess = assess_cause,
    },
    {
        .id = "complete",
        .title = "The transition is finished",
        .good = "What is installed and what runs agree, and nothing waits.",
        .bad = "An update that makes the machine 6003 is installed or waiting, and the kernel that "
               "runs is not 6003 yet; or something waits for a restart.",
        .absent = "Neither packages nor pending work were looked at. The Component Based Servicing "
                  "key would settle it.",
        .remedy = "Restart the machine, then look again.",
        .source = MICROSOFT_6003 "; " TABLE("packages.tsv"),
        .severity = SEVERITY_HIGH,
        .assess = assess_complete,
    },
    {
        .id = "reversed",
        .title = "No 6003 update was taken back",
        .good = "A machine below 6003 shows no trace of having been 6003.",
        .bad = "Traces of 6003 remain on a machine that runs an older build: the update was "
               "uninstalled.",
        .absent = "No packages were looked at.",
        .remedy = "Find out why it was removed, then install a rollup again.",
        .source = TABLE("packages.tsv"),
        .severity = SEVERITY_MEDIUM,
        .assess = assess_reversed,
    },
    {
        .id = "prerequisites",
        .title = "The next step has what it needs",
        .good = "Service pack, servicing stack, SHA-2 support and licence preparation that the "
                "next update asks for are there.",
        .bad = "Something that the next update asks for is missing.",
        .absent = "The packages were not looked at, or their list was cut. The packages key of "
                  "Component Based Servicing would settle it.",
        .remedy = "Follow the plan in its order.",
        .source = TABLE("esu.tsv") " (prerequisite rows)",
        .severity = SEVERITY_LOW,
        .assess = assess_prerequisites,
    },
    {
        .id = "esu",
        .title = "The level was open to this machine",
        .good = "The level needs no programme, or there is evidence of one (preparation package, "
                "activation id, licence state). 6003 itself is public: it came eleven months "
                "before the first preparation package.",
        .bad = "The level is past the last public one (January 2020) and no trace of Extended "
               "Security Updates, Azure or Premium Assurance was found where it was looked for: "
               "unusual (a bypass, a slipstreamed image, a licence removed later), not "
               "impossible. Under the policy esu = strict any 6003 without such evidence fails.",
        .absent = "Level or entitlement were not looked at. slmgr /dlv, the preparation packages "
                  "or the licensing API would settle it.",
        .remedy = "Find the contract, the key or the Azure registration that covers the machine.",
        .source = TABLE("esu.tsv") "; " TABLE("releases.tsv"),
        .severity = SEVERITY_MEDIUM,
        .assess = assess_esu,
    },
    {
        .id = "level",
        .title = "The level that the evidence proves",
        .good = "The final release (2026-01-13, revision 23717), or at least the minimum that the "
                "policy asks for.",
        .bad = "Later releases exist than the evidence proves. The level is a lower bound; the "
               "counts of vulnerabilities are of published ones and no claim about this machine.",
        .absent = "No source proves a level. ntoskrnl.exe, BuildLabEx, UBR or the packages would.",
        .remedy = "Follow the plan to the level that the machine is entitled to.",
        .source = TABLE("releases.tsv") "; " TABLE("cves.tsv"),
        .severity = SEVERITY_INFO,
        .assess = assess_level,
    },
    {
        .id = "support",
        .title = "Support on the day of the report",
        .good = "A phase of support that can cover this machine runs on the day of the report.",
        .bad = "All support of Windows Server 2008 has ended.",
        .absent = "This rule is never unknown.",
        .remedy = "Move the workload to a supported system.",
        .source = TABLE("lifecycle.tsv"),
        .severity = SEVERITY_INFO,
        .assess = assess_support,
    },
    {
        .id = "exposure",
        .title = "What to do with a server that must stay",
        .good = "Support can still cover the machine.",
        .bad = "No update will come: keep the server off the internet and behind a strict "
               "firewall, and plan the way out.",
        .absent = "This rule is never unknown.",
        .remedy = "See the closing advice of the plan.",
        .source = TABLE("upgrades.tsv") "; " TABLE("lifecycle.tsv"),
        .severity = SEVERITY_INFO,
        .assess = assess_exposure,
    },
    {
        .id = "hive-clean",
        .title = "The registry hives are whole",
        .good = "The sequence numbers of each hive agree, or its logs were replayed.",
        .bad = "A hive is dirty: the machine went on after what it says.",
        .absent = "This rule is never unknown: without a hive it does not apply.",
        .remedy = "Bring the .LOG, .LOG1 and .LOG2 files that lie beside the hive.",
        .source = "msuhanov, Windows registry file format specification",
        .severity = SEVERITY_MEDIUM,
        .assess = assess_hive_clean,
    },
    {
        .id = "evidence-fresh",
        .title = "All evidence comes from one machine",
        .good = "Names, product ids and install dates agree over all pieces.",
        .bad = "The pieces name different machines.",
        .absent = "The pieces carry no names to compare.",
        .remedy = "Give each machine's evidence by itself, or in a folder of its own.",
        .source = "design of this program",
        .severity = SEVERITY_HIGH,
        .assess = assess_evidence_fresh,
    },
    {
        .id = "evidence-enough",
        .title = "The evidence carries the verdict",
        .good = "Build, product and revision are known from more than hearsay.",
        .bad = "The build is known from the network or from metadata only.",
        .absent = "Something that the verdict needs was not looked at.",
        .remedy = "Bring the piece of evidence that is named.",
        .source = "design of this program",
        .severity = SEVERITY_LOW,
        .assess = assess_evidence_enough,
    },
};

const size_t n_rules = sizeof(rules) / sizeof(rules[0]);

const struct rule *rule_by_id(const char *id)
{
    for (size_t i = 0; i < n_rules; i++)
        if (!strcmp(rules[i].id, id))
            return &rules[i];
    return NULL;
}
