/* From a tree of conditions to an expression. */
#include "store/task_predicate.h"

#include "store/task_match.h"
#include "store/urgency_sql.h"

#include <assert.h>
#include <string.h>

#define ACCOUNT "$1"

/* SQLite's parser holds 100 symbols. A condition by itself, and what stands around the whole, take fewer than these. */
#define LEAF_SYMBOLS 20u
#define SYMBOL_LIMIT 60u

/* What a field is in SQL. */
static const struct {
	const char *sql;
	bool is_nullable;
	bool is_text; /* empty is none */
	enum task_match_layout layout;
} columns[FILTER_FIELD_COUNT] = {
	[FILTER_ID] = { .sql = "task.id" },
	[FILTER_TITLE] = { .sql = "task.title", .is_text = true },
	[FILTER_NOTE] = { .sql = "task.note", .is_nullable = true, .is_text = true },
	[FILTER_IN_PROJECT] = { .sql = "task.project", .is_nullable = true, .is_text = true },
	[FILTER_TAGS] = { .sql = "task.tags", .is_text = true, .layout = TASK_MATCH_WORDS },
	[FILTER_PRIORITY] = { .sql = "task.priority" },
	[FILTER_DUE] = { .sql = "task.due", .is_nullable = true },
	[FILTER_WAIT] = { .sql = "task.wait", .is_nullable = true },
	[FILTER_SCHEDULED] = { .sql = "task.scheduled", .is_nullable = true },
	[FILTER_UNTIL] = { .sql = "task.until", .is_nullable = true },
	[FILTER_STARTED] = { .sql = "task.started", .is_nullable = true },
	[FILTER_COMPLETED] = { .sql = "task.completed", .is_nullable = true },
	[FILTER_DELETED] = { .sql = "task.deleted", .is_nullable = true },
	[FILTER_CREATED] = { .sql = "task.created" },
	[FILTER_MODIFIED] = { .sql = "task.modified" },
	[FILTER_PARENT] = { .sql = "task.parent", .is_nullable = true },
	[FILTER_CHILDREN] = { .sql = "task.children" },
	[FILTER_SERIES] = { .sql = "task.series", .is_nullable = true },
	[FILTER_DEPENDS] = { .sql = "task.depends", .is_nullable = true },
	[FILTER_BLOCKERS] = { .sql = "task.blockers" },
	[FILTER_DEPENDENTS] = { .sql = "task.dependents" },
	[FILTER_RECUR] = { .sql = "task.recur", .is_nullable = true, .is_text = true },
	[FILTER_ANNOTATIONS] = { .sql = "task.annotations",
		.is_nullable = true,
		.is_text = true,
		.layout = TASK_MATCH_LINES },
	[FILTER_VERSION] = { .sql = "task.version" },
};

static void write_text(const struct task_predicate *predicate, const char *text)
{
	buffer_append_text(predicate->sql, text);
}

static unsigned add_text(const struct task_predicate *predicate, const char *text)
{
	return db_values_add_text(predicate->values, text);
}

/* --- ids --- */

static unsigned add_ids(const struct task_predicate *predicate, const struct filter *filter)
{
	int64_t *ids = arena_array(predicate->arena, filter->ref_count, sizeof(*ids));

	for (size_t i = 0; i < filter->ref_count; i++)
		ids[i] = filter->refs[i].id;
	return db_values_add_blob(predicate->values, ids, filter->ref_count * sizeof(*ids));
}

static void write_ids(const struct task_predicate *predicate, const char *sql, const struct filter *filter)
{
	if (!filter->ref_count)
		write_text(predicate, "1 = 0");
	else if (filter->ref_count == 1)
		buffer_printf(predicate->sql, "(%s IS NOT NULL AND %s = $%u)", sql, sql,
			db_values_add_int64(predicate->values, filter->refs[0].id));
	else
		buffer_printf(predicate->sql, "task_id_is_in($%u, %s)", add_ids(predicate, filter), sql);
}

/* --- numbers and times --- */

static void write_bounds(const struct task_predicate *predicate, const char *sql, const struct filter *filter)
{
	unsigned first = filter->first > INT64_MIN ? db_values_add_int64(predicate->values, filter->first) : 0;
	unsigned last = filter->last < INT64_MAX ? db_values_add_int64(predicate->values, filter->last) : 0;

	if (first && first == last)
		buffer_printf(predicate->sql, "%s = $%u", sql, first);
	else if (first && last)
		buffer_printf(predicate->sql, "%s >= $%u AND %s <= $%u", sql, first, sql, last);
	else if (first)
		buffer_printf(predicate->sql, "%s >= $%u", sql, first);
	else if (last)
		buffer_printf(predicate->sql, "%s <= $%u", sql, last);
	else
		buffer_printf(predicate->sql, "%s IS NOT NULL", sql);
}

