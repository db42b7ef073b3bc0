/* A task as clients see it. */
#pragma once

#include "rpc/request.h"
#include "store/custom_field_store.h"
#include "tasks/urgency.h"

/* What is needed to show tasks, as far as it was needed yet. */
struct task_view {
	struct request *request;
	int64_t now;
	bool has_fields; /* the account's custom fields are read at the first task that has a value */
	struct custom_field_list fields;
	bool leaves_urgency_out;
	const struct urgency_coefficients *coefficients; /* NULL: not read yet; only pending tasks are urgent */
};

void task_view_init(struct task_view *view, struct request *request, int64_t now);

/*
 * Write the TASK object to the request's result. What a task has not is left out; `tags` is always there, and what is
 * true or false only when true. One that is only tried, whose id is 0, has neither id nor uuid.
 */
enum error task_view_write(struct task_view *view, const struct task *task);

/* The same for one task, at the request's time. */
enum error task_view_show(struct request *request, const struct task *task);

/* The object of its custom fields' values; without `fields` each is the text that it is kept as. */
void task_view_write_values(
	struct json_writer *writer, const struct task *task, const struct custom_field_list *fields);
/* The arrays of its tags, of its annotations and of the ids that it depends on alone. */
void task_view_write_tags(struct json_writer *writer, const struct task *task);
void task_view_write_annotations(struct json_writer *writer, const struct task *task);
void task_view_write_depends(struct json_writer *writer, const struct task *task);
