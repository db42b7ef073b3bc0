/* From the places on disk to a call with a good token. */
#include "invocation.h"

#include "common/cleanup.h"
#include "usage.h"
#include "zone_name.h"

#include <fcntl.h>
#include <string.h>

#define SEEN_NAME "daemon-version-seen"

void invocation_init(struct invocation *invocation)
{
	*invocation = (struct invocation){ .command = NULL };
	arguments_init(&invocation->arguments);
	arena_init(&invocation->arena);
	credentials_init(&invocation->credentials, "");
	channel_init(&invocation->client.channel);
}

void invocation_deinit(struct invocation *invocation)
{
	session_tokens_deinit(&invocation->tokens);
	client_close(&invocation->client);
	credentials_deinit(&invocation->credentials);
	preferences_deinit(&invocation->preferences);
	arguments_deinit(&invocation->arguments);
	arena_deinit(&invocation->arena);
}

/* A flag goes over the environment and the file. */
enum error invocation_load_preferences(struct invocation *invocation, struct trouble *trouble)
{
	struct refusal refusal;
	enum error error = paths_find(&invocation->paths, trouble);

	if (!error)
		error = preferences_load(&invocation->paths, &invocation->preferences, trouble);
	if (error || !invocation->arguments.color)
		return error;
	if (settings_set(preferences_table, "--color", "color", invocation->arguments.color, &invocation->preferences,
		    &refusal))
		return trouble_refused(trouble, &refusal);
	return ERROR_NONE;
}

enum error invocation_open(struct invocation *invocation, enum launch_policy policy, struct trouble *trouble)
{
	enum error error = invocation_load_preferences(invocation, trouble);

	if (error)
		return error;
	credentials_deinit(&invocation->credentials);
	credentials_init(&invocation->credentials, invocation->paths.config);
	client_init(
		&invocation->client, &(struct route){
					     .paths = &invocation->paths,
					     .socket = invocation->arguments.socket ? invocation->arguments.socket
										    : invocation->preferences.socket,
					     .daemon_user = invocation->preferences.daemon_user,
					     .policy = policy,
				     });
	invocation->client.is_patient = invocation->arguments.is_patient;
	invocation->client.is_quiet = invocation->arguments.is_quiet;
	return session_tokens_init(&invocation->tokens, &invocation->client, &invocation->credentials,
		invocation->arguments.account, trouble);
}

static enum error call_with(struct invocation *invocation, const char *method, json_t *params, const char *token,
	json_t **ret_result, struct trouble *trouble)
{
	(void)json_object_set_new(params, "access_token", json_string(token));
	return client_call(&invocation->client, method, params, CLIENT_REPEATABLE, ret_result, trouble);
}

static enum error explain_token(const struct invocation *invocation, enum error error, struct trouble *trouble)
{
	if (error == ERROR_UNAUTHENTICATED && invocation->tokens.given)
		trouble_advise(trouble, "the token came from %s; get a fresh one", invocation->tokens.given_by);
	return error;
}

/* Namespaces in whose methods there can be dates. */
static bool reads_dates(const char *method)
{
	static const char *const namespaces[] = { "task.", "filter.", "series.", "project.", "tag.", "context.",
		"report." };

	for (size_t i = 0; i < COUNT_OF(namespaces); i++)
		if (strncmp(method, namespaces[i], strlen(namespaces[i])) == 0)
			return true;
	return false;
}

/* Dates are read where the person is and as the person counts weeks, which the daemon cannot know. */
static void add_calendar(const struct invocation *invocation, const char *method, json_t *params)
{
	int64_t week_start = invocation->preferences.week_start;
	char name[ZONE_NAME_SIZE];

	if (!reads_dates(method))
		return;
	if (zone_name_find(getenv("TZ"), "/etc/localtime", name))
		(void)json_object_set_new(params, "timezone", json_string(name));
	if (week_start != WEEK_FROM_MONDAY)
		(void)json_object_set_new(params, "week_start", json_string(week_start_names[week_start]));
}

enum error invocation_call(
	struct invocation *invocation, const char *method, json_t *params, json_t **ret_result, struct trouble *trouble)
{
	json_auto_t *all = params ? json_incref(params) : json_object();
	const char *token = NULL;
	enum error error = session_tokens_get(&invocation->tokens, &token, trouble);

	if (error)
		return error;
	add_calendar(invocation, method, all);
	error = call_with(invocation, method, all, token, ret_result, trouble);
	if (error != ERROR_UNAUTHENTICATED || invocation->tokens.given)
		return explain_token(invocation, error, trouble);
	error = session_tokens_renew(&invocation->tokens, token, &token, trouble);
	return error ? error : call_with(invocation, method, all, token, ret_result, trouble);
}

enum error invocation_call_operator(struct invocation *invocation, const char *method, json_t *params,
	enum client_repeat repeat, json_t **ret_result, struct trouble *trouble)
{
	json_auto_t *all = params ? json_incref(params) : json_object();

	(void)json_object_set_new(all, "operator", json_true());
	return client_call(&invocation->client, method, all, repeat, ret_result, trouble);
}

static enum error call_as(struct invocation *invocation, enum invocation_caller caller, const char *method,
	json_t *params, json_t **ret_result, struct trouble *trouble)
{
	if (caller == CALLER_OPERATOR)
		return invocation_call_operator(invocation, method, params, CLIENT_REPEATABLE, ret_result, trouble);
	return invocation_call(invocation, method, params, ret_result, trouble);
}

