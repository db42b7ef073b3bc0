/* Values by names of the user's own, as the lines `alias.today = list due:today` give them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define SETTING_KEY_LIMIT 32u

struct setting_pair {
	char *key; /* what stands behind the dot */
	char *value;
	size_t line; /* of the file */
};

/* In the order of the file. Zeroed it is empty. */
struct setting_pairs {
	size_t count;
	struct setting_pair *items;
};

/* Whether it can be a name: a small letter, then small letters, digits, - and _; SETTING_KEY_LIMIT bytes at most. */
bool setting_key_is_good(const char *key);

/* NULL: there is none. */
const struct setting_pair *setting_pairs_find(const struct setting_pairs *pairs, const char *key);

/* Both are copied. */
void setting_pairs_add(struct setting_pairs *pairs, const char *key, const char *value, size_t line);

bool setting_pairs_are_equal(const struct setting_pairs *one, const struct setting_pairs *other);

/* Release all, and be empty. */
void setting_pairs_deinit(struct setting_pairs *pairs);
