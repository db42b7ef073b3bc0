/* Open addressing, kept at most half full. */
#include "methods/uuid_table.h"

#include "common/memory.h"

#include <stdlib.h>

#define CAPACITY_MINIMUM 64u

void uuid_table_init(struct uuid_table *table)
{
	*table = (struct uuid_table){ .capacity = CAPACITY_MINIMUM };
	secret_random(table->key, sizeof(table->key));
	table->slots = memory_array(table->capacity, sizeof(*table->slots));
}

void uuid_table_deinit(struct uuid_table *table)
{
	free(table->slots);
}

static unsigned hex_value(char digit)
{
	return digit <= '9' ? (unsigned)(digit - '0') : (unsigned)(digit - 'a') + 10;
}

static void read_words(const char *uuid, uint64_t words[2])
{
	unsigned digits = 0;

	words[0] = 0;
	words[1] = 0;
	for (size_t i = 0; i < TASK_UUID_LENGTH; i++)
		if (uuid[i] != '-') {
			uint64_t *word = &words[digits++ / 16];

			*word = *word << 4 | hex_value(uuid[i]);
		}
}

static bool is_free(const struct uuid_entry *entry)
{
	return !entry->words[0] && !entry->words[1];
}

/* The entry of these words, or the free slot where it would stand. */
static struct uuid_entry *find_slot(const struct uuid_table *table, const uint64_t words[2])
{
	size_t mask = table->capacity - 1;
	size_t place = (size_t)secret_hash(table->key, words, 2 * sizeof(*words)) & mask;

	while (!is_free(&table->slots[place]) &&
		(table->slots[place].words[0] != words[0] || table->slots[place].words[1] != words[1]))
		place = (place + 1) & mask;
	return &table->slots[place];
}

static void grow(struct uuid_table *table)
{
	struct uuid_table larger = *table;

	larger.capacity = table->capacity * 2;
	larger.slots = memory_array(larger.capacity, sizeof(*larger.slots));
	for (size_t i = 0; i < table->capacity; i++)
		if (!is_free(&table->slots[i]))
			*find_slot(&larger, table->slots[i].words) = table->slots[i];
	free(table->slots);
	*table = larger;
}

struct uuid_entry *uuid_table_add(struct uuid_table *table, const char *uuid, bool *ret_is_new)
{
	uint64_t words[2];
	struct uuid_entry *entry;

	if (table->count * 2 >= table->capacity)
		grow(table);
	read_words(uuid, words);
	entry = find_slot(table, words);
	*ret_is_new = is_free(entry);
	if (!*ret_is_new)
		return entry;
	entry->words[0] = words[0];
	entry->words[1] = words[1];
	table->count++;
	return entry;
}

struct uuid_entry *uuid_table_find(const struct uuid_table *table, const char *uuid)
{
	uint64_t words[2];
	struct uuid_entry *entry;

	read_words(uuid, words);
	entry = find_slot(table, words);
	return is_free(entry) ? NULL : entry;
}
