/* Accounts in the database. */
#pragma once

#include "common/arena.h"
#include "store/db.h"

enum account_state { ACCOUNT_ACTIVE, ACCOUNT_DISABLED };

/* As the database has it; a word from a later version that we do not know keeps the account out. */
enum account_state account_state_parse(const char *text);

struct account {
	int64_t id;        /* never reused */
	const char *email; /* as it was given; compared without ASCII case */
	const char *password_hash;
	enum account_state state;
	int64_t created_at;          /* seconds since the epoch */
	int64_t password_changed_at; /* seconds since the epoch */
};

/* ERROR_CONFLICT when the email is taken. */
enum error account_store_add(struct db *db, const char *email, const char *password_hash, int64_t now, int64_t *ret_id);

/* ERROR_NOT_FOUND. Texts are copied to the arena. */
enum error account_store_find(struct db *db, int64_t id, struct arena *arena, struct account *ret_account);
enum error account_store_find_by_email(
	struct db *db, const char *email, struct arena *arena, struct account *ret_account);

/* Only while the stored hash is still `expected_hash`: else ERROR_CONFLICT. */
enum error account_store_replace_hash(struct db *db, int64_t id, const char *expected_hash, const char *password_hash);

/* Another password: ERROR_CONFLICT when the stored hash is no longer `expected_hash` (NULL: whatever it is). */
enum error account_store_change_password(
	struct db *db, int64_t id, const char *expected_hash, const char *password_hash, int64_t now);
/* ERROR_CONFLICT when the email is taken. */
enum error account_store_change_email(struct db *db, int64_t id, const char *email);
enum error account_store_set_state(struct db *db, int64_t id, enum account_state state);
/* And everything that is the account's, by the foreign keys. */
enum error account_store_remove(struct db *db, int64_t id);

const char *account_state_name(enum account_state state);

/* An account and what it has, for the operator. */
struct account_summary {
	int64_t id;
	const char *email;
	const char *state;
	int64_t created_at;
	int64_t last_used_at; /* of its sessions and tokens that are there; 0: none */
	int64_t sessions, tokens, tasks;
};

/* Called for each; its texts are valid during the call. */
typedef enum error (*account_store_row)(void *context, const struct account_summary *summary);

/* In the order of ids, behind `after_id`, at most `limit`. */
enum error account_store_each(struct db *db, int64_t after_id, int64_t limit, account_store_row on_row, void *context);

/* How many there are of each, of all accounts together. */
struct account_totals {
	int64_t accounts, sessions, tokens, tasks;
};
enum error account_store_totals(struct db *db, struct account_totals *ret_totals);

/* Whether anybody has an account. */
enum error account_store_is_any(struct db *db, bool *ret_is_any);

extern const struct db_statement account_store_statements[]; /* ends with a row that has no name */
