/* Relations and their counts. */
#include "store/task_relation.h"

enum { ADD, REMOVE, DEPENDS, EACH, DEPENDENTS, HAS_DEPENDENTS, PARTS, PLACE, COUNT, RECOUNT, FORGET_URGENCY };

enum place_column { STATUS, PARENT };
enum count_column { BLOCKERS, DEPENDENTS_COUNT };

/* --- what depends on what --- */

static enum error run_on_edge(struct db *db, int statement, int64_t account_id, int64_t task_id, int64_t on_id)
{
	struct db_query *query = db_query(db, &task_relation_statements[statement]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, task_id);
	db_bind_int64(query, 3, on_id);
	return db_run(query, NULL);
}

/* Those that `task` depends on and `other` does not. */
static enum error run_on_difference(
	struct db *db, int statement, int64_t account_id, const struct task *task, const struct task *other)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < task->depend_count; i++)
		if (!id_is_in(task->depends[i], other->depends, other->depend_count))
			error = run_on_edge(db, statement, account_id, task->id, task->depends[i]);
	return error;
}

enum error task_relation_update(struct db *db, int64_t account_id, const struct task *before, const struct task *after)
{
	enum error error = run_on_difference(db, REMOVE, account_id, before, after);

	return error ? error : run_on_difference(db, ADD, account_id, after, before);
}

