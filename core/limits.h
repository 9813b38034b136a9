/* Every limit on evidence, in one place, each with its reason.
 *
 * A limit is a promise: bounded memory and time for any input. Whatever is cut by one is told as
 * a problem of that evidence, never silently.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_LIMITS_H
#define WINVER6003_LIMITS_H

/* What a reader may look at before it says "mine": a systeminfo is 2-20 KiB, and logs that carry
 * a banner carry it near the start. */
#define LIMIT_HEAD_BYTES (64 * 1024)

/* Text reports are read to here; the largest real one (a hotfix list in UTF-16) is 120 KiB. */
#define LIMIT_TEXT_BYTES (64 * 1024 * 1024)

/* A line is kept to here, the rest of it is skipped: no report writes longer values. */
#define LIMIT_LINE_BYTES (16 * 1024)

/* A .reg export is read as a stream; a whole HKLM\SOFTWARE as text is about 400 MB. */
#define LIMIT_REG_BYTES (4LL * 1024 * 1024 * 1024)

/* One registry value: version strings are under 200 bytes, an EditionID or owner under 512. */
#define LIMIT_VALUE_BYTES (8 * 1024)

/* A registry key path: a name has at most 255 characters, the deepest keys that matter are package
 * identities of about 200. */
#define LIMIT_KEY_PATH 1024

/* A hive from a pipe is held in memory; the largest SOFTWARE of a server is a few hundred MB. From
 * a file only the bins that are needed are. */
#define LIMIT_HIVE_STREAM_BYTES (1024 * 1024 * 1024)

/* One cell of a hive: Windows itself refuses more than 1 MB. */
#define LIMIT_HIVE_CELL_BYTES (16 * 1024 * 1024)

/* What of one hive is held as copies: what logs changed, all that is needed where nothing is
 * mapped. The keys that matter of a fully patched server lie in 20 MB. */
#define LIMIT_HIVE_BYTES (256 * 1024 * 1024)

/* List entries and cells followed in one hive: the same server needs 200,000. Lists that point at
 * each other end here. */
#define LIMIT_HIVE_STEPS (16 * 1000 * 1000)

/* Keys inside keys, where a whole tree is read: Windows allows 512. */
#define LIMIT_HIVE_DEPTH 512

/* What the logs of one hive change. Windows writes a hive out long before they hold this. */
#define LIMIT_HIVE_LOG_BYTES (256 * 1024 * 1024)

/* A program from a pipe is held in memory; the largest file of Windows that states a version has
 * 12 MB. From a file only what is on the way to its version is read. */
#define LIMIT_PE_STREAM_BYTES (64 * 1024 * 1024)

/* Sections of a program: the loader of NT 6.0 refuses more. */
#define LIMIT_PE_SECTIONS 96

/* Resources looked at on the way to one; shell32.dll has some 2,000 in all. */
#define LIMIT_PE_RESOURCES 16384

/* A version resource: its length has 16 bits. */
#define LIMIT_PE_VERSION_BYTES (64 * 1024)

/* Version resources of one program looked at: there is one, in each language at most. */
#define LIMIT_PE_VERSIONS 16

/* Different updates in Component Based Servicing, by KB and state: a full Server 2008 has 900. */
#define LIMIT_PACKAGES 8192

/* Values of keys that matter, packages aside: a machine has a few hundred. */
#define LIMIT_REGISTRY_VALUES 100000

/* Values that matter of all control sets; one set has a dozen, a system three sets. */
#define LIMIT_CONTROL_SET_VALUES 256

/* Facts of one machine. A fully patched Server 2008 has about 1,500 component packages. */
#define LIMIT_FACTS 20000

/* Problems told of one piece of evidence; the rest are counted. */
#define LIMIT_PROBLEMS 32

/* A scan from a pipe is held, for its size and digest; one of a /16 is about 100 MB. What is longer
 * is read on without. */
#define LIMIT_SINK_STREAM_BYTES (128 * 1024 * 1024)

/* Problems of a scan as a whole. */
#define LIMIT_SINK_PROBLEMS 8

/* The XML of a WIM has 4 KB for each image. */
#define LIMIT_WIM_XML_BYTES (8 * 1024 * 1024)

/* Images in one WIM: an installation disc has ten. */
#define LIMIT_WIM_IMAGES 256

/* What is taken out of one image: its SOFTWARE and SYSTEM have some 60 MB, of a used machine a few
 * hundred. */
#define LIMIT_WIM_BYTES (1024 * 1024 * 1024)

/* Of CBS.log the end counts: a month of updates fits in. */
#define LIMIT_CBS_LOG_TAIL (4 * 1024 * 1024)
/* From a pipe or inside an archive it is held in memory. Windows closes it at 50 MB. */
#define LIMIT_CBS_LOG_STREAM_BYTES (256 * 1024 * 1024)

/* A WIM from a pipe or inside an archive is held in memory, for its XML, which is at the end. */
#define LIMIT_WIM_STREAM_BYTES (512 * 1024 * 1024)

