/* One run of a line of Taskwarrior's. */
#pragma once

#include "invocation.h"
#include "taskwarrior/tw_changes.h"
#include "taskwarrior/tw_line.h"

#include <jansson.h>

/* What this passes for, to programs that ask for a version. */
#define TW_VERSION "2.6.2"

struct tw {
	struct invocation *invocation;
	struct tw_line line;
	json_t *fields; /* of field.list, once it was needed; owned */
};

/* Run what stands behind `taskctl tw`. */
enum error tw_run(struct invocation *invocation, const char *const *arguments, size_t count, struct trouble *trouble);

/* A line on stdout, cleaned, where rc.verbose lets `what` be said. */
void tw_say(const struct tw *tw, const char *what, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A line on stderr, cleaned, where rc.verbose is not nothing. */
void tw_note(const struct tw *tw, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The exit status 1 without a word, or with the note that nothing matches. */
enum error tw_fail(struct trouble *trouble);
enum error tw_no_match(const struct tw *tw, struct trouble *trouble);

/*
 * Ask on stdout and read a line of stdin, without its line feed, as Taskwarrior does; no terminal is needed, and the
 * end of the input is an empty answer. `answers` is what may be said.
 */
#define TW_ANSWER_SIZE 16
void tw_ask(const char *question, const char *answers, char ret_answer[TW_ANSWER_SIZE]);

/* The same for yes or no, of which yes may be abbreviated. */
bool tw_confirm(const char *question);

/*
 * The filter of the line in the daemon's language, all statuses unless it names one, and confined to the active
 * context where the command is and no task is named. The caller frees.
 */
enum error tw_filter_of_line(struct tw *tw, char **ret_filter, struct trouble *trouble);

/* The tasks that it finds, as an array of the wire's tasks. A new reference. */
enum error tw_find_tasks(struct tw *tw, json_t **ret_tasks, struct trouble *trouble);

/* The custom fields, fetched once. */
enum error tw_load_fields(struct tw *tw, struct trouble *trouble);

/* Run a command of taskctl's, its words in one text as for an alias, with more words behind. */
enum error tw_delegate(
	struct tw *tw, const char *verb, const char *const *words, size_t count, struct trouble *trouble);

/* Append what a setting is: of the line, the table, a report, a field or a context. Nothing: there is none. */
enum error tw_append_setting(struct tw *tw, const char *name, struct buffer *out, struct trouble *trouble);

/* What the commands are made of. */
enum error tw_run_report(struct tw *tw, struct trouble *trouble);
enum error tw_run_reports(struct tw *tw, struct trouble *trouble);
enum error tw_run_change(struct tw *tw, struct trouble *trouble);
enum error tw_run_add(struct tw *tw, struct trouble *trouble);
enum error tw_run_undo(struct tw *tw, struct trouble *trouble);
enum error tw_run_edit(struct tw *tw, struct trouble *trouble);
enum error tw_run_information(struct tw *tw, struct trouble *trouble);
enum error tw_run_context(struct tw *tw, struct trouble *trouble);
enum error tw_run_export(struct tw *tw, struct trouble *trouble);
enum error tw_run_import(struct tw *tw, struct trouble *trouble);
enum error tw_run_calculation(struct tw *tw, struct trouble *trouble);
enum error tw_run_count(struct tw *tw, struct trouble *trouble);
enum error tw_run_ids(struct tw *tw, struct trouble *trouble);
enum error tw_run_uuids(struct tw *tw, struct trouble *trouble);
enum error tw_run_id_list(struct tw *tw, struct trouble *trouble);
enum error tw_run_uuid_list(struct tw *tw, struct trouble *trouble);
enum error tw_run_zsh_ids(struct tw *tw, struct trouble *trouble);
enum error tw_run_zsh_uuids(struct tw *tw, struct trouble *trouble);
enum error tw_run_urgency(struct tw *tw, struct trouble *trouble);
enum error tw_run_unique(struct tw *tw, struct trouble *trouble);
enum error tw_run_projects(struct tw *tw, struct trouble *trouble);
enum error tw_run_tags(struct tw *tw, struct trouble *trouble);
enum error tw_run_get(struct tw *tw, struct trouble *trouble);
enum error tw_run_show(struct tw *tw, struct trouble *trouble);
enum error tw_run_settings(struct tw *tw, struct trouble *trouble);
enum error tw_run_setting_names(struct tw *tw, struct trouble *trouble);
enum error tw_run_config(struct tw *tw, struct trouble *trouble);
enum error tw_run_udas(struct tw *tw, struct trouble *trouble);
enum error tw_run_columns(struct tw *tw, struct trouble *trouble);
enum error tw_run_commands(struct tw *tw, struct trouble *trouble);
enum error tw_run_zsh_commands(struct tw *tw, struct trouble *trouble);
enum error tw_run_zsh_attributes(struct tw *tw, struct trouble *trouble);
enum error tw_run_aliases(struct tw *tw, struct trouble *trouble);
enum error tw_run_contexts(struct tw *tw, struct trouble *trouble);
enum error tw_run_version(struct tw *tw, struct trouble *trouble);
enum error tw_run_help(struct tw *tw, struct trouble *trouble);
