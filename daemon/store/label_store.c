/* All labels of an account. */
#include "store/label_store.h"

#include "store/task_label.h"

#include <string.h>

enum { TALLY, NAMES, WAITING, AGES, IS_ANY, NEXT };

enum tally_column { LABEL, STATUS, NUMBER };

enum name_column { NAME = LABEL, IS_PENDING, IS_ENDED };

enum row_column { PROJECT, TAGS, CREATED };

/* The labels of a kind lie from this one up to the next, which is without. */
static void bind_kind(struct db_query *query, int64_t account_id, const char from[2], const char before[2])
{
	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, from);
	db_bind_text(query, 3, before);
}

/* --- what the rows of tasks say --- */

/* What a task adds to each of its labels. */
struct addition {
	int64_t waiting;
	int64_t created;
};

static void add_to(struct label_tally *tally, const char *name, size_t length, const struct addition *addition)
{
	struct label_count *count = label_tally_at(tally, name, length);

	count->waiting += addition->waiting;
	count->created_sum += addition->created;
}

static void add_to_projects(struct label_tally *tally, const char *project, const struct addition *addition)
{
	size_t length = 0;

	do {
		length += strcspn(project + length, ".");
		add_to(tally, project, length, addition);
	} while (project[length++]);
}

static void add_to_tags(struct label_tally *tally, const char *tags, const struct addition *addition)
{
	while (*tags) {
		size_t length = strcspn(tags, " ");

		add_to(tally, tags, length, addition);
		tags += length + (tags[length] == ' ');
	}
}

static void add_row(const struct db_query *query, char kind, struct label_tally *tally, const struct addition *addition)
{
	const char *project = db_text(query, PROJECT, NULL);

	if (kind == LABEL_PROJECT)
		add_to_projects(tally, project ? project : "", addition);
	else
		add_to_tags(tally, db_text(query, TAGS, NULL), addition);
}

static enum error add_waiting(struct db *db, int64_t account_id, char kind, int64_t now, struct label_tally *tally)
{
	struct db_query *query = db_query(db, &label_store_statements[WAITING]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, now);
	while (db_next(query, &error))
		add_row(query, kind, tally, &(struct addition){ .waiting = 1 });
	db_finish(query);
	return error;
}

enum error label_store_tally_ages(struct db *db, int64_t account_id, char kind, struct label_tally *tally)
{
	struct db_query *query = db_query(db, &label_store_statements[AGES]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	while (db_next(query, &error))
		add_row(query, kind, tally, &(struct addition){ .created = db_int64(query, CREATED) });
	db_finish(query);
	return error;
}

/* --- what the index of labels says --- */

static struct label_count *count_of(struct label_tally *tally, const struct db_query *query)
{
	size_t length;
	const char *label = db_text(query, LABEL, &length);

	return label_tally_at(tally, label + 1, length - 1);
}

static enum error add_counts(struct db_query *query, struct label_tally *tally)
{
	enum error error = ERROR_NONE;

	while (db_next(query, &error)) {
		enum task_status status;

		error = task_parse_status(db_text(query, STATUS, NULL), &status, NULL);
		if (!error)
			label_count_add(count_of(tally, query), status, db_int64(query, NUMBER));
	}
	db_finish(query);
	return error;
}

enum error label_store_tally(struct db *db, int64_t account_id, char kind, int64_t now, struct label_tally *tally)
{
	struct db_query *query = db_query(db, &label_store_statements[TALLY]);
	const char from[2] = { kind, '\0' };
	const char before[2] = { (char)(kind + 1), '\0' };
	enum error error;

	bind_kind(query, account_id, from, before);
	error = add_counts(query, tally);
	return error ? error : add_waiting(db, account_id, kind, now, tally);
}

enum error label_store_tally_names(struct db *db, int64_t account_id, char kind, struct label_tally *tally)
{
	struct db_query *query = db_query(db, &label_store_statements[NAMES]);
	const char from[2] = { kind, '\0' };
	const char before[2] = { (char)(kind + 1), '\0' };
	enum error error = ERROR_NONE;

