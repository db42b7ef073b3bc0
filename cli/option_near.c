/* The option that was perhaps meant by one that there is not. */
#include "option_near.h"

#include "common/text.h"

#include <stdio.h>
#include <string.h>

#define OPTIONS_MOST 96
#define NAME_SIZE    64

static size_t add_names(const struct argp_option *options, const char **names, size_t count)
{
	for (; options->name && count + 1 < OPTIONS_MOST; options++)
		names[count++] = options->name;
	return count;
}

static void collect_names(const struct command *command, const char *names[OPTIONS_MOST])
{
	size_t count = add_names(command_global_options, names, 0);

	for (const struct argp_option *const *group = command ? command->options : NULL; group && *group; group++)
		count = add_names(*group, names, count);
	names[count] = NULL;
}

/* getopt takes the beginning of a name for it, and so is no stranger. */
static bool is_known(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strncmp(*names, name, strlen(name)) == 0)
			return true;
	return false;
}

const char *option_near_find(const struct command *command, int argc, char *const *argv)
{
	const char *names[OPTIONS_MOST];
	char name[NAME_SIZE];

	collect_names(command, names);
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], "--", 2) != 0)
			continue;
		(void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(argv[i] + 2, "="), argv[i] + 2);
		if (!is_known(name, names))
			return text_nearest(name, names);
	}
	return NULL;
}
