/* All methods in one sorted index over the namespaces' tables. */
#include "rpc/method.h"

#include "common/memory.h"
#include "common/text.h"

#include <stdlib.h>
#include <string.h>

const struct scope_name method_scope_names[] = {
	{ "tasks:read", SCOPE_TASKS_READ },
	{ "tasks:write", SCOPE_TASKS_WRITE },
	{ NULL, SCOPE_SESSION_ONLY },
};

struct method_registry {
	size_t count;
	const struct method **methods; /* sorted by name */
	const char **names;            /* the same order, ends with NULL */
};

static int compare_methods(const void *left, const void *right)
{
	const struct method *const *a = left;
	const struct method *const *b = right;

	return strcmp((*a)->name, (*b)->name);
}

static int compare_name(const void *key, const void *element)
{
	const struct method *const *method = element;

	return strcmp(key, (*method)->name);
}

static size_t count_methods(const struct method *const *tables)
{
	size_t count = 0;

	for (; *tables; tables++)
		for (const struct method *method = *tables; method->name; method++)
			count++;
	return count;
}

struct method_registry *method_registry_new(const struct method *const *tables)
{
	struct method_registry *registry = memory_array(1, sizeof(*registry));
	size_t count = count_methods(tables);

	registry->methods = memory_array(count + 1, sizeof(struct method *));
	registry->names = memory_array(count + 1, sizeof(char *));
	for (; *tables; tables++)
		for (const struct method *method = *tables; method->name; method++)
			registry->methods[registry->count++] = method;
	qsort(registry->methods, count, sizeof(struct method *), compare_methods);
	for (size_t i = 0; i < count; i++)
		registry->names[i] = registry->methods[i]->name;
	return registry;
}

void method_registry_free(struct method_registry *registry)
{
	if (!registry)
		return;
	free(registry->methods);
	free(registry->names);
	free(registry);
}

const struct method *method_find(const struct method_registry *registry, const char *name)
{
	const struct method **found =
		bsearch(name, registry->methods, registry->count, sizeof(struct method *), compare_name);

	return found ? *found : NULL;
}

const char *method_nearest(const struct method_registry *registry, const char *name)
{
	return text_nearest(name, registry->names);
}

const struct method *method_at(const struct method_registry *registry, size_t index)
{
	return index < registry->count ? registry->methods[index] : NULL;
}
