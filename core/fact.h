/* Facts: who said what, and how good that is as evidence.
 *
 * A fact is field, value, source, grade. Several sources may state one field: all are kept, in
 * the order in which they were read. Readers write facts, the judge reads them, nobody changes
 * one. Three things differ: a field that a source was asked for and does not have (absent), one
 * that could not be read (not recorded: access denied, list cut), and one that nobody was asked
 * for (no fact at all).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_FACT_H
#define WINVER6003_FACT_H

#include "arena.h"
#include "buildlab.h"

#include <stdbool.h>
#include <stdint.h>

enum fact_field {
    FIELD_NONE,
    /* What the machine is */
    FIELD_PRODUCT_NAME,      /* as written: "Microsoftr Windows Serverr 2008 Standard" */
    FIELD_PRODUCT_TYPE,      /* "workstation", "server", "domain controller" */
    FIELD_EDITION,           /* EditionID or edition words: "ServerStandard" */
    FIELD_SKU,               /* number: PRODUCT_* of GetProductInfo */
    FIELD_INSTALLATION_TYPE, /* "full", "Server Core" */
    FIELD_ARCH,              /* "x86", "x64", "ia64", else as written */
    FIELD_FOUNDATION,        /* version of Microsoft-Windows-Foundation-Package */
    /* What it runs. All but the lab strings are numbers. */
    FIELD_MAJOR,
    FIELD_MINOR,
    FIELD_BUILD,    /* of the operating system only, never of a DLL or the servicing stack */
    FIELD_REVISION, /* of the kernel, UBR or the lab string; the witness tells which */
    FIELD_SERVICE_PACK,     /* number 0-9 */
    FIELD_CSD_BUILD_NUMBER, /* number, not the build */
    FIELD_BUILD_LAB,        /* the string */
    FIELD_BUILD_LAB_EX,     /* the string */
    FIELD_BUILD_TYPE,       /* "Multiprocessor Free" */
    FIELD_OS_FILE,          /* "kernel32.dll 6.0.6003.20489": a system file beside the kernel */
    FIELD_SERVICING_STACK,  /* version of the servicing stack, may run ahead of the OS */
    /* What is installed, and what waits */
    FIELD_PACKAGE,      /* "KB4493471"; fact->package has the rest */
    FIELD_PACKAGE_LIST, /* "complete" or "cut"; number is the count that the list claims */
    FIELD_PENDING,      /* "RebootPending", "PackagesPending", "PendingFileRenameOperations"... */
    FIELD_ESU,          /* "Server-ESU-Year1 licensed", what proves it in where */
    FIELD_SHA2,         /* SHA-2 code signing support as the registry marks it; number 0 or 1 */
    /* Whose it is, and when */
    FIELD_INSTALL_DATE,  /* as written; number: Unix seconds when known without doubt */
    FIELD_EVIDENCE_DATE, /* when the evidence was taken; as INSTALL_DATE */
    FIELD_COMPUTER_NAME,
    FIELD_ADDRESS, /* under which a scan or capture saw it: an IP address or a looked-up name */
    FIELD_OWNER,
    FIELD_ORGANIZATION,
    FIELD_PRODUCT_ID,
    FIELD_MEMORY_KB, /* number */
    FIELD_LANGUAGE,  /* of the system, as written */
    /* What the evidence itself is worth */
    FIELD_IMITATION,  /* a mark of Wine, a compatibility layer or an edited identity: what */
    FIELD_VISTA_MARK, /* a mark that a "server" is a Vista made to take server updates: what */
    FIELD_WOW64,      /* this came from the 32-bit view of a 64-bit registry */
    FIELD_LOOKALIKE,  /* a number that is not the OS's: what it really is stands in note */
    FIELD_HIVE,       /* "clean", "dirty", "replayed" */
    FIELD_ENCODING,   /* of a text: "UTF-16LE", "CP866"... */
    FIELD_COUNT
};