static enum error list_ids(struct db *db, int statement, int64_t account_id, int64_t id, struct id_list *ids)
{
	struct db_query *query = db_query(db, &task_relation_statements[statement]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	while (db_next(query, &error))
		id_list_add(ids, db_int64(query, 0));
	db_finish(query);
	return error;
}

enum error task_relation_depends(struct db *db, int64_t account_id, int64_t id, struct id_list *ids)
{
	return list_ids(db, DEPENDS, account_id, id, ids);
}

enum error task_relation_dependents(struct db *db, int64_t account_id, int64_t id, struct id_list *ids)
{
	return list_ids(db, DEPENDENTS, account_id, id, ids);
}

enum error task_relation_each(struct db *db, int64_t account_id, task_relation_link on_link, void *context)
{
	struct db_query *query = db_query(db, &task_relation_statements[EACH]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	while (db_next(query, &error))
		error = on_link(context, db_int64(query, 0), db_int64(query, 1));
	db_finish(query);
	return error;
}

enum error task_relation_has_dependents(struct db *db, int64_t account_id, int64_t id, bool *ret_has)
{
	struct db_query *query = db_query(db, &task_relation_statements[HAS_DEPENDENTS]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	error = db_step(query, ret_has);
	db_finish(query);
	return error;
}

enum error task_relation_parts(struct db *db, int64_t account_id, int64_t id, struct id_list *ids)
{
	return list_ids(db, PARTS, account_id, id, ids);
}

enum error task_relation_node(struct db *db, int64_t account_id, int64_t id, struct task_node *ret_place)
{
	struct db_query *query = db_query(db, &task_relation_statements[PLACE]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	error = db_step_one(query);
	if (!error)
		error = task_parse_status(db_text(query, STATUS, NULL), &ret_place->status, NULL);
	if (!error)
		ret_place->parent = db_int64(query, PARENT);
	db_finish(query);
	return error;
}

/* --- counts --- */

static bool crosses_zero(int64_t now, int64_t growth)
{
	return (now > 0) != (now - growth > 0);
}

static enum error forget_urgency(struct db *db, int64_t account_id, int64_t id)
{
	struct db_query *query = db_query(db, &task_relation_statements[FORGET_URGENCY]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	return db_run(query, NULL);
}

enum error task_relation_recount(struct db *db, int64_t account_id, int64_t id)
{
	struct db_query *query = db_query(db, &task_relation_statements[RECOUNT]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	return db_run(query, NULL);
}

enum error task_relation_count(struct db *db, int64_t account_id, int64_t id, const struct task_counts *growth)
{
	struct db_query *query = db_query(db, &task_relation_statements[COUNT]);
	bool is_another = false;
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	db_bind_int64(query, 3, growth->blockers);
	db_bind_int64(query, 4, growth->dependents);
	db_bind_int64(query, 5, growth->children);
	db_bind_int64(query, 6, growth->open_children);
	error = db_step_one(query);
	if (!error)
		is_another = crosses_zero(db_int64(query, BLOCKERS), growth->blockers) ||
			     crosses_zero(db_int64(query, DEPENDENTS_COUNT), growth->dependents);
	db_finish(query);
	if (error == ERROR_NOT_FOUND)
		return ERROR_NONE;
	return !error && is_another ? forget_urgency(db, account_id, id) : error;
}

static const char *const id_columns[] = { "id", NULL };

const struct db_statement task_relation_statements[] = {
	[ADD] = { .name = "task_dependency_add",
		.sql = "INSERT INTO task_dependency (account_id, task_id, on_id) VALUES ($1, $2, $3)" },
	[REMOVE] = { .name = "task_dependency_remove",
		.sql = "DELETE FROM task_dependency WHERE account_id = $1 AND task_id = $2 AND on_id = $3" },
	[DEPENDS] = { .name = "task_depends",
		.sql = "SELECT on_id AS id FROM task_dependency "
		       "WHERE account_id = $1 AND task_id = $2 "
		       "ORDER BY on_id",
		.columns = id_columns },
	[EACH] = { .name = "task_dependency_each",
		.sql = "SELECT task_id, on_id FROM task_dependency "
		       "WHERE account_id = $1 "
		       "ORDER BY task_id, on_id",
		.columns = (const char *const[]){ "task_id", "on_id", NULL } },
	[DEPENDENTS] = { .name = "task_dependents",
		.sql = "SELECT task_id AS id FROM task_dependency "
		       "WHERE account_id = $1 AND on_id = $2 "
		       "ORDER BY task_id",
		.columns = id_columns },
	[HAS_DEPENDENTS] = { .name = "task_has_dependents",
		.sql = "SELECT task_id AS id FROM task_dependency "
		       "WHERE account_id = $1 AND on_id = $2 "
		       "LIMIT 1",
		.columns = id_columns },
	[PARTS] = { .name = "task_parts",
		.sql = "SELECT id FROM task "
		       "WHERE account_id = $1 AND parent = $2 "
		       "ORDER BY id",
		.columns = id_columns },
	[PLACE] = { .name = "task_place",
		.sql = "SELECT status, parent FROM task WHERE account_id = $1 AND id = $2",
		.columns = (const char *const[]){ [STATUS] = "status", [PARENT] = "parent", NULL } },
	[COUNT] = { .name = "task_count_relations",
		.sql = "UPDATE task "
		       "SET blockers = blockers + $3, dependents = dependents + $4, "
		       "  children = children + $5, open_children = open_children + $6 "
		       "WHERE account_id = $1 AND id = $2 "
		       "RETURNING blockers, dependents",
		.columns = (const char *const[]){ [BLOCKERS] = "blockers", [DEPENDENTS_COUNT] = "dependents", NULL } },
	[RECOUNT] = { .name = "task_recount_relations",
		.sql = "UPDATE task SET "
		       "  blockers = (SELECT count(*) FROM task_dependency AS link JOIN task AS other "
		       "    ON other.account_id = link.account_id AND other.id = link.on_id "
		       "    WHERE link.account_id = $1 AND link.task_id = $2 AND other.status = 'pending'), "
		       "  dependents = (SELECT count(*) FROM task_dependency AS link JOIN task AS other "
		       "    ON other.account_id = link.account_id AND other.id = link.task_id "
		       "    WHERE link.account_id = $1 AND link.on_id = $2 AND other.status = 'pending'), "
		       "  children = (SELECT count(*) FROM task AS part "
		       "    WHERE part.account_id = $1 AND part.parent = $2 "
		       "      AND part.status IN ('pending', 'completed')), "
		       "  open_children = (SELECT count(*) FROM task AS part "
		       "    WHERE part.account_id = $1 AND part.parent = $2 AND part.status = 'pending'), "
		       "  urgency_change = 0 "
		       "WHERE account_id = $1 AND id = $2" },
	[FORGET_URGENCY] = { .name = "task_forget_urgency",
		.sql = "UPDATE task SET urgency_change = 0 WHERE account_id = $1 AND id = $2" },
	{ 0 },
};
