/* The table of commands, and how their names are abbreviated. */
#include "taskwarrior/tw_command.h"

#include "common/cleanup.h"
#include "taskwarrior/tw.h"
#include "taskwarrior/tw_abbreviation.h"

#include <string.h>

/* clang-format off */
#define REPORT(NAME, SUMMARY) \
	{ .name = NAME, .kind = "report", .summary = SUMMARY, .run = tw_run_report }
#define CHANGE(NAME, SUMMARY) \
	{ .name = NAME, .kind = "operation", .summary = SUMMARY, .takes = TW_FILTER_AND_WORDS, .run = tw_run_change }
#define GRAPH(NAME, VERB, SUMMARY) \
	{ .name = NAME, .kind = "graphs", .summary = SUMMARY, .verb = VERB }
#define INTERNAL(NAME, TAKES, RUN, SUMMARY) \
	{ .name = NAME, .kind = "internal", .summary = SUMMARY, .takes = TAKES, .ignores_context = true, .run = RUN }

static const struct tw_command commands[] = {
	INTERNAL("_aliases", TW_WORDS, tw_run_aliases, "Lists the aliases"),
	INTERNAL("_columns", TW_WORDS, tw_run_columns, "Lists the attributes"),
	INTERNAL("_commands", TW_WORDS, tw_run_commands, "Lists the commands"),
	INTERNAL("_config", TW_WORDS, tw_run_setting_names, "Lists the names of settings"),
	INTERNAL("_context", TW_WORDS, tw_run_contexts, "Lists the contexts"),
	INTERNAL("_get", TW_WORDS, tw_run_get, "Shows a part of a task or of the program"),
	INTERNAL("_ids", TW_FILTER, tw_run_id_list, "Lists the ids of matching tasks"),
	INTERNAL("_projects", TW_FILTER, tw_run_projects, "Lists the projects"),
	INTERNAL("_show", TW_WORDS, tw_run_settings, "Lists the settings and what they are"),
	INTERNAL("_tags", TW_FILTER, tw_run_tags, "Lists the tags"),
	INTERNAL("_udas", TW_WORDS, tw_run_udas, "Lists the attributes of one's own"),
	INTERNAL("_unique", TW_FILTER_AND_WORDS, tw_run_unique, "Lists the values of an attribute, each once"),
	INTERNAL("_urgency", TW_FILTER, tw_run_urgency, "Shows the urgency of tasks"),
	INTERNAL("_uuids", TW_FILTER, tw_run_uuid_list, "Lists the uuids of matching tasks"),
	INTERNAL("_version", TW_WORDS, tw_run_version, "Shows the version number alone"),
	INTERNAL("_zshattributes", TW_WORDS, tw_run_zsh_attributes, "Lists the attributes for zsh"),
	INTERNAL("_zshcommands", TW_WORDS, tw_run_zsh_commands, "Lists the commands for zsh"),
	INTERNAL("_zshids", TW_FILTER, tw_run_zsh_ids, "Lists ids and descriptions for zsh"),
	INTERNAL("_zshuuids", TW_FILTER, tw_run_zsh_uuids, "Lists uuids and descriptions for zsh"),
	REPORT("active", "Active tasks"),
	{ .name = "add", .kind = "operation", .summary = "Adds a new task", .takes = TW_WORDS, .run = tw_run_add },
	REPORT("all", "All tasks"),
	CHANGE("annotate", "Adds an annotation to an existing task"),
	CHANGE("append", "Appends text to an existing task description"),
	REPORT("blocked", "Blocked tasks"),
	REPORT("blocking", "Blocking tasks"),
	GRAPH("burndown.daily", "burndown daily", "Shows a burndown chart, by day"),
	GRAPH("burndown.monthly", "burndown monthly", "Shows a burndown chart, by month"),
	GRAPH("burndown.weekly", "burndown weekly", "Shows a burndown chart, by week"),
	{ .name = "calc", .kind = "misc", .summary = "Calculator", .takes = TW_WORDS, .run = tw_run_calculation },
	{ .name = "calendar", .kind = "graphs", .summary = "Shows a calendar, with due tasks marked",
	  .takes = TW_WORDS, .verb = "calendar" },
	{ .name = "columns", .kind = "config", .summary = "All attributes", .takes = TW_WORDS, .run = tw_run_columns },
	{ .name = "commands", .kind = "metadata", .summary = "Generates a list of all commands", .takes = TW_WORDS,
	  .run = tw_run_help },
	REPORT("completed", "Completed tasks"),
	{ .name = "config", .kind = "config", .summary = "Change settings", .takes = TW_WORDS, .run = tw_run_config },
	{ .name = "context", .kind = "context", .summary = "Set and define contexts", .takes = TW_WORDS,
	  .run = tw_run_context },
	{ .name = "count", .kind = "metadata", .summary = "Counts matching tasks", .run = tw_run_count },
	CHANGE("delete", "Deletes the specified task"),
	CHANGE("denotate", "Deletes an annotation"),
	{ .name = "diagnostics", .kind = "misc", .summary = "Platform, daemon and account", .takes = TW_WORDS,
	  .verb = "daemon status" },
	CHANGE("done", "Marks the specified task as completed"),
	CHANGE("duplicate", "Duplicates the specified tasks"),
	{ .name = "edit", .kind = "operation", .summary = "Launches an editor to modify a task directly",
	  .run = tw_run_edit },
	{ .name = "export", .kind = "migration", .summary = "Exports tasks in JSON format",
	  .takes = TW_FILTER_AND_WORDS, .ignores_context = true, .run = tw_run_export },
	GRAPH("ghistory.annual", "history --chart yearly", "Shows a chart of what became of tasks, by year"),
	GRAPH("ghistory.daily", "history --chart daily", "Shows a chart of what became of tasks, by day"),
	GRAPH("ghistory.monthly", "history --chart monthly", "Shows a chart of what became of tasks, by month"),
	GRAPH("ghistory.weekly", "history --chart weekly", "Shows a chart of what became of tasks, by week"),
	{ .name = "help", .kind = "misc", .summary = "Displays the commands", .takes = TW_WORDS, .run = tw_run_help },
	GRAPH("history.annual", "history --chart yearly", "Shows what became of tasks, by year"),
	GRAPH("history.daily", "history --chart daily", "Shows what became of tasks, by day"),
	GRAPH("history.monthly", "history --chart monthly", "Shows what became of tasks, by month"),
	GRAPH("history.weekly", "history --chart weekly", "Shows what became of tasks, by week"),
	{ .name = "ids", .kind = "metadata", .summary = "Shows the IDs of matching tasks, as a range",
	  .ignores_context = true, .run = tw_run_ids },
	{ .name = "import", .kind = "migration", .summary = "Imports JSON files", .takes = TW_WORDS,
	  .run = tw_run_import },
	{ .name = "information", .kind = "metadata", .summary = "Shows all data and metadata",
	  .ignores_context = true, .run = tw_run_information },
	REPORT("list", "Most details of tasks"),
	{ .name = "log", .kind = "operation", .summary = "Adds a new task that is already completed",
	  .takes = TW_WORDS, .run = tw_run_add },
	REPORT("long", "All details of tasks"),
	REPORT("ls", "Few details of tasks"),
	REPORT("minimal", "Minimal details of tasks"),
	CHANGE("modify", "Modifies the existing task with provided arguments"),
	REPORT("newest", "Newest tasks"),
	REPORT("next", "Most urgent tasks"),
	REPORT("oldest", "Oldest tasks"),
	REPORT("overdue", "Overdue tasks"),
	CHANGE("prepend", "Prepends text to an existing task description"),
	{ .name = "projects", .kind = "metadata", .summary = "Shows all project names used", .verb = "projects" },
	CHANGE("purge", "Removes the specified tasks for good"),
	REPORT("ready", "Most urgent actionable tasks"),
	REPORT("recurring", "Recurring tasks"),
	{ .name = "reports", .kind = "config", .summary = "Lists all reports", .takes = TW_WORDS,
	  .run = tw_run_reports },
	{ .name = "show", .kind = "config", .summary = "Shows all settings or some", .takes = TW_WORDS,
	  .run = tw_run_show },
	CHANGE("start", "Marks specified task as started"),
	{ .name = "stats", .kind = "metadata", .summary = "Shows statistics of the tasks", .verb = "stats" },
	CHANGE("stop", "Removes the 'start' time from a task"),
	GRAPH("summary", "summary", "Shows a report of task status by project"),
	{ .name = "tags", .kind = "metadata", .summary = "Shows a list of all tags used", .verb = "tags" },
	{ .name = "timesheet", .kind = "report", .summary = "Time that was worked", .verb = "timesheet" },
	{ .name = "udas", .kind = "config", .summary = "Shows all attributes of one's own", .takes = TW_WORDS,
	  .verb = "field list" },
	REPORT("unblocked", "Unblocked tasks"),
	{ .name = "undo", .kind = "operation", .summary = "Reverts the most recent change", .takes = TW_WORDS,
	  .run = tw_run_undo },
	{ .name = "uuids", .kind = "metadata", .summary = "Shows the UUIDs of matching tasks",
	  .ignores_context = true, .run = tw_run_uuids },
	{ .name = "version", .kind = "misc", .summary = "Shows the version number", .takes = TW_WORDS,
	  .run = tw_run_version },
	REPORT("waiting", "Waiting (hidden) tasks"),
};

static const struct tw_alias aliases[] = {
	{ "burndown", "burndown.weekly" },
	{ "ghistory", "ghistory.monthly" },
	{ "history", "history.monthly" },
	{ "rm", "delete" },
};
/* clang-format on */

const struct tw_command *tw_command_at(size_t index)
{
	return index < COUNT_OF(commands) ? &commands[index] : NULL;
}

static const char *command_name(size_t index)
{
	return index < COUNT_OF(commands) ? commands[index].name : NULL;
}

const struct tw_alias *tw_command_alias(size_t index)
{
	return index < COUNT_OF(aliases) ? &aliases[index] : NULL;
}

const struct tw_command *tw_command_find(const char *word)
{
	ptrdiff_t index;

	for (size_t i = 0; i < COUNT_OF(aliases); i++)
		if (strcmp(aliases[i].name, word) == 0)
			word = aliases[i].command;
	if (strcmp(word, "--version") == 0)
		word = "_version";
	index = tw_abbreviation_find(word, strlen(word), command_name);
	return index < 0 ? NULL : &commands[index];
}
