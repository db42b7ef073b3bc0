/* Which way a list in an order goes, and the merging of what gives it. */
#include "store/task_order.h"

#include "common/cleanup.h"
#include "store/task_first.h"
#include "store/task_legs.h"
#include "store/task_plan.h"
#include "store/task_store.h"

/* Classes of urgency, and those whose phase has ended. */
#define SOURCES (URGENCY_CLASS_COUNT + 1u)

enum { COUNT_LABEL, LAST_ID };

/* Where the next task may come from. */
struct source {
	struct task_stream stream;
	struct task_first first; /* in place of a stream: what was gathered */
	size_t next;             /* of it */
	bool is_gathered;
	struct task_place place; /* of the stream's task */
};

struct ordering {
	struct db *db;
	const struct task_order *order;
	struct arena *arena;
	struct task_plan plan;
	struct source *sources;
	size_t source_count;
};

/* --- sources --- */

static struct source *add_source(struct ordering *ordering)
{
	struct source *source = &ordering->sources[ordering->source_count++];

	task_stream_init(&source->stream, ordering->db);
	return source;
}

static struct task_first *add_gathered(struct ordering *ordering)
{
	const struct task_order *order = ordering->order;
	struct source *source = add_source(ordering);

	source->is_gathered = true;
	source->first = (struct task_first){ .sort = order->sort,
		.coefficients = order->coefficients,
		.now = order->now,
		.after = order->after,
		.limit = (size_t)order->limit };
	task_first_init(&source->first, ordering->arena);
	return &source->first;
}

static void end_sources(struct ordering *ordering)
{
	for (size_t i = 0; i < ordering->source_count; i++) {
		task_stream_deinit(&ordering->sources[i].stream);
		if (ordering->sources[i].is_gathered)
			task_first_deinit(&ordering->sources[i].first);
	}
}

static bool is_ended(const struct source *source)
{
	return source->is_gathered ? source->next == source->first.count : !source->stream.has_task;
}

static const struct task_place *place_of(const struct source *source)
{
	return source->is_gathered ? &source->first.items[source->next].place : &source->place;
}

static enum error step(const struct ordering *ordering, struct source *source)
{
	const struct task_order *order = ordering->order;
	enum error error;

	if (source->is_gathered) {
		source->next++;
		return ERROR_NONE;
	}
	error = task_stream_step(&source->stream);
	if (!error && source->stream.has_task)
		task_sort_find_place(
			order->sort, &source->stream.task, order->coefficients, order->now, &source->place);
	return error;
}

static enum error start(struct ordering *ordering)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < ordering->source_count; i++)
		if (!ordering->sources[i].is_gathered)
			error = step(ordering, &ordering->sources[i]);
	return error;
}

/* --- gathering --- */

static enum error on_gathered(void *context, const struct task *task)
{
	task_first_add(context, task);
	return ERROR_NONE;
}

/* All tasks of the filter, by whatever index serves it. */
static enum error gather_all(struct ordering *ordering)
{
	const struct task_query query = { .account_id = ordering->order->account_id,
		.now = ordering->order->now,
		.filter = ordering->order->filter };
	struct task_first *first = add_gathered(ordering);
	enum error error = task_query_each(ordering->db, &query, ordering->arena, on_gathered, first);

	task_first_end(first);
	return error;
}

/* Those whose urgency is no longer what their row says. */
static enum error gather_ended(struct ordering *ordering)
{
	struct task_first *first = add_gathered(ordering);
	struct task_stream stream;
	enum error error;

	task_stream_init(&stream, ordering->db);
	task_legs_ended(ordering->order, &ordering->plan, ordering->arena, &stream);
	error = task_stream_step(&stream);
	while (!error && stream.has_task) {
		task_first_add(first, &stream.task);
		error = task_stream_step(&stream);
	}
	task_stream_deinit(&stream);
	task_first_end(first);
	return error;
}

/* --- the way --- */

/* From here on by no index of the filter; `status` may be TASK_PLAN_ANY_STATUS. */
static void go_by(struct task_plan *plan, enum task_plan_way way, int status)
{
	plan->way = way;
	plan->by = NULL;
	plan->parts[0] = status;
	plan->part_count = 1;
}

static enum error walk_urgency(struct ordering *ordering)
{
	go_by(&ordering->plan, TASK_PLAN_BY_ORDER, TASK_PENDING);
	for (int class = 0; class < URGENCY_CLASS_COUNT; class ++)
		task_legs_of_class(
			ordering->order, &ordering->plan, class, ordering->arena, &add_source(ordering)->stream);
	return gather_ended(ordering);
}

static enum error walk_due(struct ordering *ordering)
{
	go_by(&ordering->plan, TASK_PLAN_BY_ORDER, ordering->plan.parts[0]);
	task_legs_by_due(ordering->order, &ordering->plan, ordering->arena, &add_source(ordering)->stream);
	return ERROR_NONE;
}

static enum error sort_all(struct ordering *ordering)
{
	if (ordering->plan.part_count > 1)
		go_by(&ordering->plan, TASK_PLAN_BY_STATUS, TASK_PLAN_ANY_STATUS);
	task_legs_sorted(ordering->order, &ordering->plan, ordering->arena, &add_source(ordering)->stream);
	if (!task_sort_has_urgency(ordering->order->sort))
		return ERROR_NONE;
	go_by(&ordering->plan, TASK_PLAN_BY_STATUS, TASK_PLAN_ANY_STATUS);
	return gather_ended(ordering);
}