/* Best first, so that a smaller number is the better evidence. */
enum fact_grade {
    GRADE_NONE,
    GRADE_KERNEL,    /* asked of the running kernel */
    GRADE_FILE,      /* version resource of an OS file */
    GRADE_REGISTRY,  /* live, hive or export */
    GRADE_COMPONENT, /* CBS package */
    GRADE_TOOL,      /* systeminfo, wmic, ver, an inventory */
    GRADE_NETWORK,   /* nmap, NTLMSSP, DNS */
    GRADE_METADATA,  /* WIM XML */
    GRADE_PICTURE,
    GRADE_COUNT
};

/* Who stated it. The judge weighs some of them by name: UBR lags, the kernel file leads. */
enum fact_witness {
    WITNESS_NONE,
    WITNESS_KERNEL,               /* RtlGetVersion, RtlGetNtVersionNumbers */
    WITNESS_API,                  /* GetVersionEx: may be a compatibility-mode answer */
    WITNESS_KERNEL_FILE,          /* ntoskrnl.exe, ntkrnlpa.exe */
    WITNESS_SYSTEM_FILE,          /* another OS file */
    WITNESS_CURRENT_VERSION,      /* registry value CurrentVersion, or a neighbour of it */
    WITNESS_CURRENT_BUILD,        /* registry value CurrentBuild */
    WITNESS_CURRENT_BUILD_NUMBER, /* registry value CurrentBuildNumber */
    WITNESS_UBR,
    WITNESS_BUILD_LAB,
    WITNESS_BUILD_LAB_EX,
    WITNESS_PRODUCT_OPTIONS, /* SYSTEM\...\Control\ProductOptions */
    WITNESS_REGISTRY,        /* any other registry value */
    WITNESS_CBS,             /* Component Based Servicing */
    WITNESS_SYSTEMINFO,
    WITNESS_VER, /* ver, or the banner of cmd.exe */
    WITNESS_WINVER,
    WITNESS_WMI,
    WITNESS_HOTFIX_LIST, /* wmic qfe, Get-HotFix, systeminfo's list */
    WITNESS_MSINFO,
    WITNESS_DXDIAG,
    WITNESS_WER,
    WITNESS_RUNTIME, /* php_uname, .NET Environment, SQL Server @@VERSION... */
    WITNESS_INVENTORY,
    WITNESS_SMB,
    WITNESS_NTLMSSP,
    WITNESS_DNS,
    WITNESS_WIM,
    WITNESS_REPORT, /* an earlier report of this program */
    WITNESS_COUNT
};

enum fact_status {
    FACT_STATED, /* the zero value: most facts are */
    FACT_ABSENT,       /* looked for at its place, not there */
    FACT_NOT_RECORDED, /* the place could not be read or was cut off */
    FACT_STATUS_COUNT
};

/* States of a CBS package as servicing writes them, folded to what matters here. */
enum package_state {
    PACKAGE_STATE_NONE,        /* listed as installed by a tool, or no state given */
    PACKAGE_ABSENT,            /* 0x0, uninstalled */
    PACKAGE_RESOLVED,          /* known, not staged */
    PACKAGE_STAGED,            /* files present, not installed */
    PACKAGE_SUPERSEDED,        /* installed, a newer one took over */
    PACKAGE_INSTALL_PENDING,   /* waits for a reboot */
    PACKAGE_UNINSTALL_PENDING, /* waits for a reboot to go */
    PACKAGE_INSTALLED,         /* 0x7, 0x70; permanent counts too */
    PACKAGE_FAILED,
    PACKAGE_STATE_COUNT
};

struct package {
    uint32_t kb; /* 0 when the identity names none */
    enum package_state state;
    struct version version; /* of the package identity; VERSION_NONE when not stated */
    const char *identity;   /* CBS identity; NULL from a plain list */
    const char *installed_on; /* as written; NULL when not stated */
};

#define FACT_NO_NUMBER INT64_MIN

