/* The command line: what is an option, whose it is, and what is a word. */
#include "testing.h"

#include "cli/arguments.h"
#include "cli/command.h"

#include <stdio.h>
#include <unistd.h>

#define ARGUMENTS_MOST 32

/* A command line with what was read from it. */
struct line {
	char text[256];
	char *argv[ARGUMENTS_MOST + 1];
	int argc;
	const struct command *command; /* NULL: none, or only a first word */
	struct arguments arguments;
	struct trouble trouble;
	enum error error;
};

static void split(struct line *line, const char *text)
{
	(void)snprintf(line->text, sizeof(line->text), "taskctl %s", text);
	for (char *word = strtok(line->text, " "); word && line->argc < ARGUMENTS_MOST; word = strtok(NULL, " "))
		line->argv[line->argc++] = word;
}

/* The words are parted by single spaces. */
static void begin(struct line *line, const char *text)
{
	int verb = 0;

	*line = (struct line){ .argc = 0 };
	split(line, text);
	arguments_init(&line->arguments);
	line->error = arguments_parse_global(line->argc, line->argv, &line->arguments, &verb, &line->trouble);
	if (line->error)
		return;
	assert_true(verb < line->argc);
	line->error = command_select(line->argc, line->argv, &verb, &line->arguments, &line->command, &line->trouble);
	if (!line->error && line->command)
		line->error = arguments_parse_command(
			line->command, line->argc - verb, line->argv + verb, &line->arguments, &line->trouble);
}

static void end(struct line *line)
{
	arguments_deinit(&line->arguments);
}

static void expect_read(struct line *line, const char *text)
{
	begin(line, text);
	if (line->error)
		fail_msg("`%s`: %s", text, line->trouble.refusal.message);
}

/* The words joined by spaces, those that are literal in brackets. */
static void expect_word_list(const struct line *line, const char *text)
{
	const struct word_list *words = &line->arguments.words;
	struct buffer joined;

	buffer_init(&joined);
	for (size_t i = 0; i < words->count; i++)
		buffer_printf(
			&joined, words->items[i].is_literal ? "%s[%s]" : "%s%s", i ? " " : "", words->items[i].text);
	assert_string_equal(buffer_text(&joined), text);
	buffer_deinit(&joined);
}

/* --- options --- */

static const char *const global_places[] = {
	"-q --color never --socket /run/x --json=id --format {id} list milk",
	"list -q --color never --socket /run/x --json=id --format {id} milk",
	"list milk --color=never --socket=/run/x --json=id --format={id} --quiet",
	"--socket /run/x --format {id} list -q milk --json=id --color never",
};

static void global_options_stand_before_the_verb_or_behind_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(global_places); i++) {
		struct line line;

		expect_read(&line, global_places[i]);
		assert_true(line.arguments.is_quiet);
		assert_true(line.arguments.is_json);
		assert_string_equal(line.arguments.color, "never");
		assert_string_equal(line.arguments.socket, "/run/x");
		assert_string_equal(line.arguments.json_fields, "id");
		assert_string_equal(line.arguments.format, "{id}");
		expect_word_list(&line, "milk");
		end(&line);
	}
}

static void nothing_is_set_that_was_not_said(void **state)
{
	struct line line;

	(void)state;
	expect_read(&line, "list");
	assert_null(line.arguments.socket);
	assert_null(line.arguments.color);
	assert_null(line.arguments.format);
	assert_null(line.arguments.json_fields);
	assert_null(line.arguments.email);
	assert_null(line.arguments.filter);
	assert_false(line.arguments.is_json || line.arguments.is_quiet || line.arguments.is_dry_run);
	assert_false(line.arguments.is_confirmed || line.arguments.wants_help || line.arguments.wants_version);
	assert_false(line.arguments.wants_all || line.arguments.wants_list);
	assert_int_equal(line.arguments.password_fd, -1);
	assert_int_equal(line.arguments.limit, 0);
	assert_int_equal(json_object_size(line.arguments.changes), 0);
	expect_word_list(&line, "");
	end(&line);
}

static void flags_reach_their_places(void **state)
{
	struct line line;

	(void)state;
	expect_read(&line, "done -f +shop -y -n");
	assert_string_equal(line.arguments.filter, "+shop");
	assert_true(line.arguments.is_confirmed);
	assert_true(line.arguments.is_dry_run);
	end(&line);
	expect_read(&line, "list --all --help");
	assert_true(line.arguments.wants_all);
	assert_true(line.arguments.wants_help);
	end(&line);
	expect_read(&line, "-V help --list");
	assert_true(line.arguments.wants_version);
	assert_true(line.arguments.wants_list);
	end(&line);
}

