/* Attributes of tasks, what they may be asked, and how that is written. */
#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/filter_parser.h"

#include <ctype.h>
#include <string.h>

#define TEST(test) (1u << FILTER_TEST_##test)

#define TESTS_ALWAYS (TEST(DEFAULT) | TEST(EQUAL) | TEST(IS)) /* of what every task has */
#define TESTS_COMMON (TESTS_ALWAYS | TEST(ANY))
#define TESTS_NUMBER (TESTS_ALWAYS | TEST(BEFORE) | TEST(AFTER) | TEST(BY) | TEST(FROM))
#define TESTS_WORDS  (TESTS_COMMON | TEST(HAS) | TEST(STARTS) | TEST(ENDS) | TEST(WORD) | TEST(REGEX) | TEST(LIKE))
#define TESTS_ORDER  (TESTS_NUMBER | TEST(ANY))

#define TAKES_WORDS  "takes is, isnt, has, hasnt, startswith, endswith, word, noword, regex, any, none, =, ==, !=, ~, !~"
#define TAKES_ORDER  "takes is, isnt, before, after, by, any, none, =, !=, <, <=, >, >="
#define TAKES_NUMBER "takes is, isnt, before, after, by, =, !=, <, <=, >, >="
#define TAKES_ALWAYS "takes is, isnt, =, !="
#define TAKES_IS     "takes is, isnt, any, none, =, !="

struct attribute {
	const char *name;
	const char *synonym; /* NULL: none */
	enum filter_field field;
	filter_value_parse parse;
	unsigned tests;
	const char *takes;
};

#define WORDS(function)    .parse = filter_words_##function, .tests = TESTS_WORDS, .takes = TAKES_WORDS
#define ORDERED(function)  .parse = filter_value_##function, .tests = TESTS_ORDER, .takes = TAKES_ORDER
#define NUMBERED(function) .parse = filter_value_##function, .tests = TESTS_NUMBER, .takes = TAKES_NUMBER
#define ALWAYS(function)   .parse = filter_value_##function, .tests = TESTS_ALWAYS, .takes = TAKES_ALWAYS
#define NAMED(function)    .parse = filter_value_##function, .tests = TESTS_COMMON, .takes = TAKES_IS

static const struct attribute attributes[] = {
	{ .name = "id", .field = FILTER_ID, NUMBERED(id) },
	{ .name = "uuid", .field = FILTER_ID, ALWAYS(id) },
	{ .name = "title", .synonym = "description", .field = FILTER_TITLE, WORDS(search) },
	{ .name = "note", .field = FILTER_NOTE, WORDS(search) },
	{ .name = "annotations", .synonym = "annotation", .field = FILTER_ANNOTATIONS, WORDS(search) },
	{ .name = "project", .field = FILTER_IN_PROJECT, WORDS(project) },
	{ .name = "tags", .synonym = "tag", .field = FILTER_TAGS, WORDS(tags) },
	{ .name = "recur", .field = FILTER_RECUR, WORDS(text) },
	{ .name = "status", ALWAYS(status) },
	{ .name = "priority", .synonym = "pri", .field = FILTER_PRIORITY, ORDERED(priority) },
	{ .name = "due", .field = FILTER_DUE, ORDERED(time) },
	{ .name = "wait", .field = FILTER_WAIT, ORDERED(time) },
	{ .name = "scheduled", .synonym = "sched", .field = FILTER_SCHEDULED, ORDERED(time) },
	{ .name = "until", .field = FILTER_UNTIL, ORDERED(time) },
	{ .name = "started", .synonym = "start", .field = FILTER_STARTED, ORDERED(time) },
	{ .name = "completed", .synonym = "end", .field = FILTER_COMPLETED, ORDERED(time) },
	{ .name = "deleted", .field = FILTER_DELETED, ORDERED(time) },
	{ .name = "created", .synonym = "entry", .field = FILTER_CREATED, ORDERED(time) },
	{ .name = "modified", .field = FILTER_MODIFIED, ORDERED(time) },
	{ .name = "parent", .field = FILTER_PARENT, NAMED(refs) },
	{ .name = "series", .field = FILTER_SERIES, NAMED(refs) },
	{ .name = "depends", .synonym = "dep", .field = FILTER_DEPENDS, NAMED(refs) },
	{ .name = "spent", .field = FILTER_SPENT, ORDERED(duration) },
	{ .name = "urgency", .field = FILTER_URGENCY, ORDERED(urgency) },
	{ .name = "version", .field = FILTER_VERSION, NUMBERED(number) },
};

