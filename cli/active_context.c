/* contexts.json: {"version":1,"active":{"ann@example.com":"work"}}. */
#include "active_context.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "file_write.h"
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define FILE_NAME  "contexts.json"
#define LOCK_NAME  "contexts.lock"
#define NAMES_MOST 64
#define ADVICE     "which there are: taskctl context list; to be in none: taskctl context use none"

/* --- the file --- */

static void make_path(const struct invocation *invocation, const char *name, char *ret_path, size_t size)
{
	(void)snprintf(ret_path, size, "%s/%s", invocation->paths.config, name);
}

/* An empty object where there is no file. */
static enum error read_file(const struct invocation *invocation, json_t **ret_root, struct trouble *trouble)
{
	char path[PATH_MAX + 32];
	json_error_t failure;

	make_path(invocation, FILE_NAME, path, sizeof(path));
	if (access(path, F_OK) && errno == ENOENT) {
		*ret_root = json_object();
		return ERROR_NONE;
	}
	*ret_root = json_load_file(path, JSON_REJECT_DUPLICATES, &failure);
	if (*ret_root)
		return ERROR_NONE;
	(void)trouble_set(trouble, ERROR_PARSE, "%s cannot be read: %s", path, failure.text);
	trouble_advise(trouble, "to be in no context again, remove that file");
	return ERROR_PARSE;
}

static enum error write_file(const struct invocation *invocation, const json_t *root, struct trouble *trouble)
{
	AUTO_FREE char *text = memory_require(json_dumps(root, JSON_INDENT(2)));
	char path[PATH_MAX + 32];
	char draft[PATH_MAX + 32];
	AUTO_CLOSE int fd = -1;

	make_path(invocation, FILE_NAME, path, sizeof(path));
	make_path(invocation, FILE_NAME ".XXXXXX", draft, sizeof(draft));
	fd = mkostemp(draft, O_CLOEXEC);
	if (fd >= 0 && file_write_all(fd, text, strlen(text)) && file_write_all(fd, "\n", 1) && fsync(fd) == 0 &&
		rename(draft, path) == 0)
		return ERROR_NONE;
	(void)trouble_set(trouble, ERROR_STORAGE, "cannot write %s: %s", path, strerror(errno));
	if (fd >= 0)
		(void)unlink(draft);
	return ERROR_STORAGE;
}

/* --- the account --- */

static bool has_given_token(const struct invocation *invocation)
{
	return invocation->tokens.given && !invocation->arguments.account;
}

static enum error find_email(struct invocation *invocation, const char **ret_email, struct trouble *trouble)
{
	struct profile profile;
	enum error error = session_tokens_find(&invocation->tokens, &profile, trouble);

	if (!error)
		*ret_email = profile.email;
	return error;
}

static bool is_none(const char *name)
{
	return !name[0] || strcmp(name, "none") == 0;
}

enum error active_context_find(struct invocation *invocation, char **ret_name, struct trouble *trouble)
{
	const char *wanted = getenv("TASKCTL_CONTEXT");
	json_auto_t *root = NULL;
	const char *email = NULL;
	const char *name;
	enum error error;

	*ret_name = NULL;
	if (wanted) {
		*ret_name = is_none(wanted) ? NULL : memory_strdup(wanted);
		return ERROR_NONE;
	}
	if (has_given_token(invocation))
		return ERROR_NONE;
	error = find_email(invocation, &email, trouble);
	if (!error)
		error = read_file(invocation, &root, trouble);
	if (error)
		return error;
	name = json_string_value(json_object_get(json_object_get(root, "active"), email));
	*ret_name = name ? memory_strdup(name) : NULL;
	return ERROR_NONE;
}

static void put_active(json_t *root, const char *email, const char *name)
{
	json_t *active = json_object_get(root, "active");

	(void)json_object_set_new(root, "version", json_integer(1));
	if (!json_is_object(active)) {
		active = json_object();
		(void)json_object_set_new(root, "active", active);
	}
	if (name)
		(void)json_object_set_new(active, email, json_string(name));
	else
		(void)json_object_del(active, email);
}

enum error active_context_choose(struct invocation *invocation, const char *name, struct trouble *trouble)
{
	AUTO_CLOSE int lock = -1;
	json_auto_t *root = NULL;
	const char *email = NULL;
	enum error error;