static void options_of_a_change_become_members(void **state)
{
	struct line line;

	(void)state;
	expect_read(&line, "modify 3 --title T --note N --project=P --tag a --tag b --untag c --priority H --due 1d "
			   "--wait=");
	expect_json(line.arguments.changes,
		"{\"add_tags\":[\"a\",\"b\"],\"due\":\"1d\",\"note\":\"N\",\"priority\":\"H\",\"project\":\"P\","
		"\"remove_tags\":[\"c\"],\"title\":\"T\",\"wait\":null}");
	expect_word_list(&line, "3");
	end(&line);
}

static void an_option_of_a_change_given_twice_is_refused(void **state)
{
	struct line line;

	(void)state;
	begin(&line, "add x --due 1d --due 2d");
	assert_int_equal(line.error, ERROR_INVALID_PARAMS);
	expect_words(line.trouble.refusal.message, "the due is given twice");
	end(&line);
}

static void json_takes_fields_behind_an_equals_sign_alone(void **state)
{
	struct line line;

	(void)state;
	expect_read(&line, "list --json");
	assert_true(line.arguments.is_json);
	assert_null(line.arguments.json_fields);
	end(&line);
	expect_read(&line, "list --json title");
	assert_true(line.arguments.is_json);
	assert_null(line.arguments.json_fields);
	expect_word_list(&line, "title");
	end(&line);
	expect_read(&line, "list --json=id,title");
	assert_string_equal(line.arguments.json_fields, "id,title");
	end(&line);
}

static void a_password_comes_from_a_descriptor(void **state)
{
	struct line line;

	(void)state;
	expect_read(&line, "login --email ann@example.com --password-fd 7");
	assert_string_equal(line.arguments.email, "ann@example.com");
	assert_int_equal(line.arguments.password_fd, 7);
	end(&line);
	expect_read(&line, "login --password-stdin");
	assert_int_equal(line.arguments.password_fd, 0);
	end(&line);
}

static const struct {
	const char *text;
	bool is_patient;
	const char *changes;
} waits[] = {
	{ "--wait list", true, "{}" },
	{ "list --wait", true, "{}" },
	{ "--wait add x", true, "{}" },
	{ "add x --wait 1d", false, "{\"wait\":\"1d\"}" },
	{ "--wait modify 3 --wait=1d", true, "{\"wait\":\"1d\"}" },
};

static void the_option_of_a_command_goes_before_the_global_one_of_its_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(waits); i++) {
		struct line line;

		expect_read(&line, waits[i].text);
		assert_int_equal(line.arguments.is_patient, waits[i].is_patient);
		expect_json(line.arguments.changes, waits[i].changes);
		end(&line);
	}
}

static const struct {
	const char *text;
	int64_t seconds;
} lifetimes[] = {
	{ "token create --expires 600s", 600 },
	{ "token create --expires 30m", 1800 },
	{ "token create --expires 12h", 43200 },
	{ "token create --expires=90d", 7776000 },
	{ "token create --expires 4w", 2419200 },
	{ "token create", 0 },
};

static void a_lifetime_is_a_number_with_its_unit(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lifetimes); i++) {
		struct line line;

		expect_read(&line, lifetimes[i].text);
		assert_int_equal(line.arguments.expires_in, lifetimes[i].seconds);
		end(&line);
	}
}

static void scopes_are_given_one_by_one_or_joined(void **state)
{
	struct line line;

	(void)state;
	expect_read(&line, "token create --name n --scope a --scope b,c");
	assert_string_equal(line.arguments.name, "n");
	expect_json(line.arguments.scopes, "[\"a\",\"b\",\"c\"]");
	end(&line);
	expect_read(&line, "token create");
	expect_json(line.arguments.scopes, "[]");
	end(&line);
}

static const struct {
	const char *text;
	const char *option;
} bad_numbers[] = {
	{ "list --limit 0", "--limit" },
	{ "list --limit -1", "--limit" },
	{ "list --limit x", "--limit" },
	{ "list --limit 5x", "--limit" },
	{ "list --limit=", "--limit" },
	{ "list --limit 2147483648", "--limit" },
	{ "list --limit 99999999999999999999", "--limit" },
	{ "token create --expires 90", "--expires" },
	{ "token create --expires d", "--expires" },
	{ "token create --expires=", "--expires" },
	{ "token create --expires 0d", "--expires" },
	{ "token create --expires -1d", "--expires" },
	{ "token create --expires 1.5h", "--expires" },
	{ "token create --expires 1y", "--expires" },
	{ "token create --expires 9999999999d", "--expires" },
	{ "login --password-fd -1", "--password-fd" },
	{ "login --password-fd secret", "--password-fd" },
	{ "login --password-fd=", "--password-fd" },
	{ "login --password-fd 65536", "--password-fd" },
};

