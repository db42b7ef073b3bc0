/* Words that stand for others: what comes out of a command line, and what cannot be an alias. */
#include "testing.h"

#include "cli/aliases.h"
#include "cli/preferences.h"

#include "common/memory.h"

#define WORDS_MOST 16

static const struct {
	const char *name;
	const char *text;
} aliases[] = {
	{ "today", "list due:today" },
	{ "busy", "today 'a b'" },
	{ "list", "version" },
	{ "ctx", "context" },
	{ "ping", "pong" },
	{ "pong", "ping x" },
	{ "self", "self" },
	{ "open", "list 'x" },
	{ "lost", "nowhere to go" },
};

static int set_up(void **state)
{
	static struct preferences preferences;

	preferences = (struct preferences){ .socket = NULL };
	for (size_t i = 0; i < COUNT_OF(aliases); i++)
		setting_pairs_add(&preferences.aliases, aliases[i].name, aliases[i].text, i + 1);
	*state = &preferences;
	return 0;
}

static int tear_down(void **state)
{
	struct preferences *preferences = *state;

	setting_pairs_deinit(&preferences->aliases);
	return 0;
}

/* `before` is split at spaces; what comes out is joined by |. The verb is the second word. */
static enum error expand(const struct preferences *preferences, const char *before, struct buffer *joined)
{
	AUTO_FREE char *text = memory_strdup(before);
	char *argv[WORDS_MOST + 1] = { NULL };
	struct command_line line = { .argc = 0, .argv = argv };
	struct arena arena;
	enum error error;

	for (char *word = strtok(text, " "); word && line.argc < WORDS_MOST; word = strtok(NULL, " "))
		argv[line.argc++] = word;
	arena_init(&arena);
	error = alias_expand(preferences, &arena, 1, &line, NULL);
	assert_null(line.argv[line.argc]);
	for (int i = 0; i < line.argc; i++)
		buffer_printf(joined, "%s%s", i ? "|" : "", line.argv[i]);
	arena_deinit(&arena);
	return error;
}

static void the_verb_alone_stands_for_its_words(void **state)
{
	static const struct {
		const char *before;
		const char *after;
	} rows[] = {
		{ "taskctl today", "taskctl|list|due:today" },
		{ "taskctl today pri:H -q", "taskctl|list|due:today|pri:H|-q" },
		{ "taskctl busy", "taskctl|list|due:today|a b" },
		{ "taskctl list today", "taskctl|list|today" },
		{ "taskctl ctx use work", "taskctl|context|use|work" },
		{ "taskctl context list", "taskctl|context|list" },
		{ "taskctl nothing today", "taskctl|nothing|today" },
		{ "taskctl lost", "taskctl|nowhere|to|go" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buffer joined;

		buffer_init(&joined);
		assert_int_equal(expand(*state, rows[i].before, &joined), ERROR_NONE);
		expect_content(&joined, rows[i].after);
		buffer_deinit(&joined);
	}
}

static void circles_and_open_quotes_are_refused(void **state)
{
	static const char *const lines[] = { "taskctl ping", "taskctl pong x", "taskctl self", "taskctl open" };

	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct buffer joined;

		buffer_init(&joined);
		assert_int_equal(expand(*state, lines[i], &joined), ERROR_INVALID_PARAMS);
		buffer_deinit(&joined);
	}
}

static void what_is_no_good_alias_is_refused(void **state)
{
	static const struct {
		const char *name;
		const char *text;
		const char *part; /* of the refusal; NULL: it is good */
	} rows[] = {
		{ "mine", "list", NULL },
		{ "mine", "busy -q", NULL },
		{ "today", "next", NULL },
		{ "next", "list", "never hides" },
		{ "context", "list", "never hides" },
		{ "Mine", "list", "cannot be the name" },
		{ "a b", "list", "cannot be the name" },
		{ "mine", "lost", "no command `nowhere`" },
		{ "mine", "-q list", "no command `-q`" },
		{ "mine", "mine", "leads back" },
		{ "today", "busy", "leads back" },
		{ "mine", "''", "no command ``" },
		{ "mine", " ", "no word" },
		{ "mine", "list \"", "left open" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct trouble trouble = { .exit_status = 0 };
		enum error error = alias_check(*state, rows[i].name, rows[i].text, &trouble);

		assert_int_equal(error, rows[i].part ? ERROR_INVALID_PARAMS : ERROR_NONE);
		if (rows[i].part)
			expect_words(trouble.refusal.message, rows[i].part);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_verb_alone_stands_for_its_words),
		cmocka_unit_test(circles_and_open_quotes_are_refused),
		cmocka_unit_test(what_is_no_good_alias_is_refused),
	};

	return cmocka_run_group_tests_name("aliases", tests, set_up, tear_down);
}