static const struct attribute custom_attributes[] = {
	[CUSTOM_STRING] = { .field = FILTER_CUSTOM, WORDS(text) },
	[CUSTOM_NUMBER] = { .field = FILTER_CUSTOM, ORDERED(decimal) },
	[CUSTOM_DATE] = { .field = FILTER_CUSTOM, ORDERED(time) },
	[CUSTOM_DURATION] = { .field = FILTER_CUSTOM, ORDERED(duration) },
};

struct way {
	const char *sign;
	enum filter_test test;
	bool is_negated;
};

static const struct way modifiers[] = {
	{ "is", FILTER_TEST_IS, false },
	{ "equals", FILTER_TEST_IS, false },
	{ "isnt", FILTER_TEST_IS, true },
	{ "not", FILTER_TEST_IS, true },
	{ "has", FILTER_TEST_HAS, false },
	{ "contains", FILTER_TEST_HAS, false },
	{ "hasnt", FILTER_TEST_HAS, true },
	{ "startswith", FILTER_TEST_STARTS, false },
	{ "left", FILTER_TEST_STARTS, false },
	{ "endswith", FILTER_TEST_ENDS, false },
	{ "right", FILTER_TEST_ENDS, false },
	{ "word", FILTER_TEST_WORD, false },
	{ "noword", FILTER_TEST_WORD, true },
	{ "regex", FILTER_TEST_REGEX, false },
	{ "before", FILTER_TEST_BEFORE, false },
	{ "under", FILTER_TEST_BEFORE, false },
	{ "below", FILTER_TEST_BEFORE, false },
	{ "after", FILTER_TEST_AFTER, false },
	{ "over", FILTER_TEST_AFTER, false },
	{ "above", FILTER_TEST_AFTER, false },
	{ "by", FILTER_TEST_BY, false },
	{ "any", FILTER_TEST_ANY, false },
	{ "none", FILTER_TEST_ANY, true },
};

/* The longer of two that begin alike stands first. */
static const struct way operators[] = {
	{ ":", FILTER_TEST_DEFAULT, false },
	{ "<=", FILTER_TEST_BY, false },
	{ "<", FILTER_TEST_BEFORE, false },
	{ ">=", FILTER_TEST_FROM, false },
	{ ">", FILTER_TEST_AFTER, false },
	{ "==", FILTER_TEST_IS, false },
	{ "=", FILTER_TEST_EQUAL, false },
	{ "~", FILTER_TEST_LIKE, false },
	{ "!==", FILTER_TEST_IS, true },
	{ "!=", FILTER_TEST_EQUAL, true },
	{ "!~", FILTER_TEST_LIKE, true },
};

/* --- taking a word apart --- */

static size_t count_name(const char *text)
{
	size_t length = 0;

	while (isalnum((unsigned char)text[length]) || text[length] == '_')
		length++;
	return length;
}

struct parts {
	size_t name_length;
	size_t modifier; /* where it starts; 0: none */
	size_t modifier_length;
	const struct way *operator;
	size_t value; /* where it starts */
};

static const struct way *find_operator(const struct filter_token *token, size_t at)
{
	for (size_t i = 0; i < COUNT_OF(operators); i++) {
		size_t length = strlen(operators[i].sign);

		if (strncmp(token->text + at, operators[i].sign, length) == 0 && at + length <= token->quoted_from)
			return &operators[i];
	}
	return NULL;
}

