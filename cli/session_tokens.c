/* Renewing is safe under any number of processes: under the lock the file is read again before anything is asked. */
#include "session_tokens.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RENEW_AHEAD_S 30   /* what is about to expire would expire on its way */
#define TOKEN_LIMIT   4096 /* as the daemon's */

/* --- from the environment --- */

static void wipe(char *secret)
{
	if (secret)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

static enum error read_token_file(const char *path, char **ret_token, struct trouble *trouble)
{
	char text[TOKEN_LIMIT + 2];
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (length < 0)
		return trouble_usage(trouble, "TASKCTL_TOKEN_FILE: cannot read %s: %s", path, strerror(errno));
	text[length] = '\0';
	text[strcspn(text, "\r\n")] = '\0';
	*ret_token = memory_strdup(text);
	explicit_bzero(text, sizeof(text));
	return ERROR_NONE;
}

enum error session_tokens_init(
	struct session_tokens *tokens, struct client *client, struct credentials *credentials, struct trouble *trouble)
{
	char *token = getenv("TASKCTL_TOKEN");
	const char *path = getenv("TASKCTL_TOKEN_FILE");
	enum error error = ERROR_NONE;

	*tokens = (struct session_tokens){ .client = client, .credentials = credentials };
	if (token && token[0])
		tokens->given = memory_strdup(token);
	else if (path && path[0])
		error = read_token_file(path, &tokens->given, trouble);
	if (token)
		explicit_bzero(token, strlen(token)); /* /proc/PID/environ shows the old bytes otherwise */
	(void)unsetenv("TASKCTL_TOKEN");
	if (error || !tokens->given || tokens->given[0])
		return error;
	return trouble_usage(trouble, "TASKCTL_TOKEN_FILE: %s is empty", path);
}

void session_tokens_deinit(struct session_tokens *tokens)
{
	wipe(tokens->given);
	wipe(tokens->current);
}

/* --- from the cache --- */

static enum error refuse_nobody(struct trouble *trouble)
{
	enum error error = trouble_set(trouble, ERROR_UNAUTHENTICATED, "nobody is logged in here");

	trouble_advise(trouble, "log in: taskctl login; or make an account: taskctl signup");
	return error;
}

static enum error refuse_ended(const struct profile *profile, struct trouble *trouble)
{
	enum error error = trouble_set(trouble, ERROR_UNAUTHENTICATED, "the login of %s has ended", profile->email);

	trouble_advise(trouble, "log in again: taskctl login --email %s", profile->email);
	return error;
}

static enum error refuse_other_store(
	const struct session_tokens *tokens, const struct profile *profile, struct trouble *trouble)
{
	enum error error = trouble_set(trouble, ERROR_UNAUTHENTICATED,
		"the daemon at %s is not the one where %s logged in", tokens->client->connected.socket, profile->email);

	trouble_advise(trouble, "log in here: taskctl login --email %s", profile->email);
	return error;
}

static const char *take_current(struct session_tokens *tokens, const char *token)
{
	wipe(tokens->current);
	tokens->current = memory_strdup(token);
	return tokens->current;
}

static bool is_good(const struct profile *profile)
{
	return profile->access_token && profile->access_expires_at - RENEW_AHEAD_S > (int64_t)time(NULL);
}

enum error session_tokens_get(struct session_tokens *tokens, const char **ret_token, struct trouble *trouble)
{
	struct profile profile;
	enum error error = ERROR_NONE;

	if (tokens->given) {
		*ret_token = tokens->given;
		return ERROR_NONE;
	}
	if (!tokens->is_read)
		error = credentials_read(tokens->credentials, trouble);
	if (error)
		return error;
	tokens->is_read = true;
	if (!credentials_find_active(tokens->credentials, &profile))
		return refuse_nobody(trouble);
	if (!is_good(&profile))
		return session_tokens_renew(tokens, profile.access_token, ret_token, trouble);
	*ret_token = take_current(tokens, profile.access_token);
	return ERROR_NONE;
}

/* --- renewing --- */

static int64_t add_seconds(const json_t *login, const char *key)
{
	return (int64_t)time(NULL) + json_integer_value(json_object_get(login, key));
}

enum error session_tokens_keep(struct session_tokens *tokens, const json_t *login, struct trouble *trouble)
{
	const json_t *account = json_object_get(login, "account");
	const struct profile profile = {
		.email = json_string_value(json_object_get(account, "email")),
		.instance = json_string_value(json_object_get(login, "instance")),
		.socket = tokens->client->connected.socket,
		.session_id = json_string_value(json_object_get(login, "session_id")),
		.access_token = json_string_value(json_object_get(login, "access_token")),
		.refresh_token = json_string_value(json_object_get(login, "refresh_token")),
		.user_id = json_integer_value(json_object_get(account, "id")),
		.access_expires_at = add_seconds(login, "expires_in"),
		.refresh_expires_at = add_seconds(login, "refresh_expires_in"),
	};

	if (!profile.email || !profile.access_token || !profile.refresh_token)
		return trouble_set(trouble, ERROR_INTERNAL, "the daemon's reply has no token");
	credentials_put(tokens->credentials, &profile);
	(void)take_current(tokens, profile.access_token);
	return credentials_commit(tokens->credentials, trouble);
}

/* The credentials are being edited. */
static enum error refresh(struct session_tokens *tokens, const struct profile *profile, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s?}", "refresh_token", profile->refresh_token);
	json_auto_t *login = NULL;
	enum error error = client_call(tokens->client, "auth.refresh", params, CLIENT_REPEATABLE, &login, trouble);
	const char *instance = tokens->client->identity.instance;

	if (error == ERROR_UNAUTHENTICATED && profile->instance && strcmp(profile->instance, instance) != 0)
		return refuse_other_store(tokens, profile, trouble);
	if (error == ERROR_UNAUTHENTICATED)
		return refuse_ended(profile, trouble);
	return error ? error : session_tokens_keep(tokens, login, trouble);
}

static enum error renew_under_lock(struct session_tokens *tokens, const char *refused, struct trouble *trouble)
{
	struct profile profile;

	if (!credentials_find_active(tokens->credentials, &profile))
		return refuse_nobody(trouble);
	if (is_good(&profile) && refused && strcmp(profile.access_token, refused) != 0) {
		(void)take_current(tokens, profile.access_token);
		return ERROR_NONE;
	}
	return refresh(tokens, &profile, trouble);
}

enum error session_tokens_renew(
	struct session_tokens *tokens, const char *refused, const char **ret_token, struct trouble *trouble)
{
	AUTO_FREE char *kept = refused ? memory_strdup(refused) : NULL;
	enum error error = credentials_begin(tokens->credentials, trouble);

	if (error)
		return error;
	error = renew_under_lock(tokens, kept, trouble);
	if (kept)
		explicit_bzero(kept, strlen(kept));
	credentials_abandon(tokens->credentials);
	if (!error)
		*ret_token = tokens->current;
	return error;
}
