/* The names of all zones that this machine knows. */
#include "methods/zone_names.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

struct zone_names {
	size_t count;
	char **names; /* NULL behind the last */
};

static void add(struct zone_names *names, const char *name)
{
	names->names = memory_resize(names->names, names->count + 2, sizeof(*names->names));
	names->names[names->count++] = memory_strdup(name);
	names->names[names->count] = NULL;
}

/* "Z NAME …" is a zone, "L TARGET NAME" another name for one. */
static void read_line(struct zone_names *names, char *line)
{
	char *rest = NULL;
	const char *kind = strtok_r(line, " \n", &rest);
	const char *first = kind ? strtok_r(NULL, " \n", &rest) : NULL;
	const char *second = first ? strtok_r(NULL, " \n", &rest) : NULL;

	if (first && strcmp(kind, "Z") == 0)
		add(names, first);
	if (second && strcmp(kind, "L") == 0)
		add(names, second);
}

struct zone_names *zone_names_read(const char *folder)
{
	struct zone_names *names = memory_array(1, sizeof(*names));
	char path[PATH_MAX], line[256];
	AUTO_FCLOSE FILE *file = NULL;

	names->names = memory_array(1, sizeof(*names->names));
	(void)snprintf(path, sizeof(path), "%s/tzdata.zi", folder);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file))
		read_line(names, line);
	return names;
}

void zone_names_free(struct zone_names *names)
{
	if (!names)
		return;
	for (size_t i = 0; i < names->count; i++)
		free(names->names[i]);
	free(names->names);
	free(names);
}

static bool is_city_of(const char *name, const char *zone)
{
	const char *slash = strrchr(zone, '/');

	return strcasecmp(zone, name) == 0 || (slash && strcasecmp(slash + 1, name) == 0);
}

const char *zone_names_nearest(const struct zone_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (is_city_of(name, names->names[i]))
			return names->names[i];
	return text_nearest(name, (const char *const *)names->names);
}