static bool take_apart(const struct filter_token *token, struct parts *ret_parts)
{
	struct parts parts = { .name_length = count_name(token->text) };
	size_t at = parts.name_length;

	if (!at || at > token->quoted_from)
		return false;
	if (token->text[at] == '.') {
		parts.modifier = at + 1;
		parts.modifier_length = count_name(token->text + parts.modifier);
		at = parts.modifier + parts.modifier_length;
	}
	parts.operator= find_operator(token, at);
	if (!parts.operator||(parts.modifier && parts.operator!= operators))
		return false;
	parts.value = at + strlen(parts.operator->sign);
	*ret_parts = parts;
	return true;
}

bool filter_attribute_is(const struct filter_token *token)
{
	struct parts parts;

	return take_apart(token, &parts);
}

/* --- names --- */

static bool is_name(const char *name, const char *text, size_t length)
{
	return strlen(name) == length && memcmp(name, text, length) == 0;
}

static const struct attribute *find_own(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(attributes); i++) {
		const struct attribute *attribute = &attributes[i];

		if (strcmp(attribute->name, name) == 0 || (attribute->synonym && strcmp(attribute->synonym, name) == 0))
			return attribute;
	}
	return NULL;
}

static const struct way *find_modifier(const char *text, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(modifiers); i++)
		if (is_name(modifiers[i].sign, text, length))
			return &modifiers[i];
	return NULL;
}

const char *filter_attribute_name(size_t index)
{
	return index < COUNT_OF(attributes) ? attributes[index].name : NULL;
}

const char *filter_modifier_name(size_t index)
{
	return index < COUNT_OF(modifiers) ? modifiers[index].sign : NULL;
}

typedef const char *(*name_at)(size_t index);

#define BEGINNING_LEAST 3u /* letters of a name that are taken for it */

/* The one that begins so, or that a typo leads away from; NULL: none. */
static const char *find_near(const char *name, const char *const *all)
{
	for (size_t i = 0; strlen(name) >= BEGINNING_LEAST && all[i]; i++)
		if (strncmp(all[i], name, strlen(name)) == 0)
			return all[i];
	return text_nearest(name, all);
}

/* "REASON; did you mean `NEAREST`?" of the token's first bytes, or "REASON; ADVICE". */
static enum error refuse_name(const struct filter_parser *parser, const char *name, size_t shown_length, name_at names,
	const char *reason, const char *advice)
{
	const struct filter_context *context = parser->context;
	const char *all[COUNT_OF(attributes) + COUNT_OF(modifiers) + 1] = { NULL };
	const char *nearest;

	for (size_t i = 0; names(i); i++)
		all[i] = names(i);
	nearest = find_near(name, all);
	if (!nearest && names == filter_attribute_name && context->find_near_field)
		nearest = context->find_near_field(context->context, name);
	if (nearest)
		advice = arena_printf(parser->arena, "did you mean `%s`?", nearest);
	return filter_token_refuse_part(parser, shown_length, arena_printf(parser->arena, "%s; %s", reason, advice));
}

/* One of ours, or a custom field of the account. */
static enum error find_attribute(
	struct filter_parser *parser, const char *name, size_t shown_length, const struct attribute **ret_attribute)
{
	const struct filter_context *context = parser->context;
	const struct attribute *own = find_own(name);
	enum custom_type type = CUSTOM_STRING;
	enum error error = ERROR_NOT_FOUND;

	if (own) {
		*ret_attribute = own;
		return ERROR_NONE;
	}
	if (context->find_field)
		error = context->find_field(context->context, name, &type);
	if (error == ERROR_NOT_FOUND)
		return refuse_name(parser, name, shown_length, filter_attribute_name, "is no attribute",
			"taskctl-filter(7) lists them");
	*ret_attribute = &custom_attributes[type];
	return error;
}

/* --- terms --- */

static enum error refuse_test(
	const struct filter_parser *parser, const char *name, size_t shown_length, const char *takes)
{
	return filter_token_refuse_part(
		parser, shown_length, arena_printf(parser->arena, "cannot be asked; %s %s", name, takes));
}

