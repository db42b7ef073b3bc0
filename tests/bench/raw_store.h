/* task.add by bare SQLite: the same rows into the same schema, each task in a durable transaction of its own. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct raw_store;

/* A database that taskd has made and left, in which account 1 exists. */
struct raw_store *raw_store_open(const char *path);
void raw_store_close(struct raw_store *store);

/* Add for so long: tasks a second. */
double raw_store_add_rate(struct raw_store *store, int64_t duration_ms);
