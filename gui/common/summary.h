/* The lines of the window in winver's order and wording, out of an assessment.
 *
 * Text only, without any toolkit: the GTK window and the dialog of Windows say the same.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef WINVER6003_SUMMARY_H
#define WINVER6003_SUMMARY_H

#include "core/judge/judge.h"

#include <stdint.h>

/* All return new text; release with free(). NULL: the evidence does not say. */

/* "Windows Server 2008" and "Enterprise without Hyper-V"; *edition may be NULL. */
char *summary_product(const struct assessment *assessment, char **edition);
/* "Microsoft® Windows" and "Version 6.0 (Build 6003: Service Pack 2)" as two lines. */
char *summary_version(const struct assessment *assessment);
/* "This product is licensed ... to:", owner, organisation as lines. */
char *summary_licence(const struct assessment *assessment);
/* "Physical memory available to Windows: 4,192,220 KB" */
char *summary_memory(const struct assessment *assessment);
/* 4192220 as "4,192,220", as an English winver writes it. */
char *summary_number(int64_t number);
/* "22918 (BuildLabEx); 22464 (UBR)": every revision and who states it, the best first. */
char *summary_revision(const struct machine *machine, const struct assessment *assessment);

#endif
