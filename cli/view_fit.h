/* How wide the columns of a table are. Pure. */
#pragma once

#include "view.h"

/*
 * `widths` holds what the content of each column takes, without its heading, and gets what it is given; 0: it is left
 * out. `limit` 0 is unlimited. How it is shared out: see view_table_write.
 */
void view_fit(const struct view_column *columns, size_t count, size_t limit, size_t *widths);

/* Columns between two of a table. */
#define VIEW_GAP 2u
