/* Words are read as arguments.c reads them, but nothing is ever wrong: what is not understood offers nothing. */
#include "completion.h"

#include "arguments.h"
#include "common/cleanup.h"
#include "task_columns.h"
#include "task_fields.h"
#include "terminal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define NAME_SIZE 64

/* What was read before the current word. */
struct reading {
	struct completion *completion;
	const struct argp_option *option; /* whose value comes next; NULL: none */
	size_t said;                      /* words of the command's own so far */
	size_t ids;                       /* of these from the first on that are IDS */
	bool is_help;
	bool has_filter;
	bool is_literal; /* behind "--" */
};

static void offer(struct completion *completion, struct completion_offer made)
{
	if (completion->count < COMPLETION_OFFERS_MOST)
		completion->offers[completion->count++] = made;
}

static void offer_kind(struct completion *completion, enum completion_kind kind, size_t lead)
{
	offer(completion, (struct completion_offer){ .kind = kind, .lead = lead });
}

static void offer_choices(struct completion *completion, const char *const *choices, size_t lead)
{
	offer(completion, (struct completion_offer){ .kind = COMPLETION_CHOICES, .lead = lead, .choices = choices });
}

/* --- options --- */

static const struct argp_option *find_in(const struct argp_option *options, const char *name, size_t length)
{
	for (; options->name; options++)
		if (strlen(options->name) == length && memcmp(options->name, name, length) == 0)
			return options;
	return NULL;
}

static const struct argp_option *find_letter_in(const struct argp_option *options, char letter)
{
	for (; options->name; options++)
		if (options->key == letter)
			return options;
	return NULL;
}

/* A short one by its last letter, which is the one that can take a value. */
static const struct argp_option *find_in_group(const struct argp_option *group, const char *word, size_t length)
{
	return word[1] == '-' ? find_in(group, word + 2, length - 2) : find_letter_in(group, word[length - 1]);
}

static const struct argp_option *find_option(const struct command *command, const char *word, size_t length)
{
	const struct argp_option *option = NULL;

	for (const struct argp_option *const *group = command ? command->options : NULL; group && *group && !option;
		group++)
		option = find_in_group(*group, word, length);
	return option ? option : find_in_group(command_global_options, word, length);
}

static bool wants_value(const struct argp_option *option)
{
	return option && option->arg && !(option->flags & OPTION_ARG_OPTIONAL);
}

static const char *const priorities[] = { "H", "M", "L", NULL };
static const char *const scopes[] = { "tasks:read", "tasks:write", NULL };
static const char *const spans[] = { "task", "project", "day", NULL };
static const char *const origins[] = { "due", "completion", NULL };
static const char *const rhythms[] = { "daily", "weekdays", "weekly", "biweekly", "monthly", "quarterly", "yearly",
	NULL };
static const char *const times[] = { "today", "tomorrow", "monday", "friday", "eow", "eom", "eoy", "1wk", NULL };

static const struct {
	enum argument_key key;
	struct completion_offer offer;
} option_values[] = {
	{ ARGUMENT_ACCOUNT, { .kind = COMPLETION_LOGINS } },
	{ ARGUMENT_PROJECT, { .kind = COMPLETION_PROJECTS } },
	{ ARGUMENT_TAG, { .kind = COMPLETION_TAGS } },
	{ ARGUMENT_UNTAG, { .kind = COMPLETION_TAGS } },
	{ ARGUMENT_PARENT, { .kind = COMPLETION_OPEN_TASKS } },
	{ ARGUMENT_DEPENDS, { .kind = COMPLETION_OPEN_TASKS } },
	{ ARGUMENT_SET, { .kind = COMPLETION_FIELDS, .suffix = "=" } },
	{ ARGUMENT_COLOR, { .kind = COMPLETION_CHOICES, .choices = color_when_names } },
	{ ARGUMENT_PRIORITY, { .kind = COMPLETION_CHOICES, .choices = priorities } },
	{ ARGUMENT_SCOPE, { .kind = COMPLETION_CHOICES, .choices = scopes } },
	{ ARGUMENT_BY, { .kind = COMPLETION_CHOICES, .choices = spans } },
	{ ARGUMENT_RECUR, { .kind = COMPLETION_CHOICES, .choices = rhythms } },
	{ ARGUMENT_RECUR_FROM, { .kind = COMPLETION_CHOICES, .choices = origins } },
	{ ARGUMENT_DUE, { .kind = COMPLETION_CHOICES, .choices = times } },
	{ ARGUMENT_WAIT, { .kind = COMPLETION_CHOICES, .choices = times } },
	{ ARGUMENT_SCHEDULED, { .kind = COMPLETION_CHOICES, .choices = times } },
	{ ARGUMENT_UNTIL, { .kind = COMPLETION_CHOICES, .choices = times } },
};

