/* `context`: define, list, show, none, delete and NAME. */
#include "active_context.h"
#include "change_words.h"
#include "common/cleanup.h"
#include "report.h"
#include "taskwarrior/tw.h"
#include "taskwarrior/tw_filter.h"

#include <stdio.h>
#include <string.h>

static enum error refuse_without_name(const char *what, struct trouble *trouble)
{
	(void)trouble_usage(trouble, "the name of the context is missing");
	trouble_advise(trouble, "for example: task context %s", what);
	return ERROR_INVALID_PARAMS;
}

/* --- define --- */

/* What new tasks get: of a filter that is attributes and tags to be had, these. */
static json_t *read_writes(const struct word_list *words)
{
	struct tw_changes changes;
	json_t *writes = NULL;

	tw_changes_init(&changes);
	if (!tw_changes_read(words->items + 2, words->count - 2, NULL, &changes, NULL) && !changes.text &&
		!changes.from && !change_words_make_new(changes.values, NULL))
		writes = json_incref(changes.values);
	tw_changes_deinit(&changes);
	return writes ? writes : json_object();
}

static enum error define(struct tw *tw, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.words;
	AUTO_FREE char *filter = NULL;
	json_auto_t *params = NULL;
	json_auto_t *result = NULL;
	int64_t limit;
	enum error error;

	if (words->count < 3)
		return refuse_without_name("define home project:home", trouble);
	error = tw_filter_read(words->items + 2, words->count - 2, &filter, &limit, trouble);
	if (error)
		return error;
	params = json_pack(
		"{s:s, s:s, s:o}", "name", words->items[1].text, "read_filter", filter, "write", read_writes(words));
	if (!params)
		return trouble_usage(trouble, "the name is not UTF-8");
	error = invocation_change(tw->invocation, "context.set", params, &result, trouble);
	if (error)
		return error;
	(void)printf("Context '%s' defined. Use 'task context %s' to activate.\n", words->items[1].text,
		words->items[1].text);
	return ERROR_NONE;
}

/* --- delete --- */

static enum error delete (struct tw *tw, struct trouble *trouble) {
	const struct word_list *words = &tw->line.words; AUTO_FREE char *active = NULL; json_auto_t *params = NULL;
	json_auto_t *result = NULL;
	enum error error;

	if (words->count < 2) return refuse_without_name("delete home", trouble);
	params = json_pack("{s:s}", "name", words->items[1].text);
	if (!params) return trouble_usage(trouble, "the name is not UTF-8");
	if (tw_rc_is_on(&tw->line.rc, "confirmation") &&
		!tw_confirm("Do you want to delete this context?")) return trouble_usage(trouble,
		"Context '%s' not deleted.", words->items[1].text);
	error = invocation_change(tw->invocation, "context.delete", params, &result, trouble);
	if (!error) error = active_context_find(tw->invocation, &active, trouble);
	if (!error && active && strcmp(active, words->items[1].text) == 0)
		error = active_context_choose(tw->invocation, NULL, trouble);
	if (!error)(void) printf("Context '%s' deleted.\n", words->items[1].text);
	return error;
}

/* --- none, show, list, NAME --- */

static enum error leave(struct tw *tw, struct trouble *trouble)
{
	AUTO_FREE char *active = NULL;
	enum error error = active_context_find(tw->invocation, &active, trouble);

	if (!error && !active)
		return trouble_usage(trouble, "Context not unset.");
	if (!error)
		error = active_context_choose(tw->invocation, NULL, trouble);
	if (!error)
		(void)puts("Context unset.");
	return error;
}

static enum error show(struct tw *tw, struct trouble *trouble)
{
	AUTO_FREE char *active = NULL;
	enum error error = active_context_find(tw->invocation, &active, trouble);

	if (error)
		return error;
	if (active)
		return tw_delegate(tw, "context show", NULL, 0, trouble);
	(void)puts("No context is currently applied.");
	return ERROR_NONE;
}

static const struct view_column list_columns[] = {
	{ .heading = "Name", .is_kept = true },
	{ .heading = "Type", .is_kept = true },
	{ .heading = "Definition", .is_kept = true, .least = 16, .shrinks = 1 },
	{ .heading = "Active", .is_kept = true },
	{ .heading = NULL },
};

static void add_row(struct view_table *table, const char *name, const char *definition, bool is_active)
{
	view_table_begin_row(table, ROLE_PLAIN);
	view_table_add_cell(table, name);
	view_table_add_cell(table, "read");
	view_table_add_cell(table, definition);
	view_table_add_cell(table, is_active ? "yes" : "no");
}

/* Programs read this table: below the headings stands a line of dashes. */
static void print_list(const struct tw *tw, const json_t *contexts, const char *active)
{
	AUTO_TABLE struct view_table *table = view_table_new(list_columns);
	const json_t *context;
	size_t index;

	view_table_begin_row(table, ROLE_PLAIN);
	for (const struct view_column *column = list_columns; column->heading; column++)
		view_table_add_cell(table, "-----");
	json_array_foreach (contexts, index, context) {
		const char *name = json_string_value(json_object_get(context, "name"));

		add_row(table, name, json_string_value(json_object_get(context, "read_filter")),
			active && strcmp(active, name) == 0);
	}
	report_table(tw->invocation, table);
}

static enum error list(struct tw *tw, struct trouble *trouble)
{
	AUTO_FREE char *active = NULL;
	json_auto_t *contexts = NULL;
	enum error error = active_context_find(tw->invocation, &active, trouble);

	if (!error)
		error = invocation_collect(
			tw->invocation, CALLER_ACCOUNT, "context.list", "contexts", &contexts, trouble);
	if (error)
		return error;
	if (!json_array_size(contexts))
		return trouble_usage(trouble, "No contexts defined.");
	print_list(tw, contexts, active);
	return ERROR_NONE;
}

static enum error enter(struct tw *tw, const char *name, struct trouble *trouble)
{
	json_auto_t *context = NULL;
	enum error error = active_context_fetch(tw->invocation, name, &context, trouble);

	if (error == ERROR_NOT_FOUND)
		trouble->exit_status = EXIT_USAGE;
	if (!error)
		error = active_context_choose(tw->invocation, name, trouble);
	if (!error)
		(void)printf("Context '%s' set. Use 'task context none' to remove.\n", name);
	return error;
}

static const struct {
	const char *name;
	enum error (*run)(struct tw *tw, struct trouble *trouble);
} acts[] = { { "define", define }, { "delete", delete }, { "list", list }, { "none", leave }, { "show", show } };

enum error tw_run_context(struct tw *tw, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.words;
	const char *what = words->count ? words->items[0].text : "list";

	for (size_t i = 0; i < COUNT_OF(acts); i++)
		if (strcmp(acts[i].name, what) == 0)
			return acts[i].run(tw, trouble);
	return enter(tw, what, trouble);
}
