/* The daemon itself: starting and stopping it, how it is, and the versions of both. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "daemon_lock.h"
#include "daemon_stop.h"
#include "invocation.h"
#include "report.h"

#include <stdio.h>

/* --- status --- */

/* What the daemon tells its operator alone; from anybody else it is no trouble that this is refused. */
static void add_system_status(struct invocation *invocation, json_t *object)
{
	json_auto_t *status = NULL;
	json_auto_t *params = json_pack("{s:b}", "operator", true);
	struct trouble ignored;

	if (client_call_now(&invocation->client, "system.status", params, CLIENT_REPEATABLE, &status, &ignored) ==
		ERROR_NONE)
		(void)json_object_update_missing(object, status);
}

static json_t *describe(struct invocation *invocation)
{
	const struct client *client = &invocation->client;
	json_t *object = json_pack("{s:s, s:s, s:s}", "version", client->identity.version, "instance",
		client->identity.instance, "socket", client->connected.socket);
	pid_t pid = daemon_lock_is_held(&invocation->paths) ? daemon_lock_read_holder(&invocation->paths) : 0;

	if (pid && !client->route.socket) {
		(void)json_object_set_new(object, "pid", json_integer(pid));
		(void)json_object_set_new(object, "data", json_string(invocation->paths.data));
	}
	add_system_status(invocation, object);
	return object;
}

static const struct report_field status_fields[] = {
	{ .heading = "Version", .name = "version" },
	{ .heading = "Socket", .name = "socket" },
	{ .heading = "Process", .name = "pid" },
	{ .heading = "Data", .name = "data" },
	{ .heading = "Up since", .name = "started_at", .is_time = true },
	{ .heading = "Memory, KiB", .name = "rss_kib" },
	{ .heading = "Sign-up", .name = "signup" },
	{ .heading = "Accounts", .name = "accounts" },
	{ .heading = "Sessions", .name = "sessions" },
	{ .heading = "Tokens", .name = "tokens" },
	{ .heading = "Tasks", .name = "tasks" },
	{ .heading = "Failures lost", .name = "failures_lost" },
	{ .heading = "Keys", .name = "count" },
	{ .heading = "Signs with", .name = "active_kid" },
	{ .heading = "Algorithm", .name = "algorithm" },
	{ .heading = "Keys fixed", .name = "is_read_only" },
	{ 0 },
};

static const struct view_column limit_columns[] = {
	{ .heading = "Limit", .is_kept = true },
	{ .heading = "At once", .align = VIEW_RIGHT },
	{ .heading = "An hour", .align = VIEW_RIGHT },
	{ .heading = NULL },
};

static const struct report_field limit_fields[] = {
	{ .heading = "Limit", .name = "name" },
	{ .heading = "At once", .name = "burst" },
	{ .heading = "An hour", .name = "per_hour" },
	{ 0 },
};

static void append_limits(const struct invocation *invocation, const json_t *limits, struct buffer *out)
{
	AUTO_TABLE struct view_table *table = view_table_new(limit_columns);
	const json_t *limit;
	size_t index;

	if (!json_array_size(limits))
		return;
	json_array_foreach (limits, index, limit)
		report_add_row(table, ROLE_PLAIN, limit_fields, limit);
	buffer_append_char(out, '\n');
	report_append_table(invocation, table, out);
}

/* The limits are a table of their own, so that rows have them not. */
static void print_details(const struct invocation *invocation, const json_t *object)
{
	json_auto_t *flat = json_copy((json_t *)(uintptr_t)object);
	struct buffer out;

	(void)json_object_update(flat, json_object_get(object, "keys"));
	(void)json_object_update(flat, json_object_get(object, "counts"));
	if (report_has_rows(invocation)) {
		report_details(invocation, status_fields, flat);
		return;
	}
	buffer_init(&out);
	report_append_details(invocation, status_fields, flat, &out);
	append_limits(invocation, json_object_get(object, "limits"), &out);
	report_page(invocation, &out);
	buffer_deinit(&out);
}

static void print_status(struct invocation *invocation)
{
	json_auto_t *object = describe(invocation);

	if (invocation->arguments.is_json)
		report_json(object);
	else if (!invocation->arguments.is_quiet)
		print_details(invocation, object);
}

static enum error run_status(struct invocation *invocation, struct trouble *trouble)
{
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = client_connect(&invocation->client, trouble);
	if (!error)
		print_status(invocation);
	return error;
}

/* --- start --- */

static enum error run_start(struct invocation *invocation, struct trouble *trouble)
{
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = client_connect(&invocation->client, trouble);
	if (!error)
		print_status(invocation);
	return error;
}

/* --- stop --- */

static const char *const stop_words[] = {
	[DAEMON_WAS_NOT_RUNNING] = "No daemon was running.",
	[DAEMON_HAS_STOPPED] = "The daemon has stopped.",
	[DAEMON_UNIT_HAS_STOPPED] = "The daemon and its socket have stopped.",
};

static enum error run_stop(struct invocation *invocation, struct trouble *trouble)
{
	struct daemon_stop stop;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = daemon_stop_begin(&invocation->client.route, &stop, trouble);
	if (error)
		return error;
	report_say(invocation, "%s", stop_words[stop.outcome]);
	daemon_stop_end(&stop);
	return ERROR_NONE;
}

/* --- version --- */

/* No daemon is no trouble here, and none is started. */
static enum error run_version(struct invocation *invocation, struct trouble *trouble)
{
	bool has_daemon = client_connect(&invocation->client, trouble) == ERROR_NONE;
	const char *version = has_daemon ? invocation->client.identity.version : NULL;

	if (invocation->arguments.is_json) {
		json_auto_t *object = json_pack("{s:s, s:s?}", "taskctl", TASKCTL_VERSION, "taskd", version);
		AUTO_FREE char *text = memory_require(json_dumps(object, JSON_COMPACT));

		(void)puts(text);
		return ERROR_NONE;
	}
	(void)puts("taskctl " TASKCTL_VERSION);
	if (has_daemon)
		(void)printf("taskd %s at %s\n", version, invocation->client.connected.socket);
	return ERROR_NONE;
}

static const struct command_example status_examples[] = {
	{ "daemon status", "who listens, and where; exit status 5 when nobody does" },
	{ NULL, NULL },
};

static const struct command_example stop_examples[] = {
	{ "daemon stop", "the next command starts it again" },
	{ NULL, NULL },
};

const struct command daemon_commands[] = {
	{ .name = "daemon start",
		.summary = "Start your daemon, unless it runs",
		.usage = "",
		.details =
			"Other commands start it by themselves. Where systemd has the unit taskd.socket, that is used.",
		.run = run_start },
	{ .name = "daemon stop",
		.summary = "Stop your daemon",
		.usage = "",
		.details = "It finishes what it is doing. Where systemd has the unit taskd.socket, that is used.",
		.examples = stop_examples,
		.run = run_stop },
	{ .name = "daemon status",
		.summary = "Say how your daemon is, and start none",
		.usage = "",
		.launch = LAUNCH_NEVER,
		.examples = status_examples,
		.run = run_status },
	{ .name = "version",
		.summary = "Print the versions of taskctl and of the daemon that runs",
		.usage = "",
		.launch = LAUNCH_NEVER,
		.run = run_version },
	{ .name = NULL },
};