/* Behind the last comma of a list. */
static size_t list_lead(const char *word, size_t lead)
{
	const char *comma = strrchr(word + lead, ',');

	return comma ? (size_t)(comma - word) + 1 : lead;
}

static void offer_value(struct completion *completion, const struct argp_option *option, size_t lead)
{
	if (option->key == ARGUMENT_COLUMNS)
		offer_choices(completion, task_column_names(), list_lead(completion->current, lead));
	for (size_t i = 0; i < COUNT_OF(option_values); i++) {
		if ((int)option_values[i].key != option->key)
			continue;
		offer(completion, option_values[i].offer);
		completion->offers[completion->count - 1].lead =
			option->key == ARGUMENT_DEPENDS ? list_lead(completion->current, lead) : lead;
	}
}

static bool takes_tags(const struct command *command)
{
	return command && (command->words == COMMAND_TERMS || command->words == COMMAND_FILTER ||
				  command->words == COMMAND_CHANGES);
}

static void offer_options(struct completion *completion)
{
	const char *current = completion->current;
	const char *sign = strchr(current, '=');
	const struct argp_option *option;

	if (current[1] == '-' && sign) {
		option = find_option(completion->command, current, (size_t)(sign - current));
		if (option)
			offer_value(completion, option, (size_t)(sign - current) + 1);
		return;
	}
	if (!current[1] || current[1] == '-' || !takes_tags(completion->command))
		offer_kind(completion, COMPLETION_OPTIONS, 0);
	if (current[1] != '-' && takes_tags(completion->command))
		offer_kind(completion, COMPLETION_TAGS, 1);
}

/* --- words of a command --- */

static const char *const statuses[] = { "pending", "waiting", "completed", "deleted", "recurring", "all", NULL };

static const struct {
	const char *name;
	struct completion_offer offer;
} attributes[] = {
	{ "project:", { .kind = COMPLETION_PROJECTS } },
	{ "pri:", { .kind = COMPLETION_CHOICES, .choices = priorities } },
	{ "priority:", { .kind = COMPLETION_CHOICES, .choices = priorities } },
	{ "depends:", { .kind = COMPLETION_OPEN_TASKS } },
	{ "dep:", { .kind = COMPLETION_OPEN_TASKS } },
	{ "parent:", { .kind = COMPLETION_OPEN_TASKS } },
	{ "status:", { .kind = COMPLETION_CHOICES, .choices = statuses } },
	{ "recur:", { .kind = COMPLETION_CHOICES, .choices = rhythms } },
	{ "due:", { .kind = COMPLETION_CHOICES, .choices = times } },
	{ "due.before:", { .kind = COMPLETION_CHOICES, .choices = times } },
	{ "due.after:", { .kind = COMPLETION_CHOICES, .choices = times } },
	{ "wait:", { .kind = COMPLETION_CHOICES, .choices = times } },
	{ "scheduled:", { .kind = COMPLETION_CHOICES, .choices = times } },
	{ "until:", { .kind = COMPLETION_CHOICES, .choices = times } },
};

static const char *const change_names[] = {
	"project:", "pri:", "due:", "wait:", "scheduled:", "until:", "depends:", "parent:", NULL
};
static const char *const add_names[] = {
	"project:", "pri:", "due:", "wait:", "scheduled:", "until:", "depends:", "parent:", "recur:", NULL
};
static const char *const term_names[] = { "project:", "pri:", "due.before:", "due.after:", "status:", "parent:",
	"depends:", "+OVERDUE", "+READY", "+ACTIVE", "+BLOCKED", "+WAITING", NULL };

static void offer_attribute(struct completion *completion)
{
	const char *current = completion->current;

	for (size_t i = 0; i < COUNT_OF(attributes); i++) {
		size_t length = strlen(attributes[i].name);

		if (strncmp(current, attributes[i].name, length) != 0)
			continue;
		offer(completion, attributes[i].offer);
		completion->offers[completion->count - 1].lead =
			attributes[i].offer.kind == COMPLETION_OPEN_TASKS ? list_lead(current, length) : length;
	}
}

