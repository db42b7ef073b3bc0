/* Which tasks a filter is about beside what it says. */
#include "methods/task_scope.h"

#include <string.h>

static const struct filter *both(struct arena *arena, const struct filter *left, const struct filter *right)
{
	struct filter *filter = arena_alloc(arena, sizeof(*filter));

	filter->kind = FILTER_AND;
	filter->left = left;
	filter->right = right;
	filter->column = left->column;
	return filter;
}

/* Anywhere, also behind an `or`: whoever names a task means it. */
static bool names_ids(const struct filter *filter)
{
	switch (filter->kind) {
	case FILTER_AND:
	case FILTER_OR:
	case FILTER_XOR:
		return names_ids(filter->left) || names_ids(filter->right);
	case FILTER_NOT:
		return names_ids(filter->left);
	case FILTER_REFS:
		return filter->field == FILTER_ID;
	case FILTER_ALL:
	case FILTER_STATUS:
	case FILTER_PROJECT:
	case FILTER_TAG:
	case FILTER_LATEST:
	case FILTER_ANY:
	case FILTER_RANGE:
	case FILTER_NUMBER:
	case FILTER_TEXT:
		return false;
	}
	return false;
}

static enum error parse_context(
	struct request *request, const char *text, int64_t now, const struct filter **ret_filter)
{
	enum error error = task_filter_parse(request, text, strlen(text), now, ret_filter);
	struct refusal said = request->refusal;

	if (error != ERROR_INVALID_PARAMS)
		return error;
	return request_refuse(
		request, error, "context", "the filter of this context is no longer understood: %s", said.message);
}

enum error task_scope_narrow(struct request *request, const char *context_filter, const char *text, size_t length,
	int64_t now, const struct filter **ret_filter)
{
	const struct filter *context, *filter;
	enum error error = task_filter_parse(request, text, length, now, &filter);

	if (!error && *context_filter && !names_ids(filter)) {
		error = parse_context(request, context_filter, now, &context);
		if (!error)
			filter = both(request->arena, context, filter);
	}
	if (!error)
		*ret_filter = filter;
	return error;
}

const struct filter *task_scope_whole(struct arena *arena, const struct filter *filter)
{
	static const struct filter every_status = { .kind = FILTER_ALL, .ends_scope = true };

	return both(arena, &every_status, filter);
}

enum error task_scope_every_status(
	struct request *request, const struct text_param *text, const struct filter **ret_filter)
{
	const struct filter *filter;
	enum error error =
		task_filter_parse(request, text->length ? text->text : "", text->length, request->now, &filter);

	if (error)
		return error;
	*ret_filter = filter_names_scope(filter) ? filter : task_scope_whole(request->arena, filter);
	return ERROR_NONE;
}