/* An archive that comes as a stream, or inside another one, is held in memory: the SOFTWARE and SYSTEM
 * hives of a server packed have 30 MB. */
#define LIMIT_ARCHIVE_STREAM_BYTES (512 * 1024 * 1024)

/* Entries of one archive that are gone through: a packed system drive has 100,000. Of them no more
 * are read than LIMIT_FOLDER_FILES. */
#define LIMIT_ARCHIVE_ENTRIES 200000

/* What all of them unpack to: an export of all of HKLM and a day's captures of a network fit. */
#define LIMIT_ARCHIVE_BYTES (2LL * 1024 * 1024 * 1024)

/* An archive may unpack to so many times its own size: text packs to a fortieth, new hives with
 * empty bins to a hundredth, bombs to less than a thousandth. Small ones do no harm. */
#define LIMIT_ARCHIVE_RATIO      300
#define LIMIT_ARCHIVE_RATIO_FROM (16 * 1024 * 1024)

/* Archives inside archives: a collection of what each server packed for itself. */
#define LIMIT_ARCHIVE_DEPTH 2

/* The path of a file in an archive. */
#define LIMIT_ARCHIVE_NAME 1024

/* A folder given as evidence: pieces read, and how deep. */
#define LIMIT_FOLDER_FILES 2000
#define LIMIT_FOLDER_DEPTH 8

/* Entries of one folder that are put in order: a mail spool or cache given by mistake has more. */
#define LIMIT_FOLDER_ENTRIES 100000

/* Names of servicing\Packages and of winsxs\Manifests on a system drive: a fully patched server
 * has 10,000 and 20,000. */
#define LIMIT_STORE_NAMES 200000

/* A folder given to --batch: one machine an entry. Their names are held to be sorted. */
#define LIMIT_BATCH_ENTRIES 100000

/* A policy is written by hand. */
#define LIMIT_POLICY_BYTES (64 * 1024)

/* An inventory row; longer ones are refused row by row. */
#define LIMIT_ROW_BYTES (64 * 1024)

/* JSON inside JSON: an inventory row has one level, an earlier report five. */
#define LIMIT_JSON_DEPTH 64

/* One JSON value of a text: Ansible's facts of a host are about 100 KB, so an inventory of 600 hosts
 * in one object still fits. Files may have any number of values. */
#define LIMIT_JSON_BYTES (64 * 1024 * 1024)

/* How deep the objects of single machines are looked for: Ansible's results of a play have them in
 * the seventh level. */
#define LIMIT_JSON_MACHINE_DEPTH 10

/* A capture is read as a stream; a disk full of them is what time allows. */
#define LIMIT_CAPTURE_BYTES (64LL * 1024 * 1024 * 1024)

/* A packet of a capture: tools cut them at 256 KiB. A longer record is passed over to here. */
#define LIMIT_PACKET_BYTES (256 * 1024)
#define LIMIT_PACKET_RECORD (64 * 1024 * 1024)

/* Senders of one capture that are remembered, with up to 1.5 KiB each. */
#define LIMIT_CAPTURE_HOSTS 16384

/* Interfaces of a pcapng section. */
#define LIMIT_CAPTURE_INTERFACES 256

/* XML: manifests nest about 10 deep, a scan 8. Its elements have up to 15 attributes. */
#define LIMIT_XML_DEPTH 64
#define LIMIT_XML_ATTRIBUTES 64
#define LIMIT_XML_NAME 256

/* One value or piece of text, and one tag with all its values: what a script of nmap saw of a
 * service is written as one value of some KiB. */
#define LIMIT_XML_VALUE (64 * 1024)
#define LIMIT_XML_TAG (256 * 1024)

/* A scan is read as a stream; one of 65,536 addresses with all scripts is about 500 MB. */
#define LIMIT_SCAN_BYTES (4LL * 1024 * 1024 * 1024)

/* The machine that the program runs on answers in so many milliseconds, or does not: people wait, and
 * start-up scripts do. Two seconds are promised. */
#define LIMIT_LIVE_MS 1500
/* How long at once nobody looks whether it was stopped. */
#define LIMIT_LIVE_STEP_MS 20

/* A value of the live registry is fetched whole before it is cut to LIMIT_VALUE_BYTES: the list of
 * renames that wait for a restart can have some 100 KB. */
#define LIMIT_LIVE_VALUE_BYTES (1024 * 1024)

/* Keys in one key of the live registry, and keys inside keys: a full Server 2008 has 15,000 packages,
 * and what matters of the licensing keys is four deep. */
#define LIMIT_LIVE_KEYS  200000
#define LIMIT_LIVE_DEPTH 32

/* Licences asked for: the knowledge has 14. */
#define LIMIT_LIVE_LICENCES 32

/* Why a file of the system did not open. */
#define LIMIT_LIVE_MESSAGE 512

/* Numbers of one text that are told as look-alikes: an inventory of DLLs has thousands, and nobody
 * reads more than the first. */
#define LIMIT_LOOKALIKES 24

#endif
