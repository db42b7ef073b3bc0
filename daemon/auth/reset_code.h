/* One-time codes by which somebody who forgot the password sets a new one: made by the operator, told once. */
#pragma once

#include "common/arena.h"
#include "store/reset_store.h"

#define RESET_CODE_SECONDS 3600
#define RESET_CODE_TRIES   5

/* Make one in place of an older one. Its text, of 125 random bits in groups for reading aloud, is in the arena. */
enum error reset_code_make(struct db *db, int64_t account_id, int64_t now, struct arena *arena, const char **ret_text,
	int64_t *ret_expires_at);

/*
 * Whether the text is the account's code, still good at `now`; account 0 has none. Spaces, hyphens and case do not
 * count, and what is easily misread is read as what was meant (O as 0, I and L as 1). A wrong one takes a try.
 */
enum error reset_code_check(
	struct db *db, int64_t account_id, const char *text, int64_t now, struct arena *arena, bool *ret_is_right);
