/* Tags, and virtual tags: names in capitals for what is often asked. */
#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/filter_parser.h"

#include <ctype.h>
#include <string.h>

/* What a virtual tag stands for. A row has what it needs. */
struct virtual_tag {
	const char *name;
	enum error (*make)(
		struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter);
	enum filter_field field;
	enum task_status status;
	const char *first, *last; /* dates, from the first second of one to the last of the other */
	bool ends_scope;
};

/* --- what they are made of --- */

static struct filter *pending_and(const struct filter_parser *parser, const struct filter *filter)
{
	return filter_join(parser, FILTER_AND, filter_status(parser, TASK_PENDING), filter);
}

static enum error make_status(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	*ret_filter = filter_status(parser, tag->status);
	return ERROR_NONE;
}

static enum error make_pending(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	(void)tag;
	*ret_filter = filter_pending(parser);
	return ERROR_NONE;
}

static enum error make_waiting(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	(void)tag;
	*ret_filter = filter_waiting(parser);
	return ERROR_NONE;
}

static enum error make_any(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	*ret_filter = filter_any(parser, tag->field);
	return ERROR_NONE;
}

/* The field counts something, of which there is at least one. */
static enum error make_some(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	*ret_filter = filter_range(parser, tag->field, 1, INT64_MAX);
	return ERROR_NONE;
}

static enum error make_pending_some(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	*ret_filter = pending_and(parser, filter_range(parser, tag->field, 1, INT64_MAX));
	return ERROR_NONE;
}

static enum error make_unblocked(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	enum error error = make_pending_some(parser, tag, ret_filter);

	*ret_filter = filter_negate(parser, *ret_filter);
	return error;
}

static enum error make_active(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	*ret_filter = pending_and(parser, filter_any(parser, tag->field));
	return ERROR_NONE;
}

/* Pending, not waiting, not blocked, and its scheduled time is not ahead. */
static enum error make_ready(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	const struct filter *blocked = filter_range(parser, FILTER_BLOCKERS, 1, INT64_MAX);
	const struct filter *ahead = filter_range(parser, FILTER_SCHEDULED, parser->context->now + 1, INT64_MAX);
	const struct filter *filter = filter_pending(parser);

	(void)tag;
	filter = filter_join(parser, FILTER_AND, filter, filter_negate(parser, blocked));
	*ret_filter = filter_join(parser, FILTER_AND, filter, filter_negate(parser, ahead));
	return ERROR_NONE;
}

static enum error make_overdue(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	*ret_filter = pending_and(parser, filter_range(parser, tag->field, INT64_MIN, parser->context->now - 1));
	return ERROR_NONE;
}

/* Overdue, or within seven days. */
static enum error make_due(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	struct date_span span;
	enum error error = filter_date_words(parser, tag->first, tag->last, &span);

	if (!error)
		*ret_filter = pending_and(parser, filter_range(parser, tag->field, INT64_MIN, span.last));
	return error;
}

static enum error make_within(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	struct date_span span;
	enum error error = filter_date_words(parser, tag->first, tag->last, &span);

	if (!error)
		*ret_filter = filter_range(parser, tag->field, span.first, span.last);
	return error;
}

static enum error make_latest(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	(void)tag;
	*ret_filter = filter_new(parser, FILTER_LATEST);
	return ERROR_NONE;
}

#define WITHIN(name, first, last)                                                                                      \
	{                                                                                                              \
		name, make_within, FILTER_DUE, TASK_PENDING, first, last, false                                        \
	}