void task_predicate_write_range(const struct task_predicate *predicate, const struct filter *filter)
{
	const char *sql = columns[filter->field].sql;

	if (columns[filter->field].is_nullable)
		buffer_printf(predicate->sql, "%s IS NOT NULL AND ", sql);
	write_bounds(predicate, sql,
		filter->kind == FILTER_ANY ? &(struct filter){ .first = INT64_MIN, .last = INT64_MAX } : filter);
}

/* Finished work, and that which runs. */
static void write_spent(const struct task_predicate *predicate, const struct filter *filter)
{
	unsigned now = db_values_add_int64(predicate->values, predicate->now);
	const char *sql = arena_printf(predicate->arena,
		"(task.spent + CASE WHEN task.started < $%u THEN $%u - task.started ELSE 0 END)", now, now);

	write_bounds(predicate, sql, filter);
}

/* What the row says, or, of those whose phase has ended, what was found out of each: see task_resolve.h. */
static void write_urgency(const struct task_predicate *predicate, const struct filter *filter)
{
	struct buffer rank;

	buffer_init(&rank);
	urgency_sql_write_rank(&rank, predicate->values, predicate->coefficients, predicate->now);
	buffer_printf(predicate->sql, "task.status = 'pending' AND CASE WHEN task.urgency_change <= $%u THEN ",
		db_values_add_int64(predicate->values, predicate->now));
	write_ids(predicate, "task.id", filter);
	write_text(predicate, " ELSE ");
	write_bounds(predicate, buffer_text(&rank), filter);
	write_text(predicate, " END");
	buffer_deinit(&rank);
}

/* --- custom fields --- */

static void begin_custom(const struct task_predicate *predicate, const struct filter *filter)
{
	buffer_printf(predicate->sql,
		"EXISTS (SELECT 1 FROM task_value WHERE task_value.account_id = " ACCOUNT
		" AND task_value.name = $%u AND task_value.task_id = task.id",
		add_text(predicate, filter->name));
}

static void write_custom_range(const struct task_predicate *predicate, const struct filter *filter)
{
	begin_custom(predicate, filter);
	write_text(predicate, " AND ");
	write_bounds(predicate, "task_value.number", filter);
	write_text(predicate, ")");
}

static void write_custom_any(const struct task_predicate *predicate, const struct filter *filter)
{
	begin_custom(predicate, filter);
	write_text(predicate, ")");
}

static void write_number(const struct task_predicate *predicate, const struct filter *filter)
{
	static const char *const signs[] = {
		[FILTER_LESS] = "<",
		[FILTER_AT_MOST] = "<=",
		[FILTER_EQUAL] = "=",
		[FILTER_AT_LEAST] = ">=",
		[FILTER_GREATER] = ">",
	};

	begin_custom(predicate, filter);
	buffer_printf(predicate->sql, " AND task_value.number %s CAST($%u AS REAL))", signs[filter->order],
		add_text(predicate, filter->text));
}

/* --- texts --- */

static void write_match(const struct task_predicate *predicate, const char *sql, enum task_match_layout layout,
	const struct filter *filter)
{
	unsigned number = add_text(predicate, filter->text);

	if (filter->match == TEXT_IS && layout == TASK_MATCH_PLAIN)
		buffer_printf(predicate->sql, "(%s IS NOT NULL AND %s = $%u)", sql, sql, number);
	else
		buffer_printf(predicate->sql, "task_text_matches(%d, %d, $%u, %s)", (int)filter->match, (int)layout,
			number, sql);
}

static void write_text_condition(const struct task_predicate *predicate, const struct filter *filter)
{
	if (filter->field != FILTER_CUSTOM) {
		write_match(predicate, columns[filter->field].sql, columns[filter->field].layout, filter);
		return;
	}
	begin_custom(predicate, filter);
	write_text(predicate, " AND ");
	write_match(predicate, "task_value.text", TASK_MATCH_PLAIN, filter);
	write_text(predicate, ")");
}

/* Of the task's row, which is at hand: the index of labels costs more for each task than its words do. */
static void write_tag(const struct task_predicate *predicate, const struct filter *filter)
{
	buffer_printf(predicate->sql,
		"replace(' ' || task.tags || ' ', ' ' || $%u || ' ', '') <> ' ' || task.tags || ' '",
		add_text(predicate, filter->text));
}

/* The project, or one below it: what begins with "home." stands before "home/". */
static void write_project(const struct task_predicate *predicate, const struct filter *filter)
{
	unsigned number = add_text(predicate, filter->text);

	buffer_printf(predicate->sql,
		"(task.project IS NOT NULL AND (task.project = $%u"
		" OR (task.project > $%u || '.' AND task.project < $%u || '/')))",
		number, number, number);
}

/* --- other tasks --- */

static void write_refs(const struct task_predicate *predicate, const struct filter *filter)
{
	if (filter->field != FILTER_DEPENDS) {
		write_ids(predicate, columns[filter->field].sql, filter);
		return;
	}
	write_text(predicate,
		"(task.depends IS NOT NULL AND EXISTS (SELECT 1 FROM task_dependency"
		" WHERE task_dependency.account_id = " ACCOUNT " AND task_dependency.task_id = task.id AND ");
	write_ids(predicate, "task_dependency.on_id", filter);
	write_text(predicate, "))");
}

