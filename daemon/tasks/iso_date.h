/* Days as ISO 8601 writes them: calendar, ordinal and week dates. */
#pragma once

#include "tasks/scan.h"

/* Whether one stands here: `2026-`…, `2026W`…, or eight digits with a T behind them. */
bool iso_date_is_here(const struct scan *scan);

/*
 * `2026-11-23`, `2026-11` (its first day), `2026-327`, `2026-W48` (its Monday), `2026-W48-1`, `2026W481`, `20261123T`….
 * Years 1 to 9999. ERROR_INVALID_PARAMS.
 */
enum error iso_date_scan(struct scan *scan, int64_t *ret_day);
