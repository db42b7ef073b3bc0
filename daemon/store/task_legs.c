/* The statements behind a list in an order. */
#include "store/task_legs.h"

#include "store/task_order_sql.h"
#include "store/task_row.h"

/* The numbers of the first parameters; see task_plan_write_source. */
enum { ACCOUNT = 1, ID };

/* A leg that is being written. */
struct writing {
	const struct task_order *order;
	const struct task_plan *plan;
	struct arena *arena;
	struct task_stream_leg leg;
	struct buffer sql;
};

static struct task_order_sql sql_of(struct writing *writing)
{
	return (struct task_order_sql){ .sql = &writing->sql,
		.values = &writing->leg.values,
		.sort = writing->order->sort,
		.coefficients = writing->order->coefficients,
		.now = writing->order->now };
}

static void begin(
	struct writing *writing, const struct task_order *order, const struct task_plan *plan, struct arena *arena)
{
	*writing = (struct writing){ .order = order, .plan = plan, .arena = arena };
	buffer_init(&writing->sql);
	db_values_init(&writing->leg.values, arena);
	(void)db_values_add_int64(&writing->leg.values, plan->account_id);
	(void)db_values_reserve(&writing->leg.values);
}

static void write_rows(struct writing *writing)
{
	buffer_append_text(&writing->sql, "SELECT task.id AS id" TASK_ROW_SELECTED);
	task_plan_write_source(writing->plan, writing->plan->parts[0], &writing->leg.values, &writing->sql);
}

static unsigned add(struct writing *writing, int64_t value)
{
	return db_values_add_int64(&writing->leg.values, value);
}

static void end(struct writing *writing, struct task_stream *stream)
{
	writing->leg.sql = arena_strndup(writing->arena, writing->sql.data, writing->sql.length);
	buffer_deinit(&writing->sql);
	stream->legs[stream->leg_count++] = writing->leg;
}

static void end_limited(struct writing *writing, const char *order_by, struct task_stream *stream)
{
	buffer_printf(&writing->sql, "%s LIMIT $%u", order_by, add(writing, writing->order->limit));
	end(writing, stream);
}

/* --- by urgency --- */

static void begin_class(struct writing *writing, const struct task_order *order, const struct task_plan *plan,
	int class, struct arena *arena)
{
	struct task_order_sql sql;

	begin(writing, order, plan, arena);
	write_rows(writing);
	buffer_printf(&writing->sql, " AND task.urgency_class = %d", class);
	sql = sql_of(writing);
	task_order_sql_write_fresh(&sql);
}

void task_legs_of_class(const struct task_order *order, const struct task_plan *plan, int class, struct arena *arena,
	struct task_stream *stream)
{
	static const char along_index[] = " ORDER BY task.urgency_intercept DESC, task.id";
	struct writing writing;
	int64_t intercept = 0;

	if (order->after) {
		/* Those that are as urgent as the last one was, and have a greater id. */
		intercept = order->after->values[0].integer - urgency_rise(class, order->coefficients, order->now);
		begin_class(&writing, order, plan, class, arena);
		buffer_printf(&writing.sql, " AND task.urgency_intercept = $%u AND task.id > $%u",
			add(&writing, intercept), add(&writing, order->after->values[1].integer));
		end_limited(&writing, " ORDER BY task.id", stream);
	}
	begin_class(&writing, order, plan, class, arena);
	if (order->after)
		buffer_printf(&writing.sql, " AND task.urgency_intercept < $%u", add(&writing, intercept));
	end_limited(&writing, along_index, stream);
}

void task_legs_ended(
	const struct task_order *order, const struct task_plan *plan, struct arena *arena, struct task_stream *stream)
{
	struct writing writing;

	begin(&writing, order, plan, arena);
	/* CROSS JOIN: they are few, and are gone through first. */
	buffer_printf(&writing.sql,
		"SELECT task.id AS id" TASK_ROW_SELECTED " FROM (SELECT ended.id AS id FROM task AS ended"
		" WHERE ended.account_id = $1 AND ended.status = 'pending' AND ended.urgency_change <= $%u) AS found"
		" CROSS JOIN (",
		add(&writing, order->now));
	write_rows(&writing);
	buffer_append_text(&writing.sql, ") AS task WHERE task.id = found.id");
	end(&writing, stream);
}

/* --- by due --- */

static bool is_behind_due(const struct task_place *after)
{
	return after && after->values[0].is_none;
}

static void write_with_due(struct writing *writing)
{
	const struct task_place *after = writing->order->after;
	unsigned due;

	if (!after) {
		buffer_append_text(&writing->sql, " AND task.due IS NOT NULL");
		return;
	}
	/* A comparison of rows, (due, id) > (…), is none from which SQLite sees that due is there. */
	due = add(writing, after->values[0].integer);
	buffer_printf(&writing->sql, " AND task.due >= $%u AND (task.due > $%u OR task.id > $%u)", due, due,
		add(writing, after->values[1].integer));
}

void task_legs_by_due(
	const struct task_order *order, const struct task_plan *plan, struct arena *arena, struct task_stream *stream)
{
	struct writing writing;

	if (!is_behind_due(order->after)) {
		begin(&writing, order, plan, arena);
		write_rows(&writing);
		write_with_due(&writing);
		end_limited(&writing, " ORDER BY task.due, task.id", stream);
	}
	begin(&writing, order, plan, arena);
	write_rows(&writing);
	buffer_append_text(&writing.sql, " AND task.due IS NULL");
	if (is_behind_due(order->after))
		buffer_printf(&writing.sql, " AND task.id > $%u", add(&writing, order->after->values[1].integer));
	end_limited(&writing, " ORDER BY task.id", stream);
}

/* --- by anything --- */

void task_legs_sorted(
	const struct task_order *order, const struct task_plan *plan, struct arena *arena, struct task_stream *stream)
{
	struct writing writing;
	struct task_order_sql sql;

	begin(&writing, order, plan, arena);
	write_rows(&writing);
	sql = sql_of(&writing);
	if (task_sort_has_urgency(order->sort))
		task_order_sql_write_fresh(&sql);
	if (order->after)
		task_order_sql_write_after(&sql, order->after);
	task_order_sql_write(&sql);
	end_limited(&writing, "", stream);
}