	bind_kind(query, account_id, from, before);
	while (db_next(query, &error)) {
		struct label_count *count = count_of(tally, query);

		label_count_add(count, TASK_PENDING, db_int64(query, IS_PENDING));
		label_count_add(count, TASK_COMPLETED, db_int64(query, IS_ENDED));
	}
	db_finish(query);
	return error;
}

/* --- single ones --- */

enum error label_store_is_any(struct db *db, int64_t account_id, char kind, const char *name, bool *ret_is_any)
{
	struct db_query *query = db_query(db, &label_store_statements[IS_ANY]);
	char label[TASK_LABEL_LIMIT + 1] = { kind };
	int64_t count = 0;
	enum error error;

	strncat(label, name, TASK_LABEL_LIMIT - 1);
	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, label);
	error = db_read_integer(query, &count);
	if (!error)
		*ret_is_any = count > 0;
	return error;
}

enum error label_store_next(
	struct db *db, int64_t account_id, char kind, const char *after, struct arena *arena, const char **ret_name)
{
	struct db_query *query = db_query(db, &label_store_statements[NEXT]);
	char from[TASK_LABEL_LIMIT + 1] = { kind };
	const char before[2] = { (char)(kind + 1), '\0' };
	enum error error;

	if (after)
		strncat(from, after, TASK_LABEL_LIMIT - 1);
	bind_kind(query, account_id, from, before);
	error = db_step_one(query);
	if (!error)
		*ret_name = arena_strdup(arena, db_text(query, 0, NULL) + 1);
	db_finish(query);
	return error;
}

static const char *const row_columns[] = { [PROJECT] = "project", [TAGS] = "tags", [CREATED] = "created", NULL };
static const char *const tally_columns[] = { [LABEL] = "label", [STATUS] = "status", [NUMBER] = "number", NULL };

static const char *const name_columns[] = {
	[NAME] = "label", [IS_PENDING] = "is_pending", [IS_ENDED] = "is_ended", NULL
};

const struct db_statement label_store_statements[] = {
	[TALLY] = { .name = "label_tally",
		.sql = "SELECT label, status, COUNT(*) AS number FROM task_label "
		       "WHERE account_id = $1 AND label >= $2 AND label < $3 "
		       "GROUP BY label, status",
		.columns = tally_columns },
	/* The recursion steps from name to name: a DISTINCT would go through all tasks. */
	[NAMES] = { .name = "label_names",
		.sql = "WITH RECURSIVE step (label) AS ("
		       "  SELECT (SELECT label FROM task_label WHERE account_id = $1 AND label >= $2 AND label < $3"
		       "          ORDER BY label LIMIT 1)"
		       "  UNION ALL"
		       "  SELECT (SELECT task_label.label FROM task_label"
		       "          WHERE account_id = $1 AND task_label.label > step.label AND task_label.label < $3"
		       "          ORDER BY task_label.label LIMIT 1)"
		       "  FROM step WHERE step.label IS NOT NULL) "
		       "SELECT label, "
		       "  (SELECT COUNT(*) FROM (SELECT 1 AS one FROM task_label"
		       "   WHERE account_id = $1 AND task_label.label = step.label AND status = 'pending'"
		       "   LIMIT 1) AS sample) AS is_pending, "
		       "  (SELECT COUNT(*) FROM (SELECT 1 AS one FROM task_label"
		       "   WHERE account_id = $1 AND task_label.label = step.label AND status IN ('completed', "
		       "'deleted')"
		       "   LIMIT 1) AS sample) AS is_ended "
		       "FROM step WHERE label IS NOT NULL",
		.columns = name_columns },
	[WAITING] = { .name = "label_waiting",
		.sql = "SELECT project, tags, created FROM task "
		       "WHERE account_id = $1 AND status = 'pending' AND wait > $2 "
		       "ORDER BY id", /* the order of the index of what waits: there are few of them */
		.columns = row_columns },
	[AGES] = { .name = "label_ages",
		.sql = "SELECT project, tags, created FROM task "
		       "WHERE account_id = $1 AND status = 'pending' "
		       "ORDER BY id",
		.columns = row_columns },
	[IS_ANY] = { .name = "label_is_any",
		.sql = "SELECT COUNT(*) AS number FROM ("
		       "  SELECT task_id FROM task_label WHERE account_id = $1 AND label = $2 LIMIT 1) AS sample",
		.columns = (const char *const[]){ "number", NULL } },
	[NEXT] = { .name = "label_next",
		.sql = "SELECT label FROM task_label WHERE account_id = $1 AND label > $2 AND label < $3 "
		       "ORDER BY label LIMIT 1",
		.columns = (const char *const[]){ "label", NULL } },
	{ 0 },
};