struct fact {
    enum fact_field field;
    enum fact_grade grade;
    enum fact_witness witness;
    enum fact_status status;
    unsigned evidence; /* index into machine->evidence */
    const char *value; /* UTF-8 without control characters, never NULL; "" unless stated */
    int64_t number;    /* FACT_NO_NUMBER unless the field is a number and it is known */
    const char *where; /* the place inside that evidence: "OS Version, line 4"; never NULL */
    const char *note;  /* reason or remark; NULL for none */
    const struct package *package; /* FIELD_PACKAGE only, else NULL */
};

/* What the facts_add_*() functions stamp on each fact. Fill it once for each place. */
struct source {
    enum fact_grade grade;
    enum fact_witness witness;
    unsigned evidence;
    const char *where; /* copied */
};

struct facts {
    struct arena *arena; /* owns every string; borrowed */
    struct fact *items;  /* in reading order; never NULL; moves when it grows */
    size_t count;
    size_t size; /* never 0 */
    size_t dropped; /* how many came after LIMIT_FACTS */
};

#define facts_each(fact, facts)                                                                   \
    for (const struct fact *fact = (facts)->items;                                                \
         fact && fact < (facts)->items + (facts)->count; fact++)

/* All of these copy what they are given. Text is cleaned: invalid UTF-8 becomes U+FFFD, control
 * and bidi-control characters become spaces, surrounding blanks go. Empty text makes an absent
 * fact. The fact returned may be completed (note) by the caller and is valid until the next add;
 * past LIMIT_FACTS it is a scratch fact that is counted and not kept. Never NULL. */
struct fact *facts_add_text(struct facts *facts, const struct source *source,
                            enum fact_field field, const char *value);
struct fact *facts_add_number(struct facts *facts, const struct source *source,
                              enum fact_field field, int64_t number);
/* Major, minor, build and revision, each where stated. */
void facts_add_version(struct facts *facts, const struct source *source,
                       const struct version *version);
/* The string as field BUILD_LAB or BUILD_LAB_EX, and what it states in turn as facts of witness
 * BUILD_LAB or BUILD_LAB_EX: build, revision, architecture. */
void facts_add_build_lab(struct facts *facts, const struct source *source, enum fact_field field,
                         const char *value);
struct fact *facts_add_package(struct facts *facts, const struct source *source,
                               const struct package *package);
/* A number that looks like a build or revision of the OS and is none; note says what it is. */
struct fact *facts_add_lookalike(struct facts *facts, const struct source *source,
                                 const char *value, const char *note);
struct fact *facts_add_missing(struct facts *facts, const struct source *source,
                               enum fact_field field, enum fact_status status, const char *note);

/* The best-graded stated fact of a field, the first read among equals; NULL when none. */
const struct fact *facts_best(const struct facts *facts, enum fact_field field);
/* The first stated fact of that field and witness; NULL when none. */
const struct fact *facts_by_witness(const struct facts *facts, enum fact_field field,
                                    enum fact_witness witness);

/* Valid UTF-8 without control characters and surrounding blanks, in the arena: what may be shown. */
char *text_clean(struct arena *arena, const char *text);

/* Names as JSON and the manual write them. _from_name() gives the NONE value for an unknown one. */
const char *fact_field_name(enum fact_field field);
enum fact_field fact_field_from_name(const char *name);
const char *fact_field_title(enum fact_field field); /* for people: "Service pack" */
const char *fact_grade_name(enum fact_grade grade);
enum fact_grade fact_grade_from_name(const char *name);
const char *fact_witness_name(enum fact_witness witness);
enum fact_witness fact_witness_from_name(const char *name);
const char *fact_status_name(enum fact_status status); /* "stated", "absent", "not-recorded" */
enum fact_status fact_status_from_name(const char *name);
const char *package_state_name(enum package_state state);
enum package_state package_state_from_name(const char *name);
bool fact_field_is_number(enum fact_field field);
/* Host, address, owner, organisation, product id: what --redact hides. */
bool fact_field_is_private(enum fact_field field);

#endif