static const struct virtual_tag virtual_tags[] = {
	{ .name = "PENDING", .make = make_pending, .ends_scope = true },
	{ .name = "WAITING", .make = make_waiting, .ends_scope = true },
	{ .name = "COMPLETED", .make = make_status, .status = TASK_COMPLETED, .ends_scope = true },
	{ .name = "DELETED", .make = make_status, .status = TASK_DELETED, .ends_scope = true },
	{ .name = "TEMPLATE", .make = make_status, .status = TASK_RECURRING, .ends_scope = true },
	{ .name = "RECURRING", .make = make_status, .status = TASK_RECURRING, .ends_scope = true },
	{ .name = "INSTANCE", .make = make_any, .field = FILTER_SERIES },
	{ .name = "ACTIVE", .make = make_active, .field = FILTER_STARTED },
	{ .name = "READY", .make = make_ready },
	{ .name = "BLOCKED", .make = make_pending_some, .field = FILTER_BLOCKERS },
	{ .name = "UNBLOCKED", .make = make_unblocked, .field = FILTER_BLOCKERS },
	{ .name = "BLOCKING", .make = make_pending_some, .field = FILTER_DEPENDENTS },
	{ .name = "OVERDUE", .make = make_overdue, .field = FILTER_DUE },
	{ .name = "DUE", .make = make_due, .field = FILTER_DUE, .first = "now", .last = "now + 7d" },
	WITHIN("TODAY", "today", "today"),
	WITHIN("YESTERDAY", "yesterday", "yesterday"),
	WITHIN("TOMORROW", "tomorrow", "tomorrow"),
	WITHIN("WEEK", "sow", "eow"),
	WITHIN("MONTH", "som", "eom"),
	WITHIN("QUARTER", "soq", "eoq"),
	WITHIN("YEAR", "soy", "eoy"),
	{ .name = "SCHEDULED", .make = make_any, .field = FILTER_SCHEDULED },
	{ .name = "UNTIL", .make = make_any, .field = FILTER_UNTIL },
	{ .name = "PRIORITY", .make = make_some, .field = FILTER_PRIORITY },
	{ .name = "PROJECT", .make = make_any, .field = FILTER_IN_PROJECT },
	{ .name = "TAGGED", .make = make_any, .field = FILTER_TAGS },
	{ .name = "ANNOTATED", .make = make_any, .field = FILTER_ANNOTATIONS },
	{ .name = "PARENT", .make = make_some, .field = FILTER_CHILDREN },
	{ .name = "CHILD", .make = make_any, .field = FILTER_PARENT },
	{ .name = "LATEST", .make = make_latest },
};

/* --- names --- */

const char *filter_virtual_tag_name(size_t index)
{
	return index < COUNT_OF(virtual_tags) ? virtual_tags[index].name : NULL;
}

static const struct virtual_tag *find_virtual(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(virtual_tags); i++)
		if (strlen(virtual_tags[i].name) == length && memcmp(virtual_tags[i].name, name, length) == 0)
			return &virtual_tags[i];
	return NULL;
}

bool filter_is_virtual_tag(const char *name, size_t length)
{
	return find_virtual(name, length) != NULL;
}

/* A name in capitals that a slip of the fingers makes of a virtual tag. NULL: it is a tag like any other. */
static const char *nearest_virtual(const char *name)
{
	const char *names[COUNT_OF(virtual_tags) + 1] = { NULL };

	for (size_t i = 0; name[i]; i++)
		if (!isupper((unsigned char)name[i]))
			return NULL;
	for (size_t i = 0; i < COUNT_OF(virtual_tags); i++)
		names[i] = virtual_tags[i].name;
	return text_nearest(name, names);
}

/* --- terms --- */

static enum error parse_virtual(
	struct filter_parser *parser, const struct virtual_tag *tag, const struct filter **ret_filter)
{
	const struct filter *filter = NULL;
	enum error error = tag->make(parser, tag, &filter);

	if (error)
		return error;
	if (tag->ends_scope)
		filter = filter_naming_scope(parser, filter);
	*ret_filter = filter;
	return ERROR_NONE;
}

static enum error parse_ordinary(struct filter_parser *parser, const char *name, const struct filter **ret_filter)
{
	const char *nearest = nearest_virtual(name);
	struct refusal said;
	struct filter *filter;

	if (task_check_tag(name, parser->token.length - 1, &said))
		return filter_token_refuse_value(parser, &said);
	if (nearest)
		return filter_token_refuse(
			parser, arena_printf(parser->arena,
					"is no virtual tag; did you mean `%c%s`? For a tag of that name "
					"write `tags:%s`",
					parser->token.text[0], nearest, name));
	filter = filter_new(parser, FILTER_TAG);
	filter->text = name;
	*ret_filter = filter;
	return ERROR_NONE;
}

enum error filter_tag_parse(struct filter_parser *parser, const struct filter **ret_filter)
{
	const char *name = parser->token.text + 1;
	const struct virtual_tag *tag = find_virtual(name, parser->token.length - 1);
	enum error error = tag ? parse_virtual(parser, tag, ret_filter) : parse_ordinary(parser, name, ret_filter);

	if (!error && parser->token.text[0] == '-')
		*ret_filter = filter_negate(parser, *ret_filter);
	return error;
}
