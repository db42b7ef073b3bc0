/* The daemon is connected to when its values are first wanted, and one connection serves them all. */
#include "completion_values.h"

#include "terminal.h"

#include <stdio.h>
#include <string.h>

#define TASKS_MOST  50
#define DIGITS_MOST 12 /* of ids that are looked for by their first ones */
#define DIGITS_MORE 3  /* that are left open: each takes the filter ten times as many ids, of which it has a bound */

/* What is being printed. */
struct listing {
	struct invocation *invocation;
	const struct completion *completion;
	const struct completion_offer *offer;
	struct buffer out;
	bool was_opened;
	bool is_open; /* there is somebody to ask */
};

/* What the values must begin with. */
static const char *prefix_of(const struct listing *listing)
{
	return listing->completion->current + listing->offer->lead;
}

static void append_clean(struct buffer *out, const char *text)
{
	if (text)
		terminal_clean(out, text, strlen(text));
}

static void add(struct listing *listing, const char *value, size_t length, const char *meaning)
{
	const char *prefix = prefix_of(listing);

	if (length < strlen(prefix) || memcmp(value, prefix, strlen(prefix)) != 0)
		return;
	buffer_append(&listing->out, listing->completion->current, listing->offer->lead);
	terminal_clean(&listing->out, value, length);
	if (listing->offer->suffix)
		buffer_append_text(&listing->out, listing->offer->suffix);
	if (meaning && meaning[0])
		buffer_append_char(&listing->out, '\t');
	append_clean(&listing->out, meaning);
	buffer_append_char(&listing->out, '\n');
}

/* --- from the tables --- */

static bool is_first_of_its_word(size_t index, const char *name, size_t length)
{
	for (size_t i = 0; i < index; i++)
		if (strncmp(command_at(i)->name, name, length) == 0 && strchr(" ", command_at(i)->name[length]))
			return false;
	return true;
}

static void list_commands(struct listing *listing)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++) {
		size_t length = strcspn(command->name, " ");

		if (!command->is_hidden && is_first_of_its_word(i, command->name, length))
			add(listing, command->name, length,
				command->name[length] ? "commands of two words" : command->summary);
	}
}

static void list_second_words(struct listing *listing)
{
	const char *first = listing->completion->first;
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++) {
		const char *word = command->name + strlen(first) + 1;

		if (command_belongs_to(command, first))
			add(listing, word, strlen(word), command->summary);
	}
}

static void add_option(struct listing *listing, const struct argp_option *option)
{
	bool is_optional = option->flags & OPTION_ARG_OPTIONAL;
	char text[64];

	(void)snprintf(text, sizeof(text), "--%s%s", option->name, option->arg && !is_optional ? "=" : "");
	add(listing, text, strlen(text), option->doc);
	(void)snprintf(text, sizeof(text), "-%c", option->key);
	if (option->key < ARGUMENT_SOCKET)
		add(listing, text, strlen(text), option->doc);
}

static bool has_own_option(const struct command *command, const char *name)
{
	for (const struct argp_option *const *group = command ? command->options : NULL; group && *group; group++)
		for (const struct argp_option *option = *group; option->name; option++)
			if (strcmp(option->name, name) == 0)
				return true;
	return false;
}

static void list_options(struct listing *listing)
{
	const struct command *command = listing->completion->command;

	for (const struct argp_option *const *group = command ? command->options : NULL; group && *group; group++)
		for (const struct argp_option *option = *group; option->name; option++)
			add_option(listing, option);
	for (const struct argp_option *option = command_global_options; option->name; option++)
		if (!has_own_option(command, option->name))
			add_option(listing, option);
}

static void list_choices(struct listing *listing)
{
	for (const char *const *choice = listing->offer->choices; *choice; choice++)
		add(listing, *choice, strlen(*choice), NULL);
}

/* --- from this machine and the daemon --- */

static bool open_once(struct listing *listing)
{
	struct invocation *invocation = listing->invocation;
	struct trouble trouble;

	if (listing->was_opened)
		return listing->is_open;
	listing->was_opened = true;
	invocation->arguments.socket = listing->completion->socket;
	invocation->arguments.account = listing->completion->account;
	listing->is_open = !invocation_open(invocation, LAUNCH_NEVER, &trouble);
	return listing->is_open;
}

static void list_logins(struct listing *listing)
{
	struct trouble trouble;
	struct profile profile;

	if (!open_once(listing) || credentials_read(&listing->invocation->credentials, &trouble))
		return;
	for (size_t i = 0; credentials_find_at(&listing->invocation->credentials, i, &profile); i++)
		add(listing, profile.email, strlen(profile.email), NULL);
}

static void list_aliases(struct listing *listing, const char *before)
{
	const struct setting_pairs *aliases = &listing->invocation->preferences.aliases;
	struct buffer name;

	if (!open_once(listing))
		return;
	buffer_init(&name);
	for (size_t i = 0; i < aliases->count; i++) {
		buffer_truncate(&name, 0);
		buffer_printf(&name, "%s%s", before, aliases->items[i].key);
		add(listing, name.data, name.length, aliases->items[i].value);
	}
	buffer_deinit(&name);
}

