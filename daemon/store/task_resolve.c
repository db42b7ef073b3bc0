/* What has to be looked up in the database before a filter is asked. */
#include "store/task_resolve.h"

#include "store/task_ended.h"
#include "store/task_store.h"
#include "store/urgency_store.h"

#include <stdlib.h>
#include <string.h>

enum { IDS_BY_UUID, LATEST };

struct resolution {
	struct db *db;
	int64_t account_id;
	int64_t now;
	struct arena *arena;
	struct urgency_coefficients *coefficients; /* NULL: not read */
	const struct task_ended *ended;
	size_t ended_count;
	struct task_ref *refs; /* of the condition at hand */
	size_t count;
	size_t capacity;
};

static void add_id(struct resolution *resolution, int64_t id)
{
	if (resolution->count == resolution->capacity) {
		struct task_ref *refs = arena_array(resolution->arena, 2 * resolution->capacity, sizeof(*refs));

		memcpy(refs, resolution->refs, resolution->count * sizeof(*refs));
		resolution->refs = refs;
		resolution->capacity *= 2;
	}
	resolution->refs[resolution->count++].id = id;
}

static enum error add_found(struct resolution *resolution, struct db_query *query)
{
	enum error error = ERROR_NONE;

	while (db_next(query, &error))
		add_id(resolution, db_int64(query, 0));
	db_finish(query);
	return error;
}

/* A prefix that several tasks share means all of them here. */
static enum error add_by_uuid(struct resolution *resolution, const char *prefix)
{
	struct db_query *query = db_query(resolution->db, &task_resolve_statements[IDS_BY_UUID]);
	char end[TASK_UUID_LENGTH + 1];

	task_store_uuid_end(prefix, end);
	db_bind_int64(query, 1, resolution->account_id);
	db_bind_text(query, 2, prefix);
	db_bind_text(query, 3, end);
	return add_found(resolution, query);
}

static enum error add_latest(struct resolution *resolution)
{
	struct db_query *query = db_query(resolution->db, &task_resolve_statements[LATEST]);

	db_bind_int64(query, 1, resolution->account_id);
	return add_found(resolution, query);
}

static int compare_ids(const void *left, const void *right)
{
	const struct task_ref *a = left;
	const struct task_ref *b = right;

	return (a->id > b->id) - (a->id < b->id);
}

static void sort_ids(struct resolution *resolution)
{
	size_t kept = 0;

	if (resolution->count)
		qsort(resolution->refs, resolution->count, sizeof(*resolution->refs), compare_ids);
	for (size_t i = 0; i < resolution->count; i++)
		if (!kept || resolution->refs[i].id != resolution->refs[kept - 1].id)
			resolution->refs[kept++] = resolution->refs[i];
	resolution->count = kept;
}

static enum error add_refs(struct resolution *resolution, const struct filter *filter)
{
	enum error error = ERROR_NONE;

	if (filter->kind == FILTER_LATEST)
		return add_latest(resolution);
	for (size_t i = 0; !error && i < filter->ref_count; i++) {
		if (filter->refs[i].id)
			add_id(resolution, filter->refs[i].id);
		else
			error = add_by_uuid(resolution, filter->refs[i].uuid);
	}
	return error;
}

static enum error resolve_refs(struct resolution *resolution, struct filter *filter)
{
	enum error error;

	resolution->capacity = filter->ref_count + 1;
	resolution->count = 0;
	resolution->refs = arena_array(resolution->arena, resolution->capacity, sizeof(*resolution->refs));
	error = add_refs(resolution, filter);
	sort_ids(resolution);
	if (filter->kind == FILTER_LATEST)
		filter->field = FILTER_ID;
	filter->kind = FILTER_REFS;
	filter->refs = resolution->refs;
	filter->ref_count = resolution->count;
	return error;
}

/* Once for all conditions. */
static enum error read_ended(struct resolution *resolution)
{
	struct urgency_coefficients *coefficients;
	enum error error;

	if (resolution->coefficients)
		return ERROR_NONE;
	coefficients = arena_alloc(resolution->arena, sizeof(*coefficients));
	error = urgency_store_read(resolution->db, resolution->account_id, resolution->arena, coefficients);
	if (error)
		return error;
	resolution->coefficients = coefficients;
	return task_ended_read(resolution->db, resolution->account_id, coefficients, resolution->now, resolution->arena,
		&resolution->ended, &resolution->ended_count);
}

static enum error resolve_urgency(struct resolution *resolution, struct filter *filter)
{
	enum error error = read_ended(resolution);
	struct task_ref *refs;

	if (error)
		return error;
	refs = arena_array(resolution->arena, resolution->ended_count, sizeof(*refs));
	filter->refs = refs;
	for (size_t i = 0; i < resolution->ended_count; i++) {
		const struct task_ended *ended = &resolution->ended[i];

		if (ended->rank >= filter->first && ended->rank <= filter->last)
			refs[filter->ref_count++].id = ended->id;
	}
	return ERROR_NONE;
}

static enum error resolve(struct resolution *resolution, const struct filter *filter, const struct filter **ret_filter)
{
	struct filter *copy = arena_alloc(resolution->arena, sizeof(*copy));
	enum error error = ERROR_NONE;

	*copy = *filter;
	*ret_filter = copy;
	if (filter->kind == FILTER_REFS || filter->kind == FILTER_LATEST)
		return resolve_refs(resolution, copy);
	if (filter->kind == FILTER_RANGE && filter->field == FILTER_URGENCY)
		return resolve_urgency(resolution, copy);
	if (filter->left)
		error = resolve(resolution, filter->left, &copy->left);
	if (!error && filter->right)
		error = resolve(resolution, filter->right, &copy->right);
	return error;
}

enum error task_resolve(struct db *db, const struct task_resolve *wanted, struct arena *arena,
	const struct filter **ret_filter, const struct urgency_coefficients **ret_coefficients)
{
	struct resolution resolution = {
		.db = db, .account_id = wanted->account_id, .now = wanted->now, .arena = arena
	};
	enum error error = resolve(&resolution, wanted->filter, ret_filter);

	*ret_coefficients = resolution.coefficients;
	return error;
}

const struct db_statement task_resolve_statements[] = {
	[IDS_BY_UUID] = { .name = "task_ids_by_uuid",
		.sql = "SELECT id FROM task WHERE account_id = $1 AND uuid >= $2 AND uuid < $3",
		.columns = (const char *const[]){ "id", NULL } },
	[LATEST] = { .name = "task_latest",
		.sql = "SELECT id FROM task WHERE account_id = $1 ORDER BY id DESC LIMIT 1",
		.columns = (const char *const[]){ "id", NULL } },
	{ 0 },
};
