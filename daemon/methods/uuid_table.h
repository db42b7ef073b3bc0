/* The tasks of an import by their uuids. */
#pragma once

#include "auth/secret.h"
#include "tasks/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct uuid_entry {
	uint64_t words[2]; /* of the uuid; both 0: the slot is free */
	int64_t position;  /* where it stood */
	int64_t id;        /* its task; 0: not known yet */
	bool is_new;       /* the account has no such task */
};

/* Grows; an entry is good until the next uuid_table_add. Clients choose the uuids, so the places are keyed. */
struct uuid_table {
	unsigned char key[SECRET_HASH_KEY_SIZE];
	struct uuid_entry *slots; /* owned */
	size_t capacity;          /* a power of two */
	size_t count;
};

void uuid_table_init(struct uuid_table *table);
void uuid_table_deinit(struct uuid_table *table);

/* `uuid`: 36 characters in small letters, not the nil one. ret_is_new false: it was there. */
struct uuid_entry *uuid_table_add(struct uuid_table *table, const char *uuid, bool *ret_is_new);
/* NULL: it is not there. */
struct uuid_entry *uuid_table_find(const struct uuid_table *table, const char *uuid);