static enum error count_label(const struct ordering *ordering, int64_t limit, int64_t *ret_count)
{
	struct db_query *query = db_query(ordering->db, &task_order_statements[COUNT_LABEL]);

	db_bind_int64(query, 1, ordering->order->account_id);
	db_bind_text(query, 2, ordering->plan.label);
	db_bind_text(query, 3, task_status_names[ordering->plan.parts[0]]);
	db_bind_int64(query, 4, limit);
	return db_read_integer(query, ret_count);
}

/*
 * Whether the filter's index leaves so few tasks that looking at all of them is cheaper than going along an order until
 * a page is full: with F of N tasks, a page of L is full after L * N / F.
 */
static enum error leaves_few(const struct ordering *ordering, bool *ret_is_few)
{
	struct db_query *query;
	int64_t last_id, count;
	int64_t few = 1;
	enum error error;

	*ret_is_few = ordering->plan.way == TASK_PLAN_BY_IDS;
	if (ordering->plan.way == TASK_PLAN_BY_STATUS || *ret_is_few)
		return ERROR_NONE;
	query = db_query(ordering->db, &task_order_statements[LAST_ID]);
	db_bind_int64(query, 1, ordering->order->account_id);
	error = db_read_integer(query, &last_id);
	if (error)
		return error;
	while (few * few < ordering->order->limit * last_id)
		few *= 2;
	if (ordering->plan.label)
		error = count_label(ordering, few, &count);
	else
		error = task_plan_count(ordering->db, &ordering->plan, ordering->plan.parts[0], few, &count);
	*ret_is_few = !error && count < few;
	return error;
}

static bool is_of_one_status(const struct task_plan *plan)
{
	return plan->part_count == 1 && plan->parts[0] != TASK_PLAN_ANY_STATUS;
}

static enum error choose(struct ordering *ordering)
{
	const struct task_sort *sort = ordering->order->sort;
	const struct task_plan *plan = &ordering->plan;
	bool is_few;
	enum error error = leaves_few(ordering, &is_few);

	if (error)
		return error;
	if (is_few)
		return gather_all(ordering);
	if (is_of_one_status(plan) && plan->parts[0] == TASK_PENDING && task_sort_is_by(sort, "urgency", true))
		return walk_urgency(ordering);
	if (is_of_one_status(plan) && task_sort_is_by(sort, "due", false))
		return walk_due(ordering);
	return sort_all(ordering);
}

/* --- merging --- */

static struct source *find_next(const struct ordering *ordering)
{
	struct source *next = NULL;

	for (size_t i = 0; i < ordering->source_count; i++) {
		struct source *source = &ordering->sources[i];

		if (is_ended(source))
			continue;
		if (!next || task_sort_compare(ordering->order->sort, place_of(source), place_of(next)) < 0)
			next = source;
	}
	return next;
}

/* What was gathered are ids: of a task only the few that are shown are read as a whole. */
static enum error show(
	const struct ordering *ordering, const struct source *source, task_query_row on_row, void *context)
{
	struct task_ref ref = { 0 };
	struct refusal refusal;
	struct arena arena;
	struct task task;
	enum error error;

	if (!source->is_gathered)
		return on_row(context, &source->stream.task);
	ref.id = source->first.items[source->next].id;
	arena_init(&arena);
	error = task_store_find(ordering->db, ordering->order->account_id, &ref, &arena, &task, &refusal);
	if (!error)
		error = on_row(context, &task);
	arena_deinit(&arena);
	return error;
}

static enum error merge(const struct ordering *ordering, task_query_row on_row, void *context)
{
	struct source *source = find_next(ordering);
	enum error error = ERROR_NONE;

	for (int64_t left = ordering->order->limit; !error && source && left; left--) {
		error = show(ordering, source, on_row, context);
		if (!error)
			error = step(ordering, source);
		source = find_next(ordering);
	}
	return error;
}

enum error task_order_each(
	struct db *db, const struct task_order *order, struct arena *arena, task_query_row on_row, void *context)
{
	CLEANUP(end_sources)
	struct ordering ordering = { .db = db, .order = order, .arena = arena };
	enum error error =
		task_plan_make(db, order->account_id, order->now, order->filter, TASK_PLAN_ALL, arena, &ordering.plan);

	if (error || !ordering.plan.part_count)
		return error;
	ordering.sources = arena_array(arena, SOURCES, sizeof(*ordering.sources));
	error = choose(&ordering);
	if (!error)
		error = start(&ordering);
	return error ? error : merge(&ordering, on_row, context);
}

const struct db_statement task_order_statements[] = {
	[COUNT_LABEL] = { .name = "task_order_count_label",
		.sql = "SELECT COUNT(*) AS count FROM ("
		       "  SELECT task_id FROM task_label "
		       "  WHERE account_id = $1 AND label = $2 AND status = $3 LIMIT $4) AS sample",
		.columns = (const char *const[]){ "count", NULL } },
	[LAST_ID] = { .name = "task_order_last_id",
		.sql = "SELECT last_task_id FROM account_counter WHERE account_id = $1",
		.columns = (const char *const[]){ "last_task_id", NULL } },
	{ 0 },
};