/* Those by names of the user's own are the aliases. */
static void list_settings(struct listing *listing)
{
	for (const struct setting *setting = preferences_table; setting->name; setting++)
		if (setting->type != SETTING_PAIRS)
			add(listing, setting->name, strlen(setting->name), setting->summary);
	list_aliases(listing, "alias.");
}

/* A new reference; NULL: nobody answered. */
static json_t *ask(struct listing *listing, const char *method, json_t *params)
{
	struct trouble trouble;
	json_t *result = NULL;

	if (!open_once(listing) || invocation_call(listing->invocation, method, params, &result, &trouble))
		return NULL;
	return result;
}

/* Which ids begin with these digits: 1, 10-19, 100-199, 1000-1999. */
static void append_ranges(struct buffer *filter, const char *digits)
{
	buffer_append_text(filter, digits);
	for (int more = 1; more <= DIGITS_MORE; more++)
		buffer_printf(filter, ",%s%0*d-%s%.*s", digits, more, 0, digits, more, "999");
	buffer_append_char(filter, ' ');
}

static void list_tasks(struct listing *listing, const char *status)
{
	const char *prefix = prefix_of(listing);
	json_auto_t *params = json_pack("{s:i, s:s}", "limit", TASKS_MOST, "sort", prefix[0] ? "id+" : "urgency-");
	json_auto_t *page = NULL;
	const json_t *task;
	struct buffer filter;
	size_t index;

	if (prefix[strspn(prefix, "0123456789")] || prefix[0] == '0' || strlen(prefix) > DIGITS_MOST)
		return;
	buffer_init(&filter);
	if (prefix[0])
		append_ranges(&filter, prefix);
	buffer_append_text(&filter, status);
	(void)json_object_set_new(params, "filter", json_string(buffer_text(&filter)));
	buffer_deinit(&filter);
	page = ask(listing, "task.list", params);
	json_array_foreach (json_object_get(page, "tasks"), index, task) {
		char id[24];

		(void)snprintf(
			id, sizeof(id), "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(task, "id")));
		add(listing, id, strlen(id), json_string_value(json_object_get(task, "title")));
	}
}

/* Objects that have a name, and perhaps something that says more. Takes the reference of the params. */
static void list_named_of(struct listing *listing, const char *method, json_t *owned_params, const char *array,
	const char *name, const char *meaning)
{
	json_auto_t *params = owned_params;
	json_auto_t *page = ask(listing, method, params);
	const json_t *object;
	size_t index;

	json_array_foreach (json_object_get(page, array), index, object) {
		const json_t *value = json_object_get(object, name);

		if (json_is_string(value))
			add(listing, json_string_value(value), json_string_length(value),
				meaning ? json_string_value(json_object_get(object, meaning)) : NULL);
	}
}

static void list_named(
	struct listing *listing, const char *method, const char *array, const char *name, const char *meaning)
{
	list_named_of(listing, method, json_object(), array, name, meaning);
}

/* Projects or tags: counting their tasks would take as long as there are many. */
static void list_labels(struct listing *listing, const char *method, const char *array, const char *name)
{
	list_named_of(listing, method, json_pack("{s:b}", "names", 1), array, name, NULL);
}

static void list_offer(struct listing *listing)
{
	switch (listing->offer->kind) {
	case COMPLETION_COMMANDS:
		list_commands(listing);
		break;
	case COMPLETION_SECOND_WORDS:
		list_second_words(listing);
		break;
	case COMPLETION_OPTIONS:
		list_options(listing);
		break;
	case COMPLETION_CHOICES:
		list_choices(listing);
		break;
	case COMPLETION_OPEN_TASKS:
		list_tasks(listing, "(status:pending or status:waiting)");
		break;
	case COMPLETION_CLOSED_TASKS:
		list_tasks(listing, "(status:completed or status:deleted)");
		break;
	case COMPLETION_PROJECTS:
		list_labels(listing, "project.list", "projects", "project");
		break;
	case COMPLETION_TAGS:
		list_labels(listing, "tag.list", "tags", "tag");
		break;
	case COMPLETION_REPORTS:
		list_named(listing, "report.list", "reports", "name", "title");
		break;
	case COMPLETION_CONTEXTS:
		list_named(listing, "context.list", "contexts", "name", "read_filter");
		break;
	case COMPLETION_FIELDS:
		list_named(listing, "field.list", "fields", "name", "label");
		break;
	case COMPLETION_LOGINS:
		list_logins(listing);
		break;
	case COMPLETION_ALIASES:
		list_aliases(listing, "");
		break;
	case COMPLETION_SETTINGS:
		list_settings(listing);
		break;
	}
}

void completion_values_print(struct invocation *invocation, const struct completion *completion)
{
	struct listing listing = { .invocation = invocation, .completion = completion };

	buffer_init(&listing.out);
	for (size_t i = 0; i < completion->count; i++) {
		listing.offer = &completion->offers[i];
		list_offer(&listing);
	}
	if (listing.out.length)
		(void)fwrite(listing.out.data, 1, listing.out.length, stdout);
	buffer_deinit(&listing.out);
}