static enum error find_way(struct filter_parser *parser, const struct parts *parts, const struct way **ret_way)
{
	const char *text = parser->token.text;
	const struct way *way = parts->operator;
	const char *name;

	if (parts->modifier)
		way = find_modifier(text + parts->modifier, parts->modifier_length);
	if (way) {
		*ret_way = way;
		return ERROR_NONE;
	}
	name = arena_strndup(parser->arena, text + parts->modifier, parts->modifier_length);
	return refuse_name(parser, name, parts->value, filter_modifier_name, "has no such modifier",
		"taskctl-filter(7) lists them");
}

/*
 * Whether the field is there. Priorities and durations always are, and none is the least of them; what is pending has
 * an urgency.
 */
static const struct filter *make_any(const struct filter_parser *parser, const struct filter_value *value)
{
	struct filter *filter;

	if (value->field == FILTER_URGENCY)
		return filter_status(parser, TASK_PENDING);
	if (value->field == FILTER_PRIORITY || value->field == FILTER_SPENT)
		return filter_range(parser, value->field, 1, INT64_MAX);
	filter = filter_any(parser, value->field);
	filter->name = value->name;
	return filter;
}

/* Nothing behind the sign: has none; behind a negated one: has any. */
static enum error parse_empty(const struct filter_parser *parser, const struct parts *parts,
	const struct attribute *attribute, const struct filter_value *value, const struct filter **ret_filter)
{
	switch (value->test) {
	case FILTER_TEST_ANY:
	case FILTER_TEST_DEFAULT:
	case FILTER_TEST_EQUAL:
	case FILTER_TEST_IS:
		if (!(attribute->tests & TEST(ANY)))
			break;
		*ret_filter = make_any(parser, value);
		if (value->test != FILTER_TEST_ANY)
			*ret_filter = filter_negate(parser, *ret_filter);
		return ERROR_NONE;
	case FILTER_TEST_HAS:
	case FILTER_TEST_STARTS:
	case FILTER_TEST_ENDS:
	case FILTER_TEST_WORD:
	case FILTER_TEST_REGEX:
	case FILTER_TEST_LIKE:
	case FILTER_TEST_BEFORE:
	case FILTER_TEST_AFTER:
	case FILTER_TEST_BY:
	case FILTER_TEST_FROM:
		break;
	}
	return filter_token_refuse_part(parser, parts->value, "wants a value behind it");
}

static enum error parse_value(struct filter_parser *parser, const struct parts *parts,
	const struct attribute *attribute, const struct filter_value *value, const struct filter **ret_filter)
{
	if (!(attribute->tests & (1u << value->test)))
		return refuse_test(parser, value->name, parts->value, attribute->takes);
	if (!value->length)
		return parse_empty(parser, parts, attribute, value, ret_filter);
	if (value->test == FILTER_TEST_ANY)
		return filter_token_refuse(parser, "takes no value");
	return attribute->parse(parser, value, ret_filter);
}

enum error filter_attribute_parse(struct filter_parser *parser, const struct filter **ret_filter)
{
	const struct filter_token *token = &parser->token;
	struct parts parts = { 0 };
	const struct way *way = operators;
	const struct attribute *attribute = attributes;
	struct filter_value value;
	enum error error;

	(void)take_apart(token, &parts);
	value = (struct filter_value){ .name = arena_strndup(parser->arena, token->text, parts.name_length),
		.text = token->text + parts.value,
		.length = token->length - parts.value,
		.from = parts.value };
	error = find_attribute(parser, value.name, parts.value, &attribute);
	if (!error)
		error = find_way(parser, &parts, &way);
	if (error)
		return error;
	value.test = way->test;
	value.field = attribute->field;
	error = parse_value(parser, &parts, attribute, &value, ret_filter);
	if (!error && way->is_negated)
		*ret_filter = filter_negate(parser, *ret_filter);
	return error;
}