static void numbers_are_whole_and_within_their_limits(void **state)
{
	struct line line;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad_numbers); i++) {
		begin(&line, bad_numbers[i].text);
		assert_int_equal(line.error, ERROR_INVALID_PARAMS);
		expect_words(line.trouble.refusal.message, bad_numbers[i].option);
		expect_words(line.trouble.advice, "taskctl help ");
		end(&line);
	}
	expect_read(&line, "list --limit 1");
	assert_int_equal(line.arguments.limit, 1);
	end(&line);
	expect_read(&line, "list --limit 2147483647");
	assert_int_equal(line.arguments.limit, INT32_MAX);
	end(&line);
}

/* --- words --- */

static const struct {
	const char *text;
	const char *words;
} word_lines[] = {
	{ "add -work x", "-work x" },
	{ "add x -work", "x -work" },
	{ "add -q -work -home x -5th", "-work -home x -5th" },
	{ "modify 3 -work --due 1d -home", "3 -work -home" },
	{ "list -work", "-work" },
	{ "list --json -work +shop", "-work +shop" },
	{ "show -work", "-work" },
	{ "add -", "-" },
	{ "add Buy -q milk -n today", "Buy milk today" },
	{ "add -- -q --json -work", "[-q] [--json] [-work]" },
	{ "add x -- y -- z", "x [y] [--] [z]" },
	{ "done 3 -- 4", "3 [4]" },
	{ "-- add x -q", "x" },
};

static void words_are_kept_in_their_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(word_lines); i++) {
		struct line line;

		expect_read(&line, word_lines[i].text);
		expect_word_list(&line, word_lines[i].words);
		assert_false(line.arguments.wants_help);
		end(&line);
	}
}

static void what_stands_behind_an_option_that_wants_a_value_is_its_value(void **state)
{
	struct line line;

	(void)state;
	expect_read(&line, "modify 3 --project -home -work");
	expect_json(line.arguments.changes, "{\"project\":\"-home\"}");
	expect_word_list(&line, "3 -work");
	end(&line);
	expect_read(&line, "list -f -work");
	assert_string_equal(line.arguments.filter, "-work");
	expect_word_list(&line, "");
	end(&line);
}

static void a_double_dash_ends_the_options(void **state)
{
	struct line line;

	(void)state;
	expect_read(&line, "add -- -q --yes");
	assert_false(line.arguments.is_quiet);
	assert_false(line.arguments.is_confirmed);
	end(&line);
}

static void the_verb_is_the_first_word(void **state)
{
	static const struct {
		const char *text;
		int verb;
	} lines[] = { { "add list", 1 }, { "-q add", 2 }, { "--socket add list", 3 }, { "--json add", 2 },
		{ "-q -V", 3 }, { "", 1 } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct line line = { .argc = 0 };
		int verb = -1;

		split(&line, lines[i].text);
		arguments_init(&line.arguments);
		assert_int_equal(arguments_parse_global(line.argc, line.argv, &line.arguments, &verb, &line.trouble),
			ERROR_NONE);
		assert_int_equal(verb, lines[i].verb);
		end(&line);
	}
}

/* --- names of two words --- */

static const struct {
	const char *text;
	const char *name; /* NULL: a first word alone */
	const char *words;
} names[] = {
	{ "daemon stop", "daemon stop", "" },
	{ "daemon stop now", "daemon stop", "now" },
	{ "-q daemon stop", "daemon stop", "" },
	{ "daemon -q stop", "daemon stop", "" },
	{ "daemon --socket stop stop", "daemon stop", "" },
	{ "token", "token", "" },
	{ "token -q", "token", "" },
	{ "token create", "token create", "" },
	{ "daemon", NULL, "" },
	{ "daemon -q", NULL, "" },
	{ "stop daemon", "stop", "daemon" },
	{ "add daemon stop", "add", "daemon stop" },
};

static void two_words_are_tried_before_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct line line;

		expect_read(&line, names[i].text);
		if (!names[i].name)
			assert_null(line.command);
		else
			assert_string_equal(line.command->name, names[i].name);
		expect_word_list(&line, names[i].words);
		end(&line);
	}
}

static void options_between_the_two_words_count(void **state)
{
	struct line line;

	(void)state;
	expect_read(&line, "daemon -q --socket /run/x stop --json");
	assert_true(line.arguments.is_quiet);
	assert_true(line.arguments.is_json);
	assert_string_equal(line.arguments.socket, "/run/x");
	end(&line);
}

