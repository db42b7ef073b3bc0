/*
 * Functions of ours in SQL: what the standard cannot say. What is made ready from an argument that stays the same is
 * kept as long as the statement runs.
 */
#include "common/memory.h"
#include "store/db_sqlite.h"
#include "store/task_match.h"
#include "tasks/text_match.h"

#include <string.h>

/* --- task_text_matches(MATCH, LAYOUT, PATTERN, TEXT) --- */

enum { MATCH, LAYOUT, PATTERN, TEXT, TEXT_ARGUMENTS };

static void free_pattern(void *pattern)
{
	text_pattern_free(pattern);
}

/* NULL: it is no pattern, which the filter's parser does not let through. */
static struct text_pattern *pattern_of(sqlite3_context *context, sqlite3_value **arguments)
{
	struct text_pattern *pattern = sqlite3_get_auxdata(context, PATTERN);
	int match = sqlite3_value_int(arguments[MATCH]);
	const char *text = (const char *)sqlite3_value_text(arguments[PATTERN]);

	if (pattern)
		return pattern;
	if (!text || match < 0 || match >= TEXT_MATCH_COUNT ||
		text_pattern_new(
			(enum text_match)match, text, (size_t)sqlite3_value_bytes(arguments[PATTERN]), &pattern, NULL))
		return NULL;
	sqlite3_set_auxdata(context, PATTERN, pattern, free_pattern);
	/* SQLite may have freed it at once: it then is not there. */
	return sqlite3_get_auxdata(context, PATTERN);
}

/* The texts of a list, one after another. */
static bool next_text(enum task_match_layout layout, const char **rest, const char **ret_text, size_t *ret_length)
{
	const char *text = *rest;

	if (!*text)
		return false;
	switch (layout) {
	case TASK_MATCH_PLAIN:
		*ret_length = strlen(text);
		break;
	case TASK_MATCH_WORDS:
		*ret_length = strcspn(text, " ");
		break;
	case TASK_MATCH_LINES:
		text += strcspn(text, " ");
		text += *text == ' ';
		*ret_length = strcspn(text, "\n");
		break;
	}
	*ret_text = text;
	*rest = text + *ret_length;
	*rest += layout != TASK_MATCH_PLAIN && **rest;
	return true;
}

static void text_matches(sqlite3_context *context, int count, sqlite3_value **arguments)
{
	enum task_match_layout layout = (enum task_match_layout)sqlite3_value_int(arguments[LAYOUT]);
	const char *rest = (const char *)sqlite3_value_text(arguments[TEXT]);
	struct text_pattern *pattern = rest ? pattern_of(context, arguments) : NULL;
	const char *text;
	size_t length;
	bool matches = false;

	(void)count;
	if (rest && !pattern) {
		sqlite3_result_error(context, "no pattern", -1);
		return;
	}
	while (rest && !matches && next_text(layout, &rest, &text, &length)) {
		if (text_pattern_matches(pattern, text, length, &matches)) {
			sqlite3_result_error_code(context, SQLITE_ABORT);
			return;
		}
	}
	sqlite3_result_int(context, matches);
}

/* --- task_id_is_in(IDS, ID) --- */

static int64_t id_at(const unsigned char *ids, size_t index)
{
	int64_t id;

	memcpy(&id, ids + index * sizeof(id), sizeof(id));
	return id;
}

static void id_is_in(sqlite3_context *context, int count, sqlite3_value **arguments)
{
	const unsigned char *ids = sqlite3_value_blob(arguments[0]);
	size_t low = 0;
	size_t high = (size_t)sqlite3_value_bytes(arguments[0]) / sizeof(int64_t);
	int64_t id = sqlite3_value_int64(arguments[1]);
	size_t end = high;

	(void)count;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (id_at(ids, middle) < id)
			low = middle + 1;
		else
			high = middle;
	}
	sqlite3_result_int(
		context, sqlite3_value_type(arguments[1]) != SQLITE_NULL && low < end && id_at(ids, low) == id);
}

/* --- task_bits_hold(PROGRAM, BITS) --- */

struct stack {
	bool values[TASK_MATCH_BITS_LIMIT];
	size_t count;
};

/* The program comes from us: that it is sound is looked at all the same, for it is data by now. */
static bool run_sign(struct stack *stack, char sign)
{
	bool right;

	if (sign == '!' && stack->count) {
		stack->values[stack->count - 1] = !stack->values[stack->count - 1];
		return true;
	}
	if (stack->count < 2)
		return false;
	right = stack->values[--stack->count];
	if (sign == '&')
		stack->values[stack->count - 1] = stack->values[stack->count - 1] && right;
	else if (sign == '|')
		stack->values[stack->count - 1] = stack->values[stack->count - 1] || right;
	else
		stack->values[stack->count - 1] = stack->values[stack->count - 1] != right;
	return true;
}

static bool run_program(struct stack *stack, const char *program, const char *bits)
{
	for (; *program; program++) {
		if (*program != 'v') {
			if (!run_sign(stack, *program))
				return false;
			continue;
		}
		if (stack->count == TASK_MATCH_BITS_LIMIT || !*bits)
			return false;
		stack->values[stack->count++] = *bits++ == '1';
	}
	return stack->count == 1;
}

static void bits_hold(sqlite3_context *context, int count, sqlite3_value **arguments)
{
	const char *program = (const char *)sqlite3_value_text(arguments[0]);
	const char *bits = (const char *)sqlite3_value_text(arguments[1]);
	struct stack stack = { .count = 0 };

	(void)count;
	if (program && bits && run_program(&stack, program, bits))
		sqlite3_result_int(context, stack.values[0]);
	else
		sqlite3_result_error(context, "no program", -1);
}

/* --- the table --- */

static const struct {
	const char *name;
	int count;
	void (*call)(sqlite3_context *context, int count, sqlite3_value **arguments);
} functions[] = {
	{ "task_text_matches", TEXT_ARGUMENTS, text_matches },
	{ "task_id_is_in", 2, id_is_in },
	{ "task_bits_hold", 2, bits_hold },
};

bool db_sqlite_add_functions(sqlite3 *sqlite)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (sqlite3_create_function_v2(sqlite, functions[i].name, functions[i].count,
			    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, functions[i].call, NULL, NULL,
			    NULL) != SQLITE_OK)
			return false;
	return true;
}