/* A term of a filter, or a change. */
static void offer_term(struct completion *completion, const char *const *names)
{
	const char *current = completion->current;

	if (strchr(current, ':')) {
		offer_attribute(completion);
		return;
	}
	if (current[0] == '+')
		offer_kind(completion, COMPLETION_TAGS, 1);
	offer_choices(completion, names, 0);
	if (names == term_names && current[0] && current[0] != '+')
		offer(completion, (struct completion_offer){ .kind = COMPLETION_FIELDS, .suffix = ":" });
}

static const char *const none[] = { "none", NULL };
static const char *const types[] = { "string", "number", "date", "duration", NULL };
static const char *const shells[] = { "bash", "fish", "zsh", NULL };

/* Words of their own, by their place. */
static const struct {
	const char *command;
	size_t place;
	struct completion_offer offer;
} name_words[] = {
	{ "alias delete", 0, { .kind = COMPLETION_ALIASES } },
	{ "alias set", 0, { .kind = COMPLETION_ALIASES } },
	{ "auth switch", 0, { .kind = COMPLETION_LOGINS } },
	{ "completion", 0, { .kind = COMPLETION_CHOICES, .choices = shells } },
	{ "config get", 0, { .kind = COMPLETION_SETTINGS } },
	{ "config set", 0, { .kind = COMPLETION_SETTINGS } },
	{ "config unset", 0, { .kind = COMPLETION_SETTINGS } },
	{ "context delete", 0, { .kind = COMPLETION_CONTEXTS } },
	{ "context set", 0, { .kind = COMPLETION_CONTEXTS } },
	{ "context show", 0, { .kind = COMPLETION_CONTEXTS } },
	{ "context use", 0, { .kind = COMPLETION_CONTEXTS } },
	{ "context use", 0, { .kind = COMPLETION_CHOICES, .choices = none } },
	{ "edit", 0, { .kind = COMPLETION_OPEN_TASKS } },
	{ "field define", 1, { .kind = COMPLETION_CHOICES, .choices = types } },
	{ "field delete", 0, { .kind = COMPLETION_FIELDS } },
	{ "history", 0, { .kind = COMPLETION_OPEN_TASKS } },
	{ "note", 0, { .kind = COMPLETION_OPEN_TASKS } },
	{ "project rename", 0, { .kind = COMPLETION_PROJECTS } },
	{ "project rename", 1, { .kind = COMPLETION_PROJECTS } },
	{ "report", 0, { .kind = COMPLETION_REPORTS } },
	{ "report define", 0, { .kind = COMPLETION_REPORTS } },
	{ "report delete", 0, { .kind = COMPLETION_REPORTS } },
	{ "report show", 0, { .kind = COMPLETION_REPORTS } },
	{ "series modify", 0, { .kind = COMPLETION_OPEN_TASKS } },
	{ "series skip", 0, { .kind = COMPLETION_OPEN_TASKS } },
	{ "tag rename", 0, { .kind = COMPLETION_TAGS } },
	{ "tag rename", 1, { .kind = COMPLETION_TAGS } },
};

static bool offer_name_word(struct completion *completion, size_t place)
{
	bool is_known = false;

	for (size_t i = 0; i < COUNT_OF(name_words); i++) {
		if (name_words[i].place != place || strcmp(name_words[i].command, completion->command->name) != 0)
			continue;
		offer(completion, name_words[i].offer);
		is_known = true;
	}
	return is_known;
}

static void offer_field_of_task(struct completion *completion)
{
	const char *dot = strchr(completion->current, '.');

	if (dot)
		offer_choices(completion, task_field_names, (size_t)(dot - completion->current) + 1);
	else
		offer(completion, (struct completion_offer){ .kind = COMPLETION_OPEN_TASKS, .suffix = "." });
}

static bool is_named(const struct command *command, const char *name)
{
	return strcmp(command->name, name) == 0;
}

static void offer_ids(const struct reading *reading)
{
	struct completion *completion = reading->completion;
	bool is_closed = is_named(completion->command, "restore") || is_named(completion->command, "purge");

	if (!reading->has_filter && (!completion->current[0] || isdigit((unsigned char)completion->current[0])))
		offer_kind(completion, is_closed ? COMPLETION_CLOSED_TASKS : COMPLETION_OPEN_TASKS,
			list_lead(completion->current, 0));
}

