/* Acts, and what comes of them, in one line each. */
#pragma once

#include "fixture.h"

/* Change, and give the count that it answered. */
#define change(fixture, method, ...) take_count(call_done(fixture, method, __VA_ARGS__))
int64_t take_count(json_t *result);

/* An undo that is refused in these words. */
#define undo_refused(fixture, error, field, words, ...)                                                                \
	do {                                                                                                           \
		call_refused(fixture, error, field, "history.undo", __VA_ARGS__);                                      \
		expect_words(fixture, words);                                                                          \
	} while (0)

void add(struct fixture *fixture, int number);
void modify(struct fixture *fixture, int id, const char *fields); /* as members of a JSON object */
void expect_title(struct fixture *fixture, int id, const char *title);
void expect_words(const struct fixture *fixture, const char *words);
int64_t tasks_there(struct fixture *fixture);

/* The value of an SQL expression; a statement. */
int64_t query(struct fixture *fixture, const char *expression);
void execute(struct fixture *fixture, const char *sql);

/* One change of a title, as a job of the daemon makes it. */
void change_by_daemon(struct fixture *fixture, int64_t id, const char *title);
/* What a purge leaves: no row, and entries without contents. */
void purge(struct fixture *fixture, int id);
