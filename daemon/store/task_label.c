/* The labels by which tasks are found. */
#include "store/task_label.h"

#include <string.h>

enum { ADD, REMOVE };

/* A label as parts of a task: a kind and so many bytes of its text. */
struct label {
	char kind;
	const char *text;
	size_t length;
};

/* Called for each label of a task. Not ERROR_NONE stops. */
typedef enum error (*label_visitor)(void *context, const struct label *label);

/* home, home.garden, home.garden.shed */
static enum error visit_projects(const char *project, label_visitor visit, void *context)
{
	size_t length = 0;
	enum error error = ERROR_NONE;

	do {
		length += strcspn(project + length, ".");
		error = visit(context, &(struct label){ ':', project, length });
	} while (!error && project[length++]);
	return error;
}

static enum error visit_labels(const struct task *task, label_visitor visit, void *context)
{
	enum error error = visit_projects(task->project ? task->project : "", visit, context);

	for (size_t i = 0; !error && i < task->tag_count; i++)
		error = visit(context, &(struct label){ '+', task->tags[i], strlen(task->tags[i]) });
	return error;
}

static bool has_project(const struct task *task, const struct label *label)
{
	const char *project = task->project ? task->project : "";

	if (strncmp(project, label->text, label->length) != 0)
		return false;
	return !project[label->length] || (project[label->length] == '.' && label->length);
}

static bool has_label(const struct task *task, const struct label *label)
{
	return label->kind == '+' ? task_has_tag(task, label->text) : has_project(task, label);
}

/* Rows to write or to remove: those of `task` that `other` has not, or has with another status. */
struct difference {
	struct db *db;
	const struct db_statement *statement;
	int64_t account_id;
	int64_t key;
	const struct task *task;
	const struct task *other; /* NULL: all of them */
};

static enum error run_on_row(const struct difference *difference, const struct label *label)
{
	char text[TASK_LABEL_LIMIT];
	struct db_query *query = db_query(difference->db, difference->statement);

	text[0] = label->kind;
	memcpy(text + 1, label->text, label->length);
	db_bind_int64(query, 1, difference->account_id);
	db_bind_text_length(query, 2, text, 1 + label->length);
	db_bind_text(query, 3, task_status_names[difference->task->status]);
	db_bind_int64(query, 4, difference->task->id);
	db_bind_int64(query, 5, difference->key);
	return db_run(query, NULL);
}

static enum error on_label(void *context, const struct label *label)
{
	const struct difference *difference = context;
	const struct task *other = difference->other;

	if (other && other->status == difference->task->status && has_label(other, label))
		return ERROR_NONE;
	return run_on_row(difference, label);
}

static enum error run_difference(struct difference difference)
{
	return visit_labels(difference.task, on_label, &difference);
}

enum error task_label_add_all(struct db *db, int64_t account_id, int64_t key, const struct task *task)
{
	return run_difference((struct difference){ db, &task_label_statements[ADD], account_id, key, task, NULL });
}

enum error task_label_remove_all(struct db *db, int64_t account_id, int64_t key, const struct task *task)
{
	return run_difference((struct difference){ db, &task_label_statements[REMOVE], account_id, key, task, NULL });
}

enum error task_label_update(
	struct db *db, int64_t account_id, int64_t key, const struct task *before, const struct task *after)
{
	enum error error = run_difference(
		(struct difference){ db, &task_label_statements[REMOVE], account_id, key, before, after });

	if (error)
		return error;
	return run_difference((struct difference){ db, &task_label_statements[ADD], account_id, key, after, before });
}

const struct db_statement task_label_statements[] = {
	[ADD] = { .name = "task_label_add",
		.sql = "INSERT INTO task_label (account_id, label, status, task_id, task_key) "
		       "VALUES ($1, $2, $3, $4, $5)" },
	[REMOVE] = { .name = "task_label_remove",
		.sql = "DELETE FROM task_label "
		       "WHERE account_id = $1 AND label = $2 AND status = $3 AND task_id = $4 AND task_key = $5" },
	{ 0 },
};
