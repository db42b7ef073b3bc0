/* Renewing is safe under any number of processes: under the lock the file is read again before anything is asked. */
#include "session_tokens.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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

static enum error take_given(struct session_tokens *tokens, const char *token, struct trouble *trouble)
{
	const char *path = getenv("TASKCTL_TOKEN_FILE");
	enum error error;

	if (token && token[0]) {
		tokens->given = memory_strdup(token);
		tokens->given_by = "TASKCTL_TOKEN";
		return ERROR_NONE;
	}
	if (!path || !path[0])
		return ERROR_NONE;
	error = read_token_file(path, &tokens->given, trouble);
	tokens->given_by = "TASKCTL_TOKEN_FILE";
	if (error || tokens->given[0])
		return error;
	return trouble_usage(trouble, "TASKCTL_TOKEN_FILE: %s is empty", path);
}

enum error session_tokens_init(struct session_tokens *tokens, struct client *client, struct credentials *credentials,
	const char *account, struct trouble *trouble)
{
	char *token = getenv("TASKCTL_TOKEN");
	const char *usual = getenv("TASKCTL_ACCOUNT");
	enum error error = ERROR_NONE;

	*tokens = (struct session_tokens){ .client = client, .credentials = credentials, .wanted = account };
	if (!account) {
		tokens->wanted = usual && usual[0] ? usual : NULL;
		error = take_given(tokens, token, trouble);
	}
	if (token)
		explicit_bzero(token, strlen(token)); /* /proc/PID/environ shows the old bytes otherwise */
	(void)unsetenv("TASKCTL_TOKEN");
	return error;
}

void session_tokens_deinit(struct session_tokens *tokens)
{
	wipe(tokens->given);
	wipe(tokens->current);
	free(tokens->email);
}

void session_tokens_warn_of_environment(const struct session_tokens *tokens)
{
	const char *usual = getenv("TASKCTL_ACCOUNT");

	if (tokens->given)
		trouble_warn("%s is set and wins over this login; unset it to use the login", tokens->given_by);
	else if (usual && usual[0])
		trouble_warn("TASKCTL_ACCOUNT is set and names whose login is used");
}

/* --- from the cache --- */

static void advise_others(const struct credentials *credentials, const char *act, struct trouble *trouble)
{
	struct profile profile;
	struct buffer emails;

	buffer_init(&emails);
	for (size_t i = 0; credentials_find_at(credentials, i, &profile); i++)
		buffer_printf(&emails, "%s%s", i ? ", " : "", profile.email);
	if (emails.length)
		trouble_advise(trouble, "%s (logged in here: %s)", act, buffer_text(&emails));
	else
		trouble_advise(trouble, "log in: taskctl login; or make an account: taskctl signup");
	buffer_deinit(&emails);
}

enum error session_tokens_refuse_unknown(
	const struct credentials *credentials, const char *email, struct trouble *trouble)
{
	char act[320];

	(void)trouble_set(trouble, ERROR_UNAUTHENTICATED, "%s is not logged in here", email);
	(void)snprintf(act, sizeof(act), "log in: taskctl login --email %s", email);
	advise_others(credentials, act, trouble);
	return ERROR_UNAUTHENTICATED;
}

static enum error refuse_nobody(const struct credentials *credentials, struct trouble *trouble)
{
	struct profile profile;
	bool has_others = credentials_find_at(credentials, 0, &profile);

	(void)trouble_set(trouble, ERROR_UNAUTHENTICATED,
		has_others ? "none of the logins here is the active one" : "nobody is logged in here");
	advise_others(credentials, "choose: taskctl auth switch EMAIL; or log in: taskctl login", trouble);
	return ERROR_UNAUTHENTICATED;
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

/* Once it is known who it is, it stays so: another process may switch in between. */
static enum error find_profile(struct session_tokens *tokens, struct profile *ret_profile, struct trouble *trouble)
{
	const char *email = tokens->email ? tokens->email : tokens->wanted;

	if (email && !credentials_find(tokens->credentials, email, ret_profile))
		return session_tokens_refuse_unknown(tokens->credentials, email, trouble);
	if (!email && !credentials_find_active(tokens->credentials, ret_profile))
		return refuse_nobody(tokens->credentials, trouble);
	if (!tokens->email)
		tokens->email = memory_strdup(ret_profile->email);
	return ERROR_NONE;
}

enum error session_tokens_find(struct session_tokens *tokens, struct profile *ret_profile, struct trouble *trouble)
{
	enum error error = tokens->is_read ? ERROR_NONE : credentials_read(tokens->credentials, trouble);

	if (error)
		return error;
	tokens->is_read = true;
	return find_profile(tokens, ret_profile, trouble);
}

enum error session_tokens_get(struct session_tokens *tokens, const char **ret_token, struct trouble *trouble)
{
	struct profile profile;
	enum error error;

