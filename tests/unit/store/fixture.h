/* A real database in a temporary folder, with two accounts. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/task.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FIXTURE_UUID "0f5a1c00-0000-4000-8000-000000000000"
#define FIXTURE_NOW  INT64_C(1800000000)
#define ANN          INT64_C(1)
#define BOB          INT64_C(2)

struct fixture {
	char folder[64];
	struct db *db; /* for writing, with the newest schema */
	struct arena arena;
	struct refusal refusal;
};

#define assert_done(error) assert_int_equal(error, ERROR_NONE)

/* An empty folder, and nothing else. */
int fixture_make_folder(void **state);
/* All of it. */
int fixture_set_up(void **state);
int fixture_tear_down(void **state);

/* "FOLDER/taskd.db" and the like; valid until the next call. */
const char *fixture_path(const struct fixture *fixture, const char *name);
void fixture_write_file(const struct fixture *fixture, const char *name, const void *bytes, size_t length);

struct db *fixture_open(struct fixture *fixture, enum db_mode mode);

/* A task as task.add would store it: the next id, the text's own uuid. Tags end with NULL. */
struct task fixture_add_task(struct fixture *fixture, int64_t account_id, const struct task *like);

/* The only column of the first row, -1 when there is none. */
int64_t fixture_integer(struct db *db, const char *sql);

/*
 * How SQLite would run a statement, as EXPLAIN QUERY PLAN says it, its lines joined by "; ". In the fixture's arena.
 */
const char *fixture_plan(struct fixture *fixture, const struct db_statement *statement);

/* The statement of a table that has this name. */
const struct db_statement *fixture_statement(const struct db_statement *table, const char *name);

/* How many things are wrong with the database; each is printed. */
int64_t fixture_findings(struct db *db);

/* One more account, by one statement. */
enum error fixture_insert_account(struct db *db, const char *email, const char *password_hash);
int64_t fixture_count_accounts(struct db *db);
