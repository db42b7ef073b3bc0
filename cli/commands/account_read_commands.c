/* What the daemon keeps about an account: everything for export, and the log. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "credentials_input.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

/* --- account export --- */

/* One object, written as the pages come: those of a section follow each other. */
struct export
{
	char *section; /* that is open; NULL: none yet; owned */
	size_t items;  /* of it */
};

/* The account is one thing, the other sections are lists. */
static bool is_single(const char *section)
{
	return strcmp(section, "account") == 0;
}

static void close_section(struct export *export)
{
	if (!export->section)
		return;
	if (is_single(export->section))
		(void)fputs(export->items ? "" : "null", stdout);
	else
		(void)fputs(export->items ? "\n]" : "]", stdout);
	free(export->section);
	export->section = NULL;
}

static void open_section(struct export *export, const char *section)
{
	if (export->section && strcmp(export->section, section) == 0)
		return;
	(void)fputs(export->section ? "" : "{", stdout);
	if (export->section) {
		close_section(export);
		(void)fputs(",", stdout);
	}
	(void)printf("\n\"%s\":%s", section, is_single(section) ? "" : "[");
	export->section = memory_strdup(section);
	export->items = 0;
}

static void write_items(struct export *export, const json_t *items)
{
	const json_t *item;
	size_t index;

	json_array_foreach (items, index, item) {
		AUTO_FREE char *text = memory_require(json_dumps(item, REPORT_JSON | JSON_ENCODE_ANY));

		if (!is_single(export->section))
			(void)fputs(export->items ? ",\n" : "\n", stdout);
		(void)fputs(text, stdout);
		export->items++;
	}
}

static enum error write_page(struct export *export, const json_t *page, struct trouble *trouble)
{
	const char *section = json_string_value(json_object_get(page, "section"));

	if (!section || !section[0] || strcspn(section, "\"\\") != strlen(section))
		return trouble_set(trouble, ERROR_INTERNAL, "the daemon's reply is no page of an export");
	open_section(export, section);
	write_items(export, json_object_get(page, "items"));
	return ERROR_NONE;
}

static enum error write_pages(
	struct invocation *invocation, json_t *page, struct export *export, struct trouble *trouble)
{
	enum error error = write_page(export, page, trouble);
	json_t *cursor = json_incref(json_object_get(page, "next_cursor"));

	while (!error && cursor) {
		json_auto_t *params = json_pack("{s:o}", "cursor", cursor);
		json_auto_t *next = NULL;

		cursor = NULL;
		error = invocation_call(invocation, "account.export", params, &next, trouble);
		if (!error)
			error = write_page(export, next, trouble);
		if (!error)
			cursor = json_incref(json_object_get(next, "next_cursor"));
	}
	return error;
}

static enum error run_export(struct invocation *invocation, struct trouble *trouble)
{
	struct export export = { .section = NULL };
	json_t *params = NULL;
	json_auto_t *page = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = credentials_input_read_secrets(&invocation->arguments, secrets_login, &params, trouble);
	if (!error)
		error = invocation_call(invocation, "account.export", params, &page, trouble);
	credentials_input_wipe(params);
	if (!error)
		error = write_pages(invocation, page, &export, trouble);
	if (!error) {
		close_section(&export);
		(void)fputs("\n}\n", stdout);
	}
	free(export.section);
	return error;
}

/* --- account log --- */

static enum error run_log(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *entries = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_collect(invocation, CALLER_ACCOUNT, "account.log", "entries", &entries, trouble);
	if (!error)
		report_objects(invocation, &report_log, entries);
	return error;
}

static const struct argp_option *const export_options[] = { option_group_password, NULL };
static const struct argp_option *const log_options[] = { option_group_limit, NULL };

static const struct command_example log_examples[] = {
	{ "account log --limit 20", "what happened last" },
	{ NULL, NULL },
};

const struct command account_read_commands[] = {
	{ .name = "account export",
		.summary = "Print all that is kept about you, as JSON",
		.usage = "[--password-stdin | --password-fd N]",
		.details = "One object: account, sessions, tokens, log, tasks, history and more. It is whole where the "
			   "exit status is 0.",
		.options = export_options,
		.run = run_export },
	{ .name = "account log",
		.summary = "Show what happened to your account, newest first",
		.usage = "[--limit N]",
		.options = log_options,
		.examples = log_examples,
		.run = run_log },
	{ .name = NULL },
};
