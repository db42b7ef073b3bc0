/* Zones from this machine's zoneinfo, and times as their clocks show them. */
#pragma once

#include "tasks/zone.h"

/* From zoneinfo; the test fails when it is not there. Kept until zones_free. */
const struct zone *zones_find(const char *name);
void zones_free(void);

/* "2026-11-24T15:30:00+01:00" */
#define ZONES_TEXT_SIZE 40
void zones_format(const struct zone *zone, int64_t seconds, char ret_text[ZONES_TEXT_SIZE]);
