/* Calls about tasks, each one line in a test. A call that is refused fails the test. */
#pragma once

#include "harness/line_client.h"
#include "harness/person.h"

#define PAST   "2001-01-02T03:04:05Z"
#define FUTURE "2101-01-02T03:04:05Z"

/* A client of the daemon in *state, and somebody new. */
void task_calls_open(void **state, struct line_client *client, struct person *person);

/* The member `task` of a result, or the only one of its `tasks`; a new reference. */
json_t *task_calls_task(json_t *result);

json_t *task_calls_add(struct line_client *client, json_t *params);
json_t *task_calls_get(struct line_client *client, const struct person *person, json_int_t id);
json_t *task_calls_change(struct line_client *client, const struct person *person, const char *method, json_int_t id);
json_int_t task_calls_count(struct line_client *client, const struct person *person, const char *filter);

/* But for urgency, which goes with the clock. */
void expect_same_task(const json_t *a, const json_t *b);

/* The member is this JSON text; there is no such member. */
void expect_member(const json_t *found, const char *key, const char *text);
void expect_absent(const json_t *task, const char *key);
