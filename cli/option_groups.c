/* The one place where an option's words for people stand. */
#include "option_groups.h"

#include "arguments.h"

const struct argp_option command_global_options[] = {
	{ .name = "account", .key = ARGUMENT_ACCOUNT, .arg = "EMAIL", .doc = "whose login, for this one command" },
	{ .name = "color",
		.key = ARGUMENT_COLOR,
		.arg = "WHEN",
		.doc = "colours: auto (on a terminal), always or never" },
	{ .name = "csv", .key = ARGUMENT_CSV, .doc = "print tables as CSV, with a line of headings" },
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
	{ .name = "no-pager", .key = ARGUMENT_NO_PAGER, .doc = "print what is long as it is" },
	{ .name = "plain", .key = ARGUMENT_PLAIN, .doc = "print tables as lines with tabs, without headings" },
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

const struct argp_option option_group_sort[] = {
	{ .name = "sort", .key = ARGUMENT_SORT, .arg = "ORDER", .doc = "in this order: urgency-,due+" },
	{ 0 },
};

const struct argp_option option_group_confirming[] = {
	{ .name = "dry-run", .key = ARGUMENT_DRY_RUN, .doc = "change nothing, and show what would change" },
	{ .name = "yes", .key = ARGUMENT_YES, .doc = "change three or more tasks without a question" },
	{ 0 },
};

const struct argp_option option_group_dry_run[] = {
	{ .name = "dry-run", .key = ARGUMENT_DRY_RUN, .doc = "change nothing, and show what would change" },
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
	{ .name = "depends",
		.key = ARGUMENT_DEPENDS,
		.arg = "IDS",
		.doc = "which tasks come before it; with a dash before an id: no longer" },
	{ .name = "due", .key = ARGUMENT_DUE, .arg = "TIME", .doc = "when it must be done" },
	{ .name = "note", .key = ARGUMENT_NOTE, .arg = "TEXT", .doc = "more about it" },
	{ .name = "parent", .key = ARGUMENT_PARENT, .arg = "ID", .doc = "the task that it is a part of" },
	{ .name = "priority", .key = ARGUMENT_PRIORITY, .arg = "H|M|L", .doc = "high, medium or low" },
	{ .name = "project",
		.key = ARGUMENT_PROJECT,
		.arg = "NAME",
		.doc = "the project; dots make parts: home.garden" },
	{ .name = "scheduled", .key = ARGUMENT_SCHEDULED, .arg = "TIME", .doc = "from when on work on it can begin" },
	{ .name = "set",
		.key = ARGUMENT_SET,
		.arg = "NAME=VALUE",
		.doc = "the value of a field of your own; may be given again" },
	{ .name = "tag", .key = ARGUMENT_TAG, .arg = "NAME", .doc = "put a tag on; may be given again" },
	{ .name = "until",
		.key = ARGUMENT_UNTIL,
		.arg = "TIME",
		.doc = "when it is no longer worth doing, and goes to the bin" },
	{ .name = "wait", .key = ARGUMENT_WAIT, .arg = "TIME", .doc = "out of sight until then" },
	{ 0 },
};

const struct argp_option option_group_recurring[] = {
	{ .name = "recur",
		.key = ARGUMENT_RECUR,
		.arg = "RULE",
		.doc = "how often it comes again: weekly, 2wk, FREQ=MONTHLY;BYDAY=1MO" },
	{ .name = "recur-count", .key = ARGUMENT_RECUR_COUNT, .arg = "N", .doc = "so many times at most" },
	{ .name = "recur-from",
		.key = ARGUMENT_RECUR_FROM,
		.arg = "due|completion",
		.doc = "what the next time is counted from" },
	{ 0 },
};

const struct argp_option option_group_untag[] = {
	{ .name = "untag", .key = ARGUMENT_UNTAG, .arg = "NAME", .doc = "take a tag off; may be given again" },
	{ 0 },
};

const struct argp_option option_group_children[] = {
	{ .name = "keep-children",
		.key = ARGUMENT_KEEP_CHILDREN,
		.doc = "leave the open children of a task as they are" },
	{ .name = "with-children", .key = ARGUMENT_WITH_CHILDREN, .doc = "do the same to the open children of a task" },
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

const struct argp_option option_group_svg[] = {
	{ .name = "svg",
		.key = ARGUMENT_SVG,
		.arg = "FILE",
		.doc = "draw the picture into this file, as SVG; - is the standard output" },
	{ 0 },
};

const struct argp_option option_group_export[] = {
	{ .name = "all", .key = ARGUMENT_ALL, .doc = "whatever their status" },
	{ .name = "output", .key = ARGUMENT_OUTPUT, .arg = "FILE", .doc = "write to this file" },
	{ .name = "to", .key = ARGUMENT_TO, .arg = "FORMAT", .doc = "jsonl unless said" },
	{ 0 },
};

const struct argp_option option_group_import[] = {
	{ .name = "dry-run", .key = ARGUMENT_DRY_RUN, .doc = "change nothing, and say what would become of it" },
	{ .name = "from", .key = ARGUMENT_FROM, .arg = "FORMAT", .doc = "what is read; guessed unless said" },
	{ .name = "on-conflict",
		.key = ARGUMENT_ON_CONFLICT,
		.arg = "WHAT",
		.doc = "with a task that is there: update (to the newer of both), skip or refuse" },
	{ .name = "partial", .key = ARGUMENT_PARTIAL, .doc = "leave out what cannot be taken, and take the rest" },
	{ 0 },
};

const struct argp_option option_group_lines[] = {
	{ .name = "partial", .key = ARGUMENT_PARTIAL, .doc = "with -: leave out lines that cannot be added" },
	{ .name = "verbatim", .key = ARGUMENT_VERBATIM, .doc = "with -: every line is a title, whatever is in it" },
	{ 0 },
};
