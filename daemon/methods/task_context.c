/* What a context does to a request that names it. */
#include "methods/task_context.h"

#include "common/cleanup.h"
#include "methods/own_name.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */
#define DEFAULT(field, words, kind, most)                                                                              \
	{ .name = #field, .summary = words, .type = kind, .offset = offsetof(struct task_fields, field), .maximum = most }
/* clang-format on */

const struct param task_context_defaults[] = {
	DEFAULT(project, "The project that it belongs to", PARAM_TEXT, 0),
	DEFAULT(tags, "Its tags, beside those that are given", PARAM_TEXT_LIST, 0),
	DEFAULT(priority, "H, M or L", PARAM_TEXT, 0),
	DEFAULT(due, "When it must be done", PARAM_TEXT, DATE_TEXT_LIMIT),
	DEFAULT(wait, "Until when it stays out of sight", PARAM_TEXT, DATE_TEXT_LIMIT),
	DEFAULT(scheduled, "From when on work on it can begin", PARAM_TEXT, DATE_TEXT_LIMIT),
	DEFAULT(until, "When it is no longer worth doing", PARAM_TEXT, DATE_TEXT_LIMIT),
	{ 0 },
};

static enum error add_name(void *context, const struct context *row)
{
	own_names_add(context, row->name);
	return ERROR_NONE;
}

enum error task_context_find(struct request *request, const char *name, const char *field, struct context *ret_context)
{
	struct own_names names = { .arena = request->arena };
	enum error error = context_store_find(request->db, request->who.account_id, name, request->arena, ret_context);

	if (error != ERROR_NOT_FOUND)
		return error;
	error = context_store_each(request->db, request->who.account_id, add_name, &names);
	return error ? error : own_name_refuse_unknown(request, field, "context", name, &names);
}

enum error task_context_read_filter(struct request *request, const struct text_param *name, const char **ret_filter)
{
	struct context context = { .read_filter = "" };
	enum error error = ERROR_NONE;

	if (name->presence == PARAM_GIVEN)
		error = task_context_find(request, name->text, "context", &context);
	if (!error)
		*ret_filter = context.read_filter;
	return error;
}

/* --- filling in --- */

static void unite(struct arena *arena, struct text_list_param *given, const struct text_list_param *defaults)
{
	const char **texts = arena_array(arena, given->count + defaults->count, sizeof(*texts));

	for (size_t i = 0; i < given->count; i++)
		texts[i] = given->texts[i];
	for (size_t i = 0; i < defaults->count; i++)
		texts[given->count + i] = defaults->texts[i];
	*given = (struct text_list_param){ PARAM_GIVEN, task_sort_tags(texts, given->count + defaults->count), texts };
}

static void fill_in(struct arena *arena, struct task_fields *fields, const struct task_fields *defaults)
{
	for (const struct param *row = task_context_defaults; row->name; row++) {
		void *given = (char *)fields + row->offset;
		const void *other = (const char *)defaults + row->offset;

		if (*(const enum presence *)other != PARAM_GIVEN)
			continue;
		if (row->type == PARAM_TEXT_LIST)
			unite(arena, given, other);
		else if (*(const enum presence *)given == PARAM_ABSENT)
			*(struct text_param *)given = *(const struct text_param *)other;
	}
}

enum error task_context_fill(
	struct request *request, const struct text_param *name, struct task_fields *fields, json_t **ret_tree)
{
	struct task_fields defaults = { 0 };
	struct context context;
	json_auto_t *tree = NULL;
	enum error error;

	if (name->presence != PARAM_GIVEN)
		return ERROR_NONE;
	error = task_context_find(request, name->text, "context", &context);
	if (error)
		return error;
	tree = json_loads(context.write_defaults, 0, NULL);
	error = params_bind(task_context_defaults, NULL, tree, request->arena, &defaults, &request->refusal);
	if (error)
		return error;
	fill_in(request->arena, fields, &defaults);
	*ret_tree = TAKE(tree);
	return ERROR_NONE;
}
