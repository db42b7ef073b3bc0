/* What the program is made of: commands, attributes, aliases, its version. */
#include "taskwarrior/tw.h"
#include "taskwarrior/tw_attribute.h"

#include <stdio.h>
#include <string.h>

enum error tw_run_commands(struct tw *tw, struct trouble *trouble)
{
	const struct tw_command *command;

	(void)tw;
	(void)trouble;
	for (size_t i = 0; (command = tw_command_at(i)); i++)
		(void)puts(command->name);
	return ERROR_NONE;
}

enum error tw_run_zsh_commands(struct tw *tw, struct trouble *trouble)
{
	const struct tw_command *command;

	(void)tw;
	(void)trouble;
	for (size_t i = 0; (command = tw_command_at(i)); i++)
		(void)printf("%s:%s:%s\n", command->name, command->kind, command->summary);
	return ERROR_NONE;
}

static enum error print_attributes(struct tw *tw, void (*print)(const char *name), struct trouble *trouble)
{
	const json_t *field;
	size_t index;
	enum error error = tw_load_fields(tw, trouble);

	if (error)
		return error;
	for (const struct tw_attribute *attribute = tw_attributes; attribute->name; attribute++)
		if (strcmp(attribute->name, "annotations") != 0)
			print(attribute->name);
	json_array_foreach (tw->fields, index, field)
		print(json_string_value(json_object_get(field, "name")));
	return ERROR_NONE;
}

static void print_name(const char *name)
{
	(void)puts(name);
}

static void print_zsh_name(const char *name)
{
	(void)printf("%s:%s\n", name, name);
}

enum error tw_run_columns(struct tw *tw, struct trouble *trouble)
{
	return print_attributes(tw, print_name, trouble);
}

enum error tw_run_zsh_attributes(struct tw *tw, struct trouble *trouble)
{
	return print_attributes(tw, print_zsh_name, trouble);
}

enum error tw_run_aliases(struct tw *tw, struct trouble *trouble)
{
	const struct tw_alias *alias;

	(void)tw;
	(void)trouble;
	for (size_t i = 0; (alias = tw_command_alias(i)); i++)
		(void)puts(alias->name);
	return ERROR_NONE;
}

enum error tw_run_version(struct tw *tw, struct trouble *trouble)
{
	(void)trouble;
	if (strcmp(tw->line.command->name, "_version") == 0)
		(void)puts(TW_VERSION);
	else
		(void)puts("\ntask " TW_VERSION ", as taskctl " TASKCTL_VERSION " understands it");
	return ERROR_NONE;
}

enum error tw_run_help(struct tw *tw, struct trouble *trouble)
{
	const struct tw_command *command;

	(void)tw;
	(void)trouble;
	(void)puts("usage: task [FILTER] COMMAND [MODIFICATIONS]\n");
	for (size_t i = 0; (command = tw_command_at(i)); i++)
		if (command->name[0] != '_')
			(void)printf("  %-16s  %s\n", command->name, command->summary);
	(void)puts("\nWhat differs from Taskwarrior: man taskctl-taskwarrior");
	return ERROR_NONE;
}
