/* Any bytes as a filter: a tree within its limits, or a refusal that names the field. */
#include "common/cleanup.h"
#include "tasks/filter.h"

#include <stdbool.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert() is not there in every build that fuzzes. */
static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_refs(const struct filter *filter)
{
	require(filter->ref_count > 0 && filter->ref_count <= FILTER_REFS_LIMIT);
	for (size_t i = 0; i < filter->ref_count; i++)
		require((filter->refs[i].id > 0) != (filter->refs[i].uuid[0] != '\0'));
}

static void check_text(const struct filter *filter)
{
	struct text_pattern *pattern;
	bool matches;

	require(filter->text[0]);
	require(!text_pattern_new(filter->match, filter->text, strlen(filter->text), &pattern, NULL));
	(void)text_pattern_matches(pattern, "Buy milk, und Käse", strlen("Buy milk, und Käse"), &matches);
	text_pattern_free(pattern);
}

static size_t check_tree(const struct filter *filter)
{
	require(filter->field < FILTER_FIELD_COUNT);
	require(filter->field != FILTER_CUSTOM || filter->name);
	switch (filter->kind) {
	case FILTER_AND:
	case FILTER_OR:
	case FILTER_XOR:
		return check_tree(filter->left) + check_tree(filter->right);
	case FILTER_NOT:
		return check_tree(filter->left);
	case FILTER_PROJECT:
		require(!task_check_project(filter->text, strlen(filter->text), NULL));
		return 1;
	case FILTER_TAG:
		require(!task_check_tag(filter->text, strlen(filter->text), NULL));
		return 1;
	case FILTER_REFS:
		check_refs(filter);
		return 1;
	case FILTER_TEXT:
		check_text(filter);
		return 1;
	case FILTER_NUMBER:
		require(filter->text[0]);
		return 1;
	case FILTER_RANGE:
	case FILTER_ANY:
	case FILTER_LATEST:
	case FILTER_ALL:
	case FILTER_STATUS:
		return 1;
	}
	abort();
}

static enum error find_field(void *context, const char *name, enum custom_type *ret_type)
{
	(void)context;
	if (name[0] < 'a' || name[0] > 'd' || name[1])
		return ERROR_NOT_FOUND;
	*ret_type = (enum custom_type)(name[0] - 'a');
	return ERROR_NONE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct filter_context context = { .now = INT64_C(1800000000), .find_field = find_field };
	const struct filter *filter;
	struct refusal refusal = { 0 };
	struct arena arena;

	arena_init(&arena);
	if (filter_parse((const char *)data, size, &context, &arena, &filter, &refusal))
		require(refusal.error == ERROR_INVALID_PARAMS && !strcmp(refusal.field, "filter"));
	else
		require(check_tree(filter) <= FILTER_LEAF_LIMIT);
	arena_deinit(&arena);
	return 0;
}
