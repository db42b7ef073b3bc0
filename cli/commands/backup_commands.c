/* Copies of the store: making one, and going back to one. */
#include "commands/families.h"

#include "child.h"
#include "common/cleanup.h"
#include "daemon_stop.h"
#include "file_copy.h"
#include "invocation.h"
#include "option_groups.h"
#include "prompt.h"
#include "report.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- daemon backup --- */

static enum error refuse_existing(const char *file, struct trouble *trouble)
{
	(void)trouble_set(trouble, ERROR_CONFLICT, "%s is there already", file);
	trouble_advise(trouble, "name a file that is not there, or move that one away");
	return ERROR_CONFLICT;
}

static enum error check_free(const char *file, struct trouble *trouble)
{
	struct stat found;

	if (lstat(file, &found) == 0)
		return refuse_existing(file, trouble);
	if (errno == ENOENT)
		return ERROR_NONE;
	return trouble_set(trouble, ERROR_STORAGE, "cannot write %s: %s", file, strerror(errno));
}

/* The daemon's copy goes in any case: it is not for keeping in its folder. */
static enum error take_copy(const json_t *result, const char *file, struct trouble *trouble)
{
	const char *path = json_string_value(json_object_get(result, "path"));
	int64_t bytes = json_integer_value(json_object_get(result, "bytes"));
	enum error error;

	if (!path || path[0] != '/')
		return trouble_set(trouble, ERROR_INTERNAL, "the daemon's reply does not say where the copy is");
	error = file_copy_new(path, file, bytes, trouble);
	(void)unlink(path);
	return error == ERROR_CONFLICT ? refuse_existing(file, trouble) : error;
}

static enum error run_backup(struct invocation *invocation, struct trouble *trouble)
{
	const char *file = NULL;
	json_auto_t *result = NULL;
	enum error error = invocation_take_word(invocation, "FILE", &file, trouble);

	if (!error)
		error = check_free(file, trouble);
	if (!error)
		error = invocation_call_operator(invocation, "system.backup", NULL, CLIENT_ONCE, &result, trouble);
	if (!error)
		error = take_copy(result, file, trouble);
	if (error)
		return error;
	(void)json_object_set_new(result, "path", json_string(file));
	if (invocation->arguments.is_json)
		report_json(result);
	report_say(invocation, "%lld bytes are in %s. Go back to it: taskctl daemon restore %s",
		(long long)json_integer_value(json_object_get(result, "bytes")), file, file);
	return ERROR_NONE;
}

/* --- daemon restore --- */

static enum error confirm(const struct invocation *invocation, const char *file, struct trouble *trouble)
{
	char question[PATH_MAX + 128];

	if (invocation->arguments.is_confirmed)
		return ERROR_NONE;
	if (!prompt_is_possible()) {
		(void)trouble_usage(trouble, "this would replace the whole store, and nobody can be asked");
		trouble_advise(trouble, "if that is what you want, add --yes");
		return ERROR_INVALID_PARAMS;
	}
	(void)snprintf(question, sizeof(question), "Replace the store in %s by %s?", invocation->paths.data, file);
	if (prompt_confirm(question))
		return ERROR_NONE;
	(void)trouble_set(trouble, ERROR_CONFLICT, "nothing was changed");
	trouble->exit_status = EXIT_INTERRUPTED;
	return ERROR_CONFLICT;
}

/* taskd looks at it thoroughly; a wrong name is known without stopping anything. */
static enum error check_readable(const char *file, struct trouble *trouble)
{
	if (access(file, R_OK) == 0)
		return ERROR_NONE;
	return trouble_usage(trouble, "cannot read %s: %s", file, strerror(errno));
}

static enum error restore(struct invocation *invocation, const char *file, struct trouble *trouble)
{
	const char *const options[] = { "--data", invocation->paths.data, "--restore", file, NULL };
	int status;
	enum error error = child_run_taskd(&invocation->paths, options, &status, trouble);

	if (error || status == 0)
		return error;
	(void)trouble_set(trouble, ERROR_STORAGE, "the store was not replaced");
	trouble_advise(trouble, "taskd said why, above; the old store is as it was");
	return ERROR_STORAGE;
}

/* Nobody starts a daemon in between; it comes up again whatever became of it. */
static enum error restore_stopped(struct invocation *invocation, const char *file, struct trouble *trouble)
{
	struct daemon_stop stop;
	struct trouble ignored;
	enum error error = daemon_stop_begin(&invocation->client.route, &stop, trouble);

	if (error)
		return error;
	error = restore(invocation, file, trouble);
	daemon_stop_end(&stop);
	if (error)
		(void)client_connect(&invocation->client, &ignored);
	else
		error = client_connect(&invocation->client, trouble);
	return error;
}

static enum error run_restore(struct invocation *invocation, struct trouble *trouble)
{
	const char *file = NULL;
	enum error error = invocation_take_word(invocation, "FILE", &file, trouble);

	if (!error)
		error = check_readable(file, trouble);
	if (!error)
		error = confirm(invocation, file, trouble);
	if (!error)
		error = restore_stopped(invocation, file, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json) {
		json_auto_t *object = json_pack("{s:s, s:s}", "path", file, "data", invocation->paths.data);

		report_json(object);
	}
	report_say(invocation, "The store is that of %s now. Whoever was logged in logs in again: taskctl login", file);
	return ERROR_NONE;
}

static const struct argp_option *const restore_options[] = { option_group_certain, NULL };

const struct command backup_commands[] = {
	{ .name = "daemon backup",
		.summary = "Copy the store to a file, while the daemon runs",
		.usage = "FILE",
		.details = "FILE must not be there yet, and is for your eyes only: it holds everybody's tasks.",
		.words = COMMAND_NAMES,
		.run = run_backup },
	{ .name = "daemon restore",
		.summary = "Go back to a backup",
		.usage = "FILE [--yes]",
		.details = "It stops the daemon, replaces its store by the copy in FILE, and starts it again. On a "
			   "terminal it asks first; elsewhere it wants --yes.",
		.words = COMMAND_NAMES,
		.options = restore_options,
		.launch = LAUNCH_IF_NEEDED,
		.run = run_restore },
	{ .name = NULL },
};