/* --- the whole --- */

static void write_nested(const struct task_predicate *predicate, const struct filter *filter);

static void write_any(const struct task_predicate *predicate, const struct filter *filter)
{
	if (filter->field == FILTER_CUSTOM)
		write_custom_any(predicate, filter);
	else if (columns[filter->field].is_text)
		buffer_printf(predicate->sql, "coalesce(%s, '') <> ''", columns[filter->field].sql);
	else
		buffer_printf(predicate->sql, "%s IS NOT NULL", columns[filter->field].sql);
}

static void write_range(const struct task_predicate *predicate, const struct filter *filter)
{
	if (filter->field == FILTER_CUSTOM)
		write_custom_range(predicate, filter);
	else if (filter->field == FILTER_SPENT)
		write_spent(predicate, filter);
	else if (filter->field == FILTER_URGENCY)
		write_urgency(predicate, filter);
	else
		task_predicate_write_range(predicate, filter);
}

/* Without parentheses as far as the left side is the same chain: an SQL parser has no stack for hundreds of them. */
static void write_chain(const struct task_predicate *predicate, const struct filter *filter, const char *joint)
{
	if (filter->left->kind == filter->kind)
		write_chain(predicate, filter->left, joint);
	else
		write_nested(predicate, filter->left);
	write_text(predicate, joint);
	write_nested(predicate, filter->right);
}

static void write_condition(const struct task_predicate *predicate, const struct filter *filter)
{
	switch (filter->kind) {
	case FILTER_ALL:
		write_text(predicate, "1 = 1");
		return;
	case FILTER_AND:
		write_chain(predicate, filter, " AND ");
		return;
	case FILTER_OR:
		write_chain(predicate, filter, " OR ");
		return;
	case FILTER_XOR:
		write_chain(predicate, filter, " <> ");
		return;
	case FILTER_NOT:
		write_text(predicate, "NOT ");
		write_nested(predicate, filter->left);
		return;
	case FILTER_STATUS:
		buffer_printf(predicate->sql, "task.status = '%s'", task_status_names[filter->status]);
		return;
	case FILTER_PROJECT:
		write_project(predicate, filter);
		return;
	case FILTER_TAG:
		write_tag(predicate, filter);
		return;
	case FILTER_REFS:
		write_refs(predicate, filter);
		return;
	case FILTER_ANY:
		write_any(predicate, filter);
		return;
	case FILTER_RANGE:
		write_range(predicate, filter);
		return;
	case FILTER_NUMBER:
		write_number(predicate, filter);
		return;
	case FILTER_TEXT:
		write_text_condition(predicate, filter);
		return;
	case FILTER_LATEST:
		break;
	}
	assert(false);
}

static void write_nested(const struct task_predicate *predicate, const struct filter *filter)
{
	write_text(predicate, "(");
	write_condition(predicate, filter);
	write_text(predicate, ")");
}

/* --- what is nested deeply --- */

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* How many symbols an SQL parser must hold at once. */
static size_t count_symbols(const struct filter *filter)
{
	if (!filter->left)
		return LEAF_SYMBOLS;
	if (!filter->right)
		return 2 + count_symbols(filter->left);
	return larger(
		(filter->left->kind != filter->kind) + count_symbols(filter->left), 3 + count_symbols(filter->right));
}

/* In the order of a postfix notation: `v` for each condition, and the signs behind what they join. */
static void write_program(const struct filter *filter, struct buffer *program)
{
	static const char signs[] = {
		[FILTER_AND] = '&',
		[FILTER_OR] = '|',
		[FILTER_XOR] = '^',
		[FILTER_NOT] = '!',
	};

	if (!filter->left) {
		buffer_append_char(program, 'v');
		return;
	}
	write_program(filter->left, program);
	if (filter->right)
		write_program(filter->right, program);
	buffer_append_char(program, signs[filter->kind]);
}

static void write_bits(const struct task_predicate *predicate, const struct filter *filter, const char **separator)
{
	if (filter->left) {
		write_bits(predicate, filter->left, separator);
		if (filter->right)
			write_bits(predicate, filter->right, separator);
		return;
	}
	write_text(predicate, *separator);
	*separator = " || ";
	write_nested(predicate, filter);
}

/* The conditions side by side, and how they are joined as a parameter. */
static void write_flat(const struct task_predicate *predicate, const struct filter *filter)
{
	const char *separator = "";
	struct buffer program;

	buffer_init(&program);
	write_program(filter, &program);
	buffer_printf(predicate->sql, "task_bits_hold($%u, ",
		add_text(predicate, arena_strndup(predicate->arena, program.data, program.length)));
	buffer_deinit(&program);
	write_bits(predicate, filter, &separator);
	write_text(predicate, ")");
}

void task_predicate_write(const struct task_predicate *predicate, const struct filter *filter)
{
	if (count_symbols(filter) > SYMBOL_LIMIT)
		write_flat(predicate, filter);
	else
		write_nested(predicate, filter);
}
