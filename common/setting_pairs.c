/* A few lines of a file: looked through one by one. */
#include "common/setting_pairs.h"

#include "common/memory.h"

#include <string.h>

bool setting_key_is_good(const char *key)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	size_t length = strlen(key);

	return length > 0 && length <= SETTING_KEY_LIMIT && strchr(letters, key[0]) &&
	       strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-_") == length;
}

const struct setting_pair *setting_pairs_find(const struct setting_pairs *pairs, const char *key)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (strcmp(pairs->items[i].key, key) == 0)
			return &pairs->items[i];
	return NULL;
}

void setting_pairs_add(struct setting_pairs *pairs, const char *key, const char *value, size_t line)
{
	pairs->items = memory_resize(pairs->items, pairs->count + 1, sizeof(*pairs->items));
	pairs->items[pairs->count++] =
		(struct setting_pair){ .key = memory_strdup(key), .value = memory_strdup(value), .line = line };
}

bool setting_pairs_are_equal(const struct setting_pairs *one, const struct setting_pairs *other)
{
	if (one->count != other->count)
		return false;
	for (size_t i = 0; i < one->count; i++)
		if (strcmp(one->items[i].key, other->items[i].key) != 0 ||
			strcmp(one->items[i].value, other->items[i].value) != 0)
			return false;
	return true;
}

void setting_pairs_deinit(struct setting_pairs *pairs)
{
	for (size_t i = 0; i < pairs->count; i++) {
		free(pairs->items[i].key);
		free(pairs->items[i].value);
	}
	free(pairs->items);
	*pairs = (struct setting_pairs){ .count = 0 };
}