static const struct {
	const char *text;
	const char *message;
	const char *advice;
} unknown_names[] = {
	{ "daemon stat", "there is no command `daemon stat`; did you mean `daemon start`?", "" },
	{ "token craete", "there is no command `token craete`; did you mean `token create`?", "" },
	{ "daemon frobnicate", "there is no command `daemon frobnicate`", "start, stop, status" },
	{ "lst", "there is no command `lst`; did you mean `list`?", "" },
	{ "frobnicate", "there is no command `frobnicate`", "all of them: taskctl help" },
};

static void an_unknown_name_is_met_with_the_nearest_or_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(unknown_names); i++) {
		struct line line;

		begin(&line, unknown_names[i].text);
		assert_int_equal(line.error, ERROR_INVALID_PARAMS);
		assert_string_equal(line.trouble.refusal.message, unknown_names[i].message);
		expect_words(line.trouble.advice, unknown_names[i].advice);
		end(&line);
	}
}

/* --- mistakes --- */

/* What is printed while the line is read. */
static void begin_captured(struct line *line, const char *text, struct buffer *printed)
{
	AUTO_FCLOSE FILE *file = tmpfile();
	int before = dup(STDERR_FILENO);

	assert_non_null(file);
	(void)fflush(stderr);
	assert_int_not_equal(dup2(fileno(file), STDERR_FILENO), -1);
	begin(line, text);
	(void)fflush(stderr);
	assert_int_not_equal(dup2(before, STDERR_FILENO), -1);
	(void)close(before);
	rewind(file);
	printed->length += fread(buffer_reserve(printed, 4096), 1, 4096, file);
}

static const struct {
	const char *text;
	const char *printed;
	const char *advice;
} mistakes[] = {
	{ "list --frob", "--frob", "see: taskctl help list" },
	{ "add x --project", "--project", "see: taskctl help add" },
	{ "list --quiet=yes", "--quiet", "see: taskctl help list" },
	{ "done -work", "w", "see: taskctl help done" },
	{ "done 3 -work", "w", "see: taskctl help done" },
	{ "daemon stop -work", "w", "see: taskctl help daemon stop" },
	{ "list -z", "z", "see: taskctl help list" },
	{ "list --title x", "--title", "see: taskctl help list" },
	{ "whoami --dry-run", "--dry-run", "see: taskctl help whoami" },
	{ "add x --filter y", "--filter", "see: taskctl help add" },
	{ "--frob list", "--frob", "see: taskctl help" },
	{ "--dry-run add x", "--dry-run", "see: taskctl help" },
	{ "-work list", "w", "see: taskctl help" },
};

static void an_option_that_is_not_the_commands_is_refused_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
		struct line line;
		struct buffer printed;

		buffer_init(&printed);
		begin_captured(&line, mistakes[i].text, &printed);
		assert_int_equal(line.error, ERROR_INVALID_PARAMS);
		assert_int_equal(line.trouble.refusal.error, ERROR_INVALID_PARAMS);
		expect_words(buffer_text(&printed), mistakes[i].printed);
		assert_string_equal(line.trouble.advice, mistakes[i].advice);
		buffer_deinit(&printed);
		end(&line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(global_options_stand_before_the_verb_or_behind_it),
		cmocka_unit_test(nothing_is_set_that_was_not_said),
		cmocka_unit_test(flags_reach_their_places),
		cmocka_unit_test(options_of_a_change_become_members),
		cmocka_unit_test(an_option_of_a_change_given_twice_is_refused),
		cmocka_unit_test(json_takes_fields_behind_an_equals_sign_alone),
		cmocka_unit_test(a_password_comes_from_a_descriptor),
		cmocka_unit_test(the_option_of_a_command_goes_before_the_global_one_of_its_name),
		cmocka_unit_test(a_lifetime_is_a_number_with_its_unit),
		cmocka_unit_test(scopes_are_given_one_by_one_or_joined),
		cmocka_unit_test(numbers_are_whole_and_within_their_limits),
		cmocka_unit_test(words_are_kept_in_their_order),
		cmocka_unit_test(what_stands_behind_an_option_that_wants_a_value_is_its_value),
		cmocka_unit_test(a_double_dash_ends_the_options),
		cmocka_unit_test(the_verb_is_the_first_word),
		cmocka_unit_test(two_words_are_tried_before_one),
		cmocka_unit_test(options_between_the_two_words_count),
		cmocka_unit_test(an_unknown_name_is_met_with_the_nearest_or_all),
		cmocka_unit_test(an_option_that_is_not_the_commands_is_refused_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
