/* Handlers run by hand over a real database in a temporary folder: no server, no wire. */
#pragma once

#include "auth/key.h"
#include "common/arena.h"
#include "common/buffer.h"
#include "methods/export_cursor.h"
#include "methods/services.h"
#include "rpc/method.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FIXTURE_NOW INT64_C(1795442400) /* 2026-11-23T14:00:00Z */
#define FIXTURE_UID 1000

struct fixture {
	char folder[64];
	char instance[64];
	struct db *db;
	struct key_ring *keys;
	struct session_policy sessions;
	struct services services;
	struct method_registry *methods;
	struct arena arena;
	char dummy_hash[PASSWORD_HASH_SIZE];
	unsigned char cursor_key[EXPORT_CURSOR_KEY_SIZE];
	unsigned uses_noted;

	/* Who asks, when and where: set before a call. */
	struct identity who;
	int64_t now;
	uid_t uid;
	bool is_operator;
	enum request_place place;
	void (*between)(struct fixture *fixture); /* called in front of the last phase of a method that has three */

	/* How the last call ended. */
	struct refusal refusal;
	bool was_deferred;
};

/* For cmocka: *state is the fixture. It has two accounts, 1 (ann@example.com, who asks) and 2 (bob@example.com). */
int fixture_set_up(void **state);
int fixture_tear_down(void **state);

/* Ask as that account from now on. */
void fixture_become(struct fixture *fixture, int64_t account_id);

/*
 * Call a method with params as JSON text, made by printf. It is run through its phases, each in a transaction like
 * dispatch's. The result is owned by the caller and NULL when the call was refused (see fixture->refusal).
 */
json_t *fixture_call(struct fixture *fixture, const char *method, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same, where success is expected; and where a refusal of that kind, with that field (NULL: none), is. */
#define call_done(fixture, method, ...)                                                                                \
	check_done(fixture, method, fixture_call(fixture, method, __VA_ARGS__), __FILE__, __LINE__)
#define call_refused(fixture, error, field, method, ...)                                                               \
	check_refused(fixture, error, field, fixture_call(fixture, method, __VA_ARGS__), __FILE__, __LINE__)

/* Run a job, which takes no parameters and answers nothing. Gives whether it wants to run again. */
bool fixture_run_job(struct fixture *fixture, const struct method *job);

json_t *check_done(struct fixture *fixture, const char *method, json_t *result, const char *file, int line);
void check_refused(
	struct fixture *fixture, enum error error, const char *field, json_t *result, const char *file, int line);

/* Members of a result, by a path such as "task.tags.0". Missing ones fail the test. */
int64_t integer_at(const json_t *json, const char *path);
const char *text_at(const json_t *json, const char *path);
bool has_member(const json_t *json, const char *path);

/* Forget what earlier calls allocated; and whether, since then, these bytes stand anywhere in what calls were given. */
void fixture_clear_arena(struct fixture *fixture);
bool fixture_arena_holds(const struct fixture *fixture, const char *bytes, size_t length);

/* One statement of the test's own, and the first column of its first row; 0 when there is none. */
int64_t fixture_query(struct fixture *fixture, const char *sql);
