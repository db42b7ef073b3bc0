/* The daemon itself: daemon start, stop and status; and the versions of both. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "daemon_lock.h"
#include "folder.h"
#include "invocation.h"
#include "user_unit.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define STOP_LIMIT_MS 10000

/* --- status --- */

static json_t *describe(const struct invocation *invocation)
{
	const struct client *client = &invocation->client;
	json_t *object = json_pack("{s:s, s:s, s:s}", "version", client->identity.version, "instance",
		client->identity.instance, "socket", client->connected.socket);
	pid_t pid = daemon_lock_is_held(&invocation->paths) ? daemon_lock_read_holder(&invocation->paths) : 0;

	if (pid && !client->route.socket) {
		(void)json_object_set_new(object, "pid", json_integer(pid));
		(void)json_object_set_new(object, "data", json_string(invocation->paths.data));
	}
	return object;
}

static void print_status(const struct invocation *invocation)
{
	json_auto_t *object = describe(invocation);
	const json_t *pid = json_object_get(object, "pid");

	if (invocation->arguments.is_json) {
		AUTO_FREE char *text = memory_require(json_dumps(object, JSON_COMPACT));

		(void)puts(text);
		return;
	}
	if (invocation->arguments.is_quiet)
		return;
	(void)printf(
		"taskd %s listens at %s\n", invocation->client.identity.version, invocation->client.connected.socket);
	if (pid)
		(void)printf("process %" JSON_INTEGER_FORMAT ", data in %s\n", json_integer_value(pid),
			invocation->paths.data);
}

static enum error run_status(struct invocation *invocation, struct trouble *trouble)
{
	enum error error;

	invocation->client.route.policy = LAUNCH_NEVER;
	error = client_connect(&invocation->client, trouble);
	if (!error)
		print_status(invocation);
	return error;
}

/* --- start --- */

static enum error run_start(struct invocation *invocation, struct trouble *trouble)
{
	enum error error = client_connect(&invocation->client, trouble);

	if (!error)
		print_status(invocation);
	return error;
}

/* --- stop --- */

static void say_stopped(const struct invocation *invocation, const char *words)
{
	if (!invocation->arguments.is_quiet)
		(void)fprintf(stderr, "%s\n", words);
}

/* A socket that somebody named may be another daemon's, whose process nobody can tell from outside. */
static enum error refuse_named(const struct invocation *invocation, struct trouble *trouble)
{
	const char *named = invocation->client.route.socket;
	char noted[PATH_MAX];

	if (!named || strcmp(named, invocation->paths.socket) == 0)
		return ERROR_NONE;
	if (paths_read_noted_socket(&invocation->paths, noted, sizeof(noted)) && strcmp(named, noted) == 0)
		return ERROR_NONE;
	(void)trouble_usage(
		trouble, "the daemon at %s does not have your data folder, %s", named, invocation->paths.data);
	trouble_advise(trouble, "stop it where it was started");
	return ERROR_INVALID_PARAMS;
}

static enum error stop_process(struct invocation *invocation, struct trouble *trouble)
{
	pid_t holder = daemon_lock_read_holder(&invocation->paths);

	if (!holder || kill(holder, SIGTERM))
		return trouble_set(trouble, ERROR_FORBIDDEN, "cannot stop process %d: %s", (int)holder,
			holder ? strerror(errno) : "the lock in the data folder does not say which it is");
	if (!daemon_lock_wait(&invocation->paths, STOP_LIMIT_MS))
		return trouble_set(trouble, ERROR_DEADLINE, "process %d still runs after %d seconds", (int)holder,
			STOP_LIMIT_MS / 1000);
	say_stopped(invocation, "The daemon has stopped.");
	return ERROR_NONE;
}

static enum error stop_under_lock(struct invocation *invocation, struct trouble *trouble)
{
	if (daemon_lock_is_held(&invocation->paths))
		return stop_process(invocation, trouble);
	say_stopped(invocation, "No daemon was running.");
	return ERROR_NONE;
}

static enum error stop_unit(struct invocation *invocation, struct trouble *trouble)
{
	if (!user_unit_stop(&invocation->paths)) {
		(void)trouble_set(trouble, ERROR_UNAVAILABLE, "systemd could not stop taskd");
		trouble_advise(trouble, "look: systemctl --user status taskd.socket taskd.service");
		return ERROR_UNAVAILABLE;
	}
	say_stopped(invocation, "The daemon and its socket have stopped.");
	return ERROR_NONE;
}

static enum error run_stop(struct invocation *invocation, struct trouble *trouble)
{
	AUTO_CLOSE int lock = -1;
	struct trouble ignored;
	enum error error = refuse_named(invocation, trouble);

	if (error)
		return error;
	if (user_unit_is_enabled(&invocation->paths))
		return stop_unit(invocation, trouble);
	/* Without a data folder there is no daemon either. */
	if (folder_lock(invocation->paths.data, LAUNCH_LOCK_NAME, &lock, &ignored) == ERROR_NONE)
		return stop_under_lock(invocation, trouble);
	say_stopped(invocation, "No daemon was running.");
	return ERROR_NONE;
}

static const struct {
	const char *name;
	enum error (*run)(struct invocation *invocation, struct trouble *trouble);
} acts[] = { { "start", run_start }, { "stop", run_stop }, { "status", run_status } };

static enum error run_daemon(struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;

	for (size_t i = 0; words->count == 1 && i < COUNT_OF(acts); i++)
		if (strcmp(words->items[0].text, acts[i].name) == 0)
			return acts[i].run(invocation, trouble);
	(void)trouble_usage(trouble, "daemon what? It is one of start, stop and status");
	trouble_advise(trouble, "see: taskctl help daemon");
	return ERROR_INVALID_PARAMS;
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

static const struct command_example daemon_examples[] = {
	{ "daemon status", "who listens, and where; exit status 5 when nobody does" },
	{ "daemon stop", "the next command starts it again" },
	{ NULL, NULL },
};

const struct command daemon_commands[] = {
	{ .name = "daemon",
		.summary = "Start or stop your daemon, or say how it is",
		.usage = "start | stop | status",
		.details =
			"Other commands start it by themselves. Where systemd has the unit taskd.socket, that is used.",
		.words = COMMAND_NAMES,
		.examples = daemon_examples,
		.run = run_daemon },
	{ .name = "version",
		.summary = "Print the versions of taskctl and of the daemon that runs",
		.usage = "",
		.launch = LAUNCH_NEVER,
		.run = run_version },
	{ .name = NULL },
};
