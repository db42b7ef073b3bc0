/* One run of a command: what it was told, and whom it talks to. */
#pragma once

#include "arguments.h"
#include "client.h"
#include "command.h"
#include "common/arena.h"
#include "credentials.h"
#include "paths.h"
#include "preferences.h"
#include "session_tokens.h"
#include "theme.h"

#include <stdio.h>

struct invocation {
	const struct command *command;
	struct arguments arguments;
	struct paths paths;
	struct preferences preferences;
	struct credentials credentials;
	struct client client;
	struct session_tokens tokens;
	struct arena arena; /* words that aliases stand for; they live as long as the arguments */
};

void invocation_init(struct invocation *invocation);
void invocation_deinit(struct invocation *invocation);

/* Find the places and read the settings, with the flags over them. */
enum error invocation_load_preferences(struct invocation *invocation, struct trouble *trouble);

/* Find the places, read the settings, and know whom to call. Nothing is called yet. */
enum error invocation_open(struct invocation *invocation, enum launch_policy policy, struct trouble *trouble);

/*
 * A call with the access token of whoever is logged in, renewed once if the daemon does not take it. Adds what every
 * call needs to `params`, which stays the caller's; NULL is none. The result is a new reference.
 */
enum error invocation_call(struct invocation *invocation, const char *method, json_t *params, json_t **ret_result,
	struct trouble *trouble);

/* A call as the operator, whom the daemon knows by the socket: no token goes with it. */
enum error invocation_call_operator(struct invocation *invocation, const char *method, json_t *params,
	enum client_repeat repeat, json_t **ret_result, struct trouble *trouble);

/*
 * All pages of a method that gives them, or as many objects as --limit says, as one array: the member `name` of each
 * result. A new reference.
 */
enum invocation_caller { CALLER_ACCOUNT, CALLER_OPERATOR };
enum error invocation_collect(struct invocation *invocation, enum invocation_caller caller, const char *method,
	const char *name, json_t **ret_objects, struct trouble *trouble);

/* The same as an account, with parameters of the first page that the others take as well. */
enum error invocation_collect_with(struct invocation *invocation, const char *method, const char *name,
	const json_t *params, json_t **ret_objects, struct trouble *trouble);

/* A call that changes tasks: it carries an idempotency key, so that it happens once, whatever becomes of the
 * connection. */
enum error invocation_change(struct invocation *invocation, const char *method, json_t *params, json_t **ret_result,
	struct trouble *trouble);

/* For commands that take nothing but options: the first word is refused. */
enum error invocation_refuse_words(const struct invocation *invocation, struct trouble *trouble);

/* For commands that take one word, here called `what`: neither none nor two. */
enum error invocation_take_word(
	const struct invocation *invocation, const char *what, const char **ret_word, struct trouble *trouble);

/* Say once for each version of the daemon that it is not ours. */
void invocation_compare_versions(const struct invocation *invocation);

/* Whether this stream gets colours. */
bool invocation_has_colors(const struct invocation *invocation, FILE *stream);

/* The colours of this stream, by the settings. The invocation must live as long. */
void invocation_find_theme(const struct invocation *invocation, FILE *stream, struct theme *ret_theme);