	if (has_given_token(invocation)) {
		(void)trouble_usage(
			trouble, "the token of %s belongs to no login of this machine", invocation->tokens.given_by);
		trouble_advise(trouble, "say it by the environment: TASKCTL_CONTEXT=%s", name ? name : "none");
		return ERROR_INVALID_PARAMS;
	}
	error = find_email(invocation, &email, trouble);
	if (!error)
		error = folder_make(invocation->paths.config, trouble);
	if (!error)
		error = folder_lock(invocation->paths.config, LOCK_NAME, &lock, trouble);
	if (!error)
		error = read_file(invocation, &root, trouble);
	if (error)
		return error;
	put_active(root, email, name);
	return write_file(invocation, root, trouble);
}

/* --- what it means --- */

static enum error refuse_unknown(const char *name, const json_t *contexts, struct trouble *trouble)
{
	const char *names[NAMES_MOST + 1] = { NULL };
	const json_t *context;
	size_t index;
	const char *nearest;

	json_array_foreach (contexts, index, context)
		if (index < NAMES_MOST)
			names[index] = json_string_value(json_object_get(context, "name"));
	nearest = text_nearest(name, names);
	if (nearest)
		(void)trouble_set(
			trouble, ERROR_NOT_FOUND, "there is no context `%s`; did you mean `%s`?", name, nearest);
	else
		(void)trouble_set(trouble, ERROR_NOT_FOUND, "there is no context `%s`", name);
	trouble_advise(trouble, ADVICE);
	return ERROR_NOT_FOUND;
}

enum error active_context_fetch(
	struct invocation *invocation, const char *name, json_t **ret_context, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	const json_t *contexts;
	json_t *context;
	size_t index;
	enum error error = invocation_call(invocation, "context.list", NULL, &result, trouble);

	if (error)
		return error;
	contexts = json_object_get(result, "contexts");
	json_array_foreach (contexts, index, context) {
		const char *found = json_string_value(json_object_get(context, "name"));

		if (found && strcmp(found, name) == 0) {
			*ret_context = json_incref(context);
			return ERROR_NONE;
		}
	}
	return refuse_unknown(name, contexts, trouble);
}

/* The definition of the active one; NULL where there is none. A new reference. */
static enum error fetch_active(struct invocation *invocation, json_t **ret_context, struct trouble *trouble)
{
	AUTO_FREE char *name = NULL;
	enum error error = active_context_find(invocation, &name, trouble);

	*ret_context = NULL;
	return error || !name ? error : active_context_fetch(invocation, name, ret_context, trouble);
}

static void say(const struct invocation *invocation, const char *name)
{
	if (invocation->arguments.is_quiet)
		return;
	(void)fflush(stdout);
	(void)fprintf(stderr, "Context %s. For everything: taskctl context use none\n", name);
}

enum error active_context_name(
	struct invocation *invocation, json_t *params, bool *ret_is_active, struct trouble *trouble)
{
	AUTO_FREE char *name = NULL;
	enum error error = active_context_find(invocation, &name, trouble);

	*ret_is_active = !error && name;
	if (*ret_is_active && json_object_set_new(params, "context", json_string(name)))
		return trouble_usage(trouble, "the name of the context is not UTF-8");
	return error;
}

enum error active_context_apply(struct invocation *invocation, json_t *params, struct trouble *trouble)
{
	bool is_active = false;
	enum error error = active_context_name(invocation, params, &is_active, trouble);

	if (!error && is_active)
		say(invocation, json_string_value(json_object_get(params, "context")));
	return error;
}

void active_context_advise(enum error error, const json_t *params, struct trouble *trouble)
{
	if (error == ERROR_NOT_FOUND && json_object_get(params, "context") &&
		strcmp(trouble->refusal.field, "context") == 0)
		trouble_advise(trouble, ADVICE);
}

enum error active_context_confine(struct invocation *invocation, json_t *params, struct trouble *trouble)
{
	const char *filter = json_string_value(json_object_get(params, "filter"));
	json_auto_t *context = NULL;
	const char *bounds;
	enum error error;

	if (!filter)
		return ERROR_NONE;
	error = fetch_active(invocation, &context, trouble);
	bounds = json_string_value(json_object_get(context, "read_filter"));
	if (error || !bounds || !bounds[0])
		return error;
	say(invocation, json_string_value(json_object_get(context, "name")));
	(void)json_object_set_new(
		params, "filter", filter[0] ? json_sprintf("(%s) (%s)", filter, bounds) : json_string(bounds));
	return ERROR_NONE;
}
