/* Commands go before aliases, so that a file that is older than a command never hides it. */
#include "aliases.h"

#include "command.h"
#include "common/memory.h"
#include "common/text.h"
#include "shell_words.h"

#include <string.h>

bool alias_is_taken(const char *name)
{
	return command_find(name) || command_has_second_words(name);
}

enum error alias_insert(
	const char *text, struct arena *arena, int verb, int behind, struct command_line *line, struct trouble *trouble)
{
	char **words;
	size_t count;
	size_t rest = (size_t)(line->argc - behind);
	char **argv;
	enum error error = shell_words_split(text, arena, &words, &count, trouble);

	if (error)
		return error;
	argv = arena_array(arena, (size_t)verb + count + rest + 1, sizeof(*argv));
	memcpy(argv, line->argv, (size_t)verb * sizeof(*argv));
	memcpy(argv + verb, words, count * sizeof(*argv));
	memcpy(argv + (size_t)verb + count, line->argv + behind, rest * sizeof(*argv));
	*line = (struct command_line){ .argc = verb + (int)count + (int)rest, .argv = argv };
	return ERROR_NONE;
}

/* Each alias at most once, so more steps than there are aliases are a circle. */
static enum error expand(const struct preferences *preferences, struct arena *arena, int verb,
	struct command_line *line, struct trouble *trouble)
{
	for (size_t steps = 0; verb < line->argc && !alias_is_taken(line->argv[verb]); steps++) {
		const struct setting_pair *pair = setting_pairs_find(&preferences->aliases, line->argv[verb]);
		enum error error;

		if (!pair)
			return ERROR_NONE;
		if (steps == preferences->aliases.count)
			return trouble_usage(trouble, "the alias `%s` leads back to itself", pair->key);
		error = alias_insert(pair->value, arena, verb, verb + 1, line, trouble);
		if (error)
			return error;
	}
	return ERROR_NONE;
}

enum error alias_expand(const struct preferences *preferences, struct arena *arena, int verb, struct command_line *line,
	struct trouble *trouble)
{
	char *name = line->argv[verb];
	enum error error = expand(preferences, arena, verb, line, trouble);

	if (error)
		trouble_advise(
			trouble, "to look at it: taskctl alias list; to be rid of it: taskctl alias delete %s", name);
	return error;
}

/* --- one that is to be --- */

static enum error check_name(const char *name, struct trouble *trouble)
{
	if (!setting_key_is_good(name)) {
		(void)trouble_usage(trouble, "`%s` cannot be the name of an alias", name);
		trouble_advise(trouble, "a name is a small letter, then small letters, digits, - and _");
		return ERROR_INVALID_PARAMS;
	}
	if (alias_is_taken(name))
		return trouble_usage(trouble, "`%s` is a command, and an alias never hides one", name);
	return ERROR_NONE;
}

/* The aliases as they would be. */
static void copy_with(
	const struct preferences *preferences, const char *name, const char *text, struct preferences *ret_preferences)
{
	const struct setting_pairs *pairs = &preferences->aliases;

	*ret_preferences = (struct preferences){ .socket = NULL };
	for (size_t i = 0; i < pairs->count; i++)
		if (strcmp(pairs->items[i].key, name) != 0)
			setting_pairs_add(&ret_preferences->aliases, pairs->items[i].key, pairs->items[i].value, 0);
	setting_pairs_add(&ret_preferences->aliases, name, text, 0);
}

enum error alias_check_words(const struct preferences *preferences, const char *text, struct trouble *trouble)
{
	char *nothing[] = { NULL };
	struct command_line line = { .argc = 0, .argv = nothing };
	struct arena arena;
	enum error error;

	arena_init(&arena);
	error = alias_insert(text, &arena, 0, 0, &line, trouble);
	if (!error && line.argc)
		error = expand(preferences, &arena, 0, &line, trouble);
	if (!error && !line.argc)
		error = trouble_usage(trouble, "there is no word in it");
	else if (!error && !alias_is_taken(line.argv[0]))
		error = command_refuse_unknown(line.argv[0], trouble);
	arena_deinit(&arena);
	return error;
}

enum error alias_check(
	const struct preferences *preferences, const char *name, const char *text, struct trouble *trouble)
{
	struct preferences with = { .socket = NULL };
	enum error error = check_name(name, trouble);

	if (error)
		return error;
	copy_with(preferences, name, text, &with);
	error = alias_check_words(&with, text, trouble);
	setting_pairs_deinit(&with.aliases);
	return error;
}

const char *alias_nearest(const struct preferences *preferences, const char *word)
{
	const struct setting_pairs *pairs = &preferences->aliases;
	const char **names = memory_array(pairs->count + 1, sizeof(*names));
	const char *nearest;

	for (size_t i = 0; i < pairs->count; i++)
		names[i] = pairs->items[i].key;
	nearest = text_nearest(word, names);
	free(names);
	return nearest;
}
