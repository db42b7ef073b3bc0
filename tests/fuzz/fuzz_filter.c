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

static size_t check_tree(const struct filter *filter)
{
	switch (filter->kind) {
	case FILTER_AND:
		require(filter->right->kind != FILTER_AND);
		return check_tree(filter->left) + check_tree(filter->right);
	case FILTER_PROJECT:
		require(!filter->text[0] || !task_check_project(filter->text, strlen(filter->text), NULL));
		return 1;
	case FILTER_TAG:
	case FILTER_NO_TAG:
		require(!task_check_tag(filter->text, strlen(filter->text), NULL));
		return 1;
	case FILTER_IDS:
		check_refs(filter);
		return 1;
	case FILTER_ALL:
	case FILTER_STATUS:
	case FILTER_WAITING:
		return 1;
	}
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct filter *filter;
	struct refusal refusal = { 0 };
	struct arena arena;

	arena_init(&arena);
	if (filter_parse((const char *)data, size, &arena, &filter, &refusal))
		require(refusal.error == ERROR_INVALID_PARAMS && !strcmp(refusal.field, "filter"));
	else
		require(check_tree(filter) <= FILTER_TERM_LIMIT);
	arena_deinit(&arena);
	return 0;
}
