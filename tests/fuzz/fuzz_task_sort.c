/* Any bytes as the order of a list: keys, each once and the id among them, or a refusal that names the field. */
#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/task_sort.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert() is not there in every build that fuzzes. */
static void require(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct refusal refusal = { 0 };
	struct task_sort sort;
	bool has_id = false;

	if (size > TASK_SORT_TEXT_LIMIT)
		return 0;
	if (task_sort_parse(size ? (const char *)data : "", size, &sort, &refusal)) {
		require(refusal.error == ERROR_INVALID_PARAMS && !strcmp(refusal.field, "sort"));
		return 0;
	}
	require(sort.count > 0 && sort.count <= TASK_SORT_KEYS + 1);
	for (size_t i = 0; i < sort.count; i++)
		for (size_t j = 0; j < i; j++)
			require(sort.keys[i].attribute != sort.keys[j].attribute);
	for (size_t i = 0; i < sort.count; i++)
		has_id = has_id || sort.keys[i].attribute->type == TASK_SORT_ID;
	require(has_id);
	return 0;
}
