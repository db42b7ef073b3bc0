/* The statements of all stores, so that one test can prepare each of them. */
#pragma once

#include "store/db.h"

/* Tables of statements, NULL-terminated; each table ends with a row that has no name. */
extern const struct db_statement *const store_statements[];