/* One word of IDS, and what follows is text. */
static bool takes_text(const struct command *command)
{
	static const char *const names[] = { "annotate", "append", "denotate", "note", "prepend" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (is_named(command, names[i]))
			return true;
	return false;
}

static void offer_changes(const struct reading *reading)
{
	struct completion *completion = reading->completion;
	const struct command *command = completion->command;
	bool is_text = takes_text(command);

	if (command->takes_ids && reading->ids == reading->said && !(is_text && reading->said))
		offer_ids(reading);
	if (!is_text)
		offer_term(completion, is_named(command, "add") ? add_names : change_names);
}

static void offer_words(const struct reading *reading)
{
	struct completion *completion = reading->completion;
	const struct command *command = completion->command;

	if (offer_name_word(completion, reading->said))
		return;
	if (is_named(command, "get"))
		offer_field_of_task(completion);
	if (command->takes_ids && command->words != COMMAND_CHANGES)
		offer_ids(reading);
	if (command->words == COMMAND_CHANGES)
		offer_changes(reading);
	else if (takes_tags(command) && !is_named(command, "search"))
		offer_term(completion, term_names);
}

/* --- what was said --- */

static void read_filter_option(struct reading *reading, const struct argp_option *option)
{
	reading->has_filter = reading->has_filter || option->key == ARGUMENT_FILTER;
}

static void read_option(struct reading *reading, const char *word)
{
	const struct argp_option *option = find_option(reading->completion->command, word, strcspn(word, "="));

	if (!option)
		return;
	read_filter_option(reading, option);
	if (wants_value(option) && !(word[1] == '-' && strchr(word, '=')))
		reading->option = option;
}

static void read_value(struct reading *reading, const char *word)
{
	if (reading->option->key == ARGUMENT_SOCKET)
		reading->completion->socket = word;
	if (reading->option->key == ARGUMENT_ACCOUNT)
		reading->completion->account = word;
	reading->option = NULL;
}

/* The second word of a name, if it is one. */
static const struct command *find_second(const struct reading *reading, const char *word)
{
	char name[NAME_SIZE];

	if (reading->said || !command_has_second_words(reading->completion->first) ||
		strchr(reading->completion->first, ' '))
		return NULL;
	(void)snprintf(name, sizeof(name), "%s %s", reading->completion->first, word);
	return command_find(name);
}

static void read_plain_word(struct reading *reading, const char *word)
{
	struct completion *completion = reading->completion;
	const struct command *second = completion->first ? find_second(reading, word) : NULL;

	if (!completion->first && strcmp(word, "help") == 0 && !reading->is_help) {
		reading->is_help = true;
	} else if (!completion->first) {
		completion->first = word;
		completion->command = command_find(word);
	} else if (second && completion->command != second && !strchr(word, ' ')) {
		completion->command = second;
	} else {
		bool is_ids = quick_words_is_ids(&(struct word){ .text = word }) || strcmp(word, "-") == 0;

		reading->ids += is_ids && reading->ids == reading->said;
		reading->said++;
	}
}

static void read_word(struct reading *reading, const char *word)
{
	bool is_tag = quick_words_is_untag(word) && takes_tags(reading->completion->command);

	if (reading->option)
		read_value(reading, word);
	else if (!reading->is_literal && strcmp(word, "--") == 0)
		reading->is_literal = true;
	else if (!reading->is_literal && word[0] == '-' && word[1] && !is_tag)
		read_option(reading, word);
	else
		read_plain_word(reading, word);
}

/* The name is whole, or may get a second word. */
static void offer_names(const struct reading *reading)
{
	struct completion *completion = reading->completion;
	bool is_whole = completion->command && strchr(completion->command->name, ' ');

	if (!completion->first)
		offer_kind(completion, COMPLETION_COMMANDS, 0);
	if (!completion->first && !reading->is_help)
		offer_kind(completion, COMPLETION_ALIASES, 0);
	if (completion->first && !is_whole && !reading->said && command_has_second_words(completion->first))
		offer_kind(completion, COMPLETION_SECOND_WORDS, 0);
}

void completion_decide(struct completion *completion, const struct word_list *words)
{
	struct reading reading = { .completion = completion };

	*completion = (struct completion){ .current = words->items[words->count - 1].text };
	for (size_t i = 0; i + 1 < words->count; i++)
		read_word(&reading, words->items[i].text);
	if (reading.option) {
		offer_value(completion, reading.option, 0);
		return;
	}
	if (reading.is_literal)
		return;
	if (completion->current[0] == '-') {
		offer_options(completion);
		return;
	}
	offer_names(&reading);
	if (completion->command && !reading.is_help)
		offer_words(&reading);
}