/* What is collected, and how. */
struct collection {
	enum invocation_caller caller;
	const char *method;
	const char *name;     /* of the array in each result */
	const json_t *params; /* NULL: none */
	json_t *objects;
	json_t *cursor; /* what goes on; NULL at the last page; owned */
};

static enum error collect_page(struct invocation *invocation, struct collection *collection, struct trouble *trouble)
{
	json_auto_t *params = collection->params ? json_copy((json_t *)(uintptr_t)collection->params) : json_object();
	json_auto_t *page = NULL;
	enum error error;

	if (collection->cursor)
		(void)json_object_set_new(params, "cursor", collection->cursor);
	collection->cursor = NULL;
	error = call_as(invocation, collection->caller, collection->method, params, &page, trouble);
	if (error)
		return error;
	(void)json_array_extend(collection->objects, json_object_get(page, collection->name));
	collection->cursor = json_incref(json_object_get(page, "next_cursor"));
	return ERROR_NONE;
}

static enum error collect(
	struct invocation *invocation, struct collection *collection, json_t **ret_objects, struct trouble *trouble)
{
	size_t limit = (size_t)invocation->arguments.limit;
	json_auto_t *objects = json_array();
	enum error error;

	collection->objects = objects;
	do
		error = collect_page(invocation, collection, trouble);
	while (!error && collection->cursor && (!limit || json_array_size(objects) < limit));
	json_decref(collection->cursor);
	if (error)
		return error;
	while (limit && json_array_size(objects) > limit)
		(void)json_array_remove(objects, json_array_size(objects) - 1);
	*ret_objects = json_incref(objects);
	return ERROR_NONE;
}

enum error invocation_collect(struct invocation *invocation, enum invocation_caller caller, const char *method,
	const char *name, json_t **ret_objects, struct trouble *trouble)
{
	struct collection collection = { .caller = caller, .method = method, .name = name };

	return collect(invocation, &collection, ret_objects, trouble);
}

enum error invocation_collect_with(struct invocation *invocation, const char *method, const char *name,
	const json_t *params, json_t **ret_objects, struct trouble *trouble)
{
	struct collection collection = { .caller = CALLER_ACCOUNT, .method = method, .name = name, .params = params };

	return collect(invocation, &collection, ret_objects, trouble);
}

enum error invocation_change(
	struct invocation *invocation, const char *method, json_t *params, json_t **ret_result, struct trouble *trouble)
{
	char key[CLIENT_KEY_SIZE];

	client_make_key(key);
	(void)json_object_set_new(params, "idempotency_key", json_string(key));
	return invocation_call(invocation, method, params, ret_result, trouble);
}

enum error invocation_refuse_words(const struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;

	if (!words->count)
		return ERROR_NONE;
	(void)trouble_usage(
		trouble, "`%s` takes no words, and here is `%s`", invocation->command->name, words->items[0].text);
	trouble_advise(trouble, "see: taskctl help %s", invocation->command->name);
	return ERROR_INVALID_PARAMS;
}

enum error invocation_take_word(
	const struct invocation *invocation, const char *what, const char **ret_word, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;

	if (words->count == 1) {
		*ret_word = words->items[0].text;
		return ERROR_NONE;
	}
	if (words->count)
		(void)trouble_usage(trouble, "one %s at a time, and here is `%s` as well", what, words->items[1].text);
	else
		(void)trouble_usage(trouble, "the %s is missing", what);
	usage_advise(trouble, invocation->command);
	return ERROR_INVALID_PARAMS;
}

/* Whether the note says so already; if not, it does now. A folder that cannot be written to is no reason to be silent.
 */
static bool was_seen(const struct invocation *invocation, const char *version)
{
	char path[PATH_MAX + 32];
	char seen[64] = "";
	AUTO_CLOSE int fd = -1;

	(void)snprintf(path, sizeof(path), "%s/" SEEN_NAME, invocation->paths.config);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || read(fd, seen, sizeof(seen) - 1) < 0)
		return false;
	if (strcmp(seen, version) == 0)
		return true;
	if (ftruncate(fd, 0) == 0)
		(void)!pwrite(fd, version, strlen(version), 0);
	return false;
}

void invocation_compare_versions(const struct invocation *invocation)
{
	const char *version = invocation->client.identity.version;
	char pair[sizeof(invocation->client.identity.version) + sizeof(TASKCTL_VERSION) + 1];

	if (!version[0] || strcmp(version, TASKCTL_VERSION) == 0)
		return;
	(void)snprintf(pair, sizeof(pair), "%.31s %.31s", TASKCTL_VERSION, version);
	if (was_seen(invocation, pair))
		return;
	trouble_warn("this is taskctl " TASKCTL_VERSION ", and the daemon is taskd %s", version);
	trouble_warn("a daemon of your own comes up anew with: taskctl daemon stop");
}

bool invocation_has_colors(const struct invocation *invocation, FILE *stream)
{
	return terminal_has_colors(stream, (enum color_when)invocation->preferences.color);
}

void invocation_find_theme(const struct invocation *invocation, FILE *stream, struct theme *ret_theme)
{
	if (invocation_has_colors(invocation, stream))
		theme_init(
			ret_theme, (enum theme_choice)invocation->preferences.theme, &invocation->preferences.styles);
	else
		theme_init_plain(ret_theme);
}
