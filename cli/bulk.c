/* Look, ask, change. */
#include "bulk.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "prompt.h"
#include "task_print.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ASK_FROM     3  /* tasks at once */
#define TRIES        5  /* when others change tasks between looking and changing */
#define PREVIEW_MOST 10 /* lines of a question */

static json_int_t count_of(const json_t *result)
{
	return json_integer_value(json_object_get(result, "count"));
}

/* --- what was done --- */

static void append_task_line(struct buffer *out, const char *what, const json_t *task)
{
	const json_t *title = json_object_get(task, "title");

	buffer_printf(out, "%s %" JSON_INTEGER_FORMAT ": ", what, json_integer_value(json_object_get(task, "id")));
	terminal_clean(out, json_string_value(title), json_string_length(title));
	buffer_append_char(out, '\n');
}

static void append_lines(struct buffer *out, const char *what, const json_t *result, size_t most)
{
	const json_t *tasks = json_object_get(result, "tasks");
	size_t shown = json_array_size(tasks) < most ? json_array_size(tasks) : most;
	json_int_t more = count_of(result) - (json_int_t)shown;

	for (size_t i = 0; i < shown; i++)
		append_task_line(out, what, json_array_get(tasks, i));
	if (more > 0)
		buffer_printf(out, "… and %" JSON_INTEGER_FORMAT " more\n", more);
}

static void print_lines(FILE *stream, const char *what, const json_t *result, size_t most)
{
	struct buffer out;

	buffer_init(&out);
	append_lines(&out, what, result, most);
	if (out.length)
		(void)fwrite(out.data, 1, out.length, stream);
	buffer_deinit(&out);
}

static void print_people(const struct invocation *invocation, const struct bulk_act *act, const json_t *result)
{
	char what[32];

	if (invocation->arguments.is_dry_run)
		(void)snprintf(what, sizeof(what), "Would %c%s task", act->infinitive[0] | 0x20, act->infinitive + 1);
	else
		(void)snprintf(what, sizeof(what), "%s task", act->past);
	print_lines(stdout, what, result, SIZE_MAX);
	if (act->undo && !invocation->arguments.is_dry_run && count_of(result) == 1 && isatty(STDERR_FILENO))
		(void)fprintf(stderr, "Bring it back: taskctl %s %" JSON_INTEGER_FORMAT "\n", act->undo,
			json_integer_value(json_object_get(json_array_get(json_object_get(result, "tasks"), 0), "id")));
}

static void print_template(const struct invocation *invocation, const json_t *result)
{
	struct task_list_printer printer;

	task_list_print_begin(&printer, invocation);
	task_list_print_page(&printer, json_object_get(result, "tasks"));
	(void)task_list_print_end(&printer);
}

static void print_result(const struct invocation *invocation, const struct bulk_act *act, json_t *result)
{
	switch (task_print_form(&invocation->arguments)) {
	case TASK_PRINT_TABLE:
		print_people(invocation, act, result);
		break;
	case TASK_PRINT_JSON:
		task_print_result(&invocation->arguments, result);
		break;
	case TASK_PRINT_TEMPLATE:
		print_template(invocation, result);
		break;
	case TASK_PRINT_IDS:
		break;
	}
}

/* --- the question --- */

/* One id, or two; what a filter finds is not known before it was tried. */
static bool is_surely_few(const json_t *params)
{
	const json_t *ids = json_object_get(params, "ids");

	return json_object_get(params, "id") || (ids && json_array_size(ids) < ASK_FROM);
}

static enum error refuse_many(json_int_t count, struct trouble *trouble)
{
	(void)trouble_usage(
		trouble, "this would change %" JSON_INTEGER_FORMAT " tasks, and nobody can be asked", count);
	trouble_advise(trouble, "if that is what you want, add --yes; to look first, add --dry-run");
	return ERROR_INVALID_PARAMS;
}

static enum error ask(const struct bulk_act *act, const json_t *found, struct trouble *trouble)
{
	char question[64];

	if (!prompt_is_possible())
		return refuse_many(count_of(found), trouble);
	print_lines(stderr, "  task", found, PREVIEW_MOST);
	(void)snprintf(question, sizeof(question), "%s these %" JSON_INTEGER_FORMAT " tasks?", act->infinitive,
		count_of(found));
	if (prompt_confirm(question))
		return ERROR_NONE;
	(void)trouble_set(trouble, ERROR_CONFLICT, "nothing was changed");
	trouble->exit_status = EXIT_INTERRUPTED;
	return ERROR_CONFLICT;
}

/* --- running --- */

static enum error try_dry(struct invocation *invocation, const struct bulk_act *act, const json_t *params,
	json_t **ret_found, struct trouble *trouble)
{
	json_auto_t *trial = json_copy((json_t *)(uintptr_t)params);

	(void)json_object_set_new(trial, "dry_run", json_true());
	return invocation_change(invocation, act->method, trial, ret_found, trouble);
}

static enum error look_and_change(struct invocation *invocation, const struct bulk_act *act, const json_t *params,
	json_t **ret_result, struct trouble *trouble)
{
	json_auto_t *found = NULL;
	json_auto_t *change = NULL;
	enum error error = try_dry(invocation, act, params, &found, trouble);

	if (!error && count_of(found) >= ASK_FROM)
		error = ask(act, found, trouble);
	if (error)
		return error;
	change = json_copy((json_t *)(uintptr_t)params);
	(void)json_object_set(change, "if_revision", json_object_get(found, "revision"));
	return invocation_change(invocation, act->method, change, ret_result, trouble);
}

static bool has_moved(enum error error, const struct trouble *trouble)
{
	return error == ERROR_CONFLICT && strcmp(trouble->refusal.field, "if_revision") == 0;
}

static enum error change(struct invocation *invocation, const struct bulk_act *act, json_t *params, json_t **ret_result,
	struct trouble *trouble)
{
	enum error error;

	if (invocation->arguments.is_dry_run)
		return try_dry(invocation, act, params, ret_result, trouble);
	if (invocation->arguments.is_confirmed || is_surely_few(params))
		return invocation_change(invocation, act->method, params, ret_result, trouble);
	error = look_and_change(invocation, act, params, ret_result, trouble);
	for (int tries = 1; has_moved(error, trouble) && tries < TRIES; tries++)
		error = look_and_change(invocation, act, params, ret_result, trouble);
	return error;
}

enum error bulk_run(struct invocation *invocation, const struct bulk_act *act, json_t *params, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = change(invocation, act, params, &result, trouble);

	if (error)
		return error;
	if (!count_of(result) && task_print_form(&invocation->arguments) == TASK_PRINT_JSON)
		task_print_result(&invocation->arguments, result);
	if (!count_of(result))
		return trouble_set(trouble, ERROR_NOT_FOUND, "no task matches");
	print_result(invocation, act, result);
	return ERROR_NONE;
}