	if (tokens->given) {
		*ret_token = tokens->given;
		return ERROR_NONE;
	}
	error = session_tokens_find(tokens, &profile, trouble);
	if (error)
		return error;
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

/* The texts are borrowed from the reply. */
static enum error read_grant(
	const struct session_tokens *tokens, const json_t *login, struct profile *ret_profile, struct trouble *trouble)
{
	const json_t *account = json_object_get(login, "account");

	*ret_profile = (struct profile){
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
	if (!ret_profile->email || !ret_profile->access_token || !ret_profile->refresh_token)
		return trouble_set(trouble, ERROR_INTERNAL, "the daemon's reply has no token");
	return ERROR_NONE;
}

static void remember_email(struct session_tokens *tokens, const char *email)
{
	free(tokens->email);
	tokens->email = memory_strdup(email);
}

enum error session_tokens_keep(struct session_tokens *tokens, const json_t *login, struct trouble *trouble)
{
	struct profile profile;
	enum error error = read_grant(tokens, login, &profile, trouble);

	if (error)
		return error;
	credentials_put(tokens->credentials, &profile);
	remember_email(tokens, profile.email);
	(void)take_current(tokens, profile.access_token);
	return credentials_commit(tokens->credentials, trouble);
}

/* In memory it is kept in any case. */
static enum error put_instead(struct session_tokens *tokens, const json_t *login, struct trouble *trouble)
{
	struct profile profile;
	enum error error = read_grant(tokens, login, &profile, trouble);

	if (error)
		return error;
	credentials_replace(tokens->credentials, tokens->email, &profile);
	remember_email(tokens, profile.email);
	(void)take_current(tokens, profile.access_token);
	return ERROR_NONE;
}

enum error session_tokens_keep_instead(struct session_tokens *tokens, const json_t *login, struct trouble *trouble)
{
	enum error error = put_instead(tokens, login, trouble);

	return error ? error : credentials_commit(tokens->credentials, trouble);
}

static void warn_unkept(struct session_tokens *tokens, const struct trouble *reason)
{
	if (tokens->has_warned)
		return;
	tokens->has_warned = true;
	trouble_warn("the renewed token could not be kept, and serves this command alone: %s", reason->refusal.message);
}

/* `unwritable`: why there is no edit, NULL when there is one. */
static enum error keep_renewed(
	struct session_tokens *tokens, const json_t *login, const struct trouble *unwritable, struct trouble *trouble)
{
	struct trouble reason;
	enum error error = put_instead(tokens, login, trouble);

	if (error)
		return error;
	if (unwritable)
		warn_unkept(tokens, unwritable);
	else if (credentials_commit(tokens->credentials, &reason))
		warn_unkept(tokens, &reason);
	return ERROR_NONE;
}

static enum error explain_refused(
	const struct session_tokens *tokens, const struct profile *profile, enum error error, struct trouble *trouble)
{
	const char *instance = tokens->client->identity.instance;

	if (error != ERROR_UNAUTHENTICATED)
		return error;
	if (profile->instance && strcmp(profile->instance, instance) != 0)
		return refuse_other_store(tokens, profile, trouble);
	return refuse_ended(profile, trouble);
}

static enum error refresh(struct session_tokens *tokens, const struct profile *profile,
	const struct trouble *unwritable, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s?}", "refresh_token", profile->refresh_token);
	json_auto_t *login = NULL;
	enum error error = client_call_now(tokens->client, "auth.refresh", params, CLIENT_REPEATABLE, &login, trouble);

	if (error)
		return explain_refused(tokens, profile, error, trouble);
	return keep_renewed(tokens, login, unwritable, trouble);
}

/* What the file says now is read. */
static enum error renew_from_file(
	struct session_tokens *tokens, const char *refused, const struct trouble *unwritable, struct trouble *trouble)
{
	struct profile profile;
	enum error error = find_profile(tokens, &profile, trouble);

	if (error)
		return error;
	if (is_good(&profile) && refused && strcmp(profile.access_token, refused) != 0) {
		(void)take_current(tokens, profile.access_token);
		return ERROR_NONE;
	}
	return refresh(tokens, &profile, unwritable, trouble);
}

/* Where nothing can be written there is nothing to lock either. */
static enum error renew(struct session_tokens *tokens, const char *refused, struct trouble *trouble)
{
	struct trouble unwritable;
	enum error error = credentials_begin(tokens->credentials, &unwritable);

	if (!error) {
		error = renew_from_file(tokens, refused, NULL, trouble);
		credentials_abandon(tokens->credentials);
		return error;
	}
	if (error != ERROR_STORAGE) {
		*trouble = unwritable;
		return error;
	}
	error = credentials_read(tokens->credentials, trouble);
	return error ? error : renew_from_file(tokens, refused, &unwritable, trouble);
}

enum error session_tokens_renew(
	struct session_tokens *tokens, const char *refused, const char **ret_token, struct trouble *trouble)
{
	AUTO_FREE char *kept = refused ? memory_strdup(refused) : NULL;
	enum error error;

	/* The lock is not held while the daemon wants us to wait. */
	do
		error = renew(tokens, kept, trouble);
	while (client_wait(tokens->client, error, trouble));
	if (kept)
		explicit_bzero(kept, strlen(kept));
	if (!error)
		*ret_token = tokens->current;
	return error;
}
