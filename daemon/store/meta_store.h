/* Facts about the store itself: its UUID. */
#pragma once

#include "store/db.h"

/* The store's own UUID, 36 characters: the instance that tokens are issued for. */
enum error meta_store_uuid(struct db *db, char ret_uuid[37]);
/* Once, when the database is made. */
enum error meta_store_set_uuid(struct db *db, const char *uuid);

extern const struct db_statement meta_store_statements[]; /* ends with a row that has no name */
