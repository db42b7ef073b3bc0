/* The one place where an option's words for people stand. */
#include "option_groups.h"

#include "arguments.h"

const struct argp_option command_global_options[] = {
	{ .name = "account", .key = ARGUMENT_ACCOUNT, .arg = "EMAIL", .doc = "whose login, for this one command" },
	{ .name = "color",
		.key = ARGUMENT_COLOR,
		.arg = "WHEN",
		.doc = "colours: auto (on a terminal), always or never" },
	{ .name = "format",
		.key = ARGUMENT_FORMAT,
		.arg = "TEXT",
		.doc = "print each task as TEXT, with {title} and the like" },
	{ .name = "help", .key = ARGUMENT_HELP, .doc = "say what a command does" },
	{ .name = "json",
		.key = ARGUMENT_JSON,
		.arg = "FIELDS",
		.flags = OPTION_ARG_OPTIONAL,
		.doc = "print the daemon's objects, or these fields of them" },
	{ .name = "quiet", .key = ARGUMENT_QUIET, .doc = "print ids alone, or nothing" },
	{ .name = "socket", .key = ARGUMENT_SOCKET, .arg = "PATH", .doc = "where the daemon listens" },
	{ .name = "version", .key = ARGUMENT_VERSION, .doc = "print the version" },
	{ .name = "wait", .key = ARGUMENT_PATIENT, .doc = "wait when the daemon says to come back later" },
	{ 0 },
};

const struct argp_option option_group_filter[] = {
	{ .name = "filter", .key = ARGUMENT_FILTER, .arg = "FILTER", .doc = "the tasks that the filter finds" },
	{ 0 },
};

const struct argp_option option_group_reading[] = {
	{ .name = "all", .key = ARGUMENT_ALL, .doc = "whatever their status" },
	{ .name = "limit", .key = ARGUMENT_LIMIT, .arg = "N", .doc = "so many at most" },
	{ 0 },
};

const struct argp_option option_group_confirming[] = {
	{ .name = "dry-run", .key = ARGUMENT_DRY_RUN, .doc = "change nothing, and show what would change" },
	{ .name = "yes", .key = ARGUMENT_YES, .doc = "change three or more tasks without a question" },
	{ 0 },
};

const struct argp_option option_group_trying[] = {
	{ .name = "dry-run", .key = ARGUMENT_DRY_RUN, .doc = "add nothing, and show what would be added" },
	{ 0 },
};

const struct argp_option option_group_title[] = {
	{ .name = "title", .key = ARGUMENT_TITLE, .arg = "TEXT", .doc = "what is to be done" },
	{ 0 },
};

const struct argp_option option_group_fields[] = {
	{ .name = "due", .key = ARGUMENT_DUE, .arg = "TIME", .doc = "when it must be done" },
	{ .name = "note", .key = ARGUMENT_NOTE, .arg = "TEXT", .doc = "more about it" },
	{ .name = "priority", .key = ARGUMENT_PRIORITY, .arg = "H|M|L", .doc = "high, medium or low" },
	{ .name = "project",
		.key = ARGUMENT_PROJECT,
		.arg = "NAME",
		.doc = "the project; dots make parts: home.garden" },
	{ .name = "tag", .key = ARGUMENT_TAG, .arg = "NAME", .doc = "put a tag on; may be given again" },
	{ .name = "wait", .key = ARGUMENT_WAIT, .arg = "TIME", .doc = "out of sight until then" },
	{ 0 },
};

const struct argp_option option_group_untag[] = {
	{ .name = "untag", .key = ARGUMENT_UNTAG, .arg = "NAME", .doc = "take a tag off; may be given again" },
	{ 0 },
};

const struct argp_option option_group_email[] = {
	{ .name = "email", .key = ARGUMENT_EMAIL, .arg = "EMAIL", .doc = "which account" },
	{ 0 },
};

const struct argp_option option_group_password[] = {
	{ .name = "password-fd",
		.key = ARGUMENT_PASSWORD_FD,
		.arg = "N",
		.doc = "read the password from this descriptor" },
	{ .name = "password-stdin", .key = ARGUMENT_PASSWORD_STDIN, .doc = "read the password from standard input" },
	{ 0 },
};

const struct argp_option option_group_session_name[] = {
	{ .name = "name", .key = ARGUMENT_NAME, .arg = "NAME", .doc = "what the session is called in session list" },
	{ 0 },
};

const struct argp_option option_group_limit[] = {
	{ .name = "limit", .key = ARGUMENT_LIMIT, .arg = "N", .doc = "so many at most" },
	{ 0 },
};

const struct argp_option option_group_certain[] = {
	{ .name = "yes", .key = ARGUMENT_YES, .doc = "do it without a question" },
	{ 0 },
};
