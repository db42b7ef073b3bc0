/* Settings: what a file and the environment say reaches the struct, or is refused with its place and its cure. */
#include "testing.h"

#include "common/settings.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct sample {
	char *socket;
	char *greeting;
	int64_t minutes;
	int64_t level;
	bool bind_uid;
	struct setting_pairs aliases;
	struct setting_pairs styles;
};

static const char *const levels[] = { "error", "warning", "info", NULL };

static bool is_red(const char *key, const char *value, struct buffer *ret_reason)
{
	(void)key;
	if (strcmp(value, "red") == 0)
		return true;
	buffer_printf(ret_reason, "%s is not red", value);
	return false;
}

static const struct setting table[] = {
	{ .name = "socket", .type = SETTING_PATH, .offset = offsetof(struct sample, socket) },
	{ .name = "greeting",
		.type = SETTING_TEXT,
		.offset = offsetof(struct sample, greeting),
		.default_text = "hello",
		.is_reloadable = true },
	{ .name = "access_token_minutes",
		.unit = "minutes",
		.type = SETTING_INTEGER,
		.offset = offsetof(struct sample, minutes),
		.minimum = 1,
		.maximum = 60,
		.default_text = "30",
		.is_reloadable = true },
	{ .name = "log_level",
		.type = SETTING_CHOICE,
		.offset = offsetof(struct sample, level),
		.choices = levels,
		.default_text = "info",
		.is_reloadable = true },
	{ .name = "bind_uid",
		.type = SETTING_BOOLEAN,
		.offset = offsetof(struct sample, bind_uid),
		.default_text = "yes" },
	{ .name = "alias", .type = SETTING_PAIRS, .offset = offsetof(struct sample, aliases) },
	{ .name = "style", .type = SETTING_PAIRS, .offset = offsetof(struct sample, styles), .check_pair = is_red },
	{ .name = NULL },
};

static int set_up(void **state)
{
	static struct sample sample;

	sample = (struct sample){ .socket = NULL };
	*state = &sample;
	unsetenv("TASKT_SOCKET");
	unsetenv("TASKT_LOG_LEVEL");
	unsetenv("TASKT_ACCESS_TOKEN_MINUTES");
	return 0;
}

static int tear_down(void **state)
{
	settings_deinit(table, *state);
	return 0;
}

static enum error parse(void *sample, const char *text, struct refusal *refusal)
{
	return settings_parse(table, "taskd.conf", text, strlen(text), sample, refusal);
}

static void an_empty_file_gives_the_defaults(void **state)
{
	struct sample *sample = *state;

	assert_int_equal(settings_parse(table, "taskd.conf", NULL, 0, sample, NULL), ERROR_NONE);
	assert_null(sample->socket);
	assert_string_equal(sample->greeting, "hello");
	assert_int_equal(sample->minutes, 30);
	assert_int_equal(sample->level, 2);
	assert_true(sample->bind_uid);
}

static void every_type_is_read(void **state)
{
	struct sample *sample = *state;

	assert_int_equal(
		parse(sample,
			"# a comment\n\n   \t\nsocket = /run/taskd/taskd.sock\n  greeting=  a = b ; # not cut  \n"
			"\taccess_token_minutes\t=\t5\r\nlog_level = warning\nbind_uid = off",
			NULL),
		ERROR_NONE);
	assert_string_equal(sample->socket, "/run/taskd/taskd.sock");
	assert_string_equal(sample->greeting, "a = b ; # not cut");
	assert_int_equal(sample->minutes, 5);
	assert_int_equal(sample->level, 1);
	assert_false(sample->bind_uid);
}

static void pairs_are_kept_in_the_order_of_the_file(void **state)
{
	struct sample *sample = *state;

	assert_int_equal(
		parse(sample, "alias.today = list due:today\ngreeting = a\nalias.b-2_x=next", NULL), ERROR_NONE);
	assert_int_equal(sample->aliases.count, 2);
	assert_string_equal(sample->aliases.items[0].key, "today");
	assert_string_equal(sample->aliases.items[0].value, "list due:today");
	assert_string_equal(setting_pairs_find(&sample->aliases, "b-2_x")->value, "next");
	assert_null(setting_pairs_find(&sample->aliases, "toda"));
	assert_int_equal(parse(sample, "alias.other = x\nstyle.Tag.a b = red", NULL), ERROR_NONE);
	assert_string_equal(setting_pairs_find(&sample->styles, "Tag.a b")->value, "red");
	assert_int_equal(sample->aliases.count, 1);
}

static void all_words_for_yes_and_no_are_known(void **state)
{
	static const char *const yes[] = { "yes", "true", "on", "1" };
	static const char *const no[] = { "no", "false", "off", "0" };
	struct sample *sample = *state;

	for (size_t i = 0; i < COUNT_OF(yes); i++) {
		assert_int_equal(settings_set(table, "flag", "bind_uid", no[i], sample, NULL), ERROR_NONE);
		assert_false(sample->bind_uid);
		assert_int_equal(settings_set(table, "flag", "bind_uid", yes[i], sample, NULL), ERROR_NONE);
		assert_true(sample->bind_uid);
	}
}

static const struct {
	const char *text;
	const char *field;
	const char *message;
} refusals[] = {
	{ "\n\nlog_levle = info\n", "log_levle",
		"taskd.conf:3: unknown setting `log_levle`; did you mean `log_level`?" },
	{ "banana = 1", "banana", "taskd.conf:1: unknown setting `banana`" },
	{ "= 1", "", "taskd.conf:1: unknown setting ``" },
	{ "just words", "", "taskd.conf:1: a line must be `name = value`, blank, or start with #" },
	{ "access_token_minutes = 61", "access_token_minutes",
		"taskd.conf:1: `access_token_minutes` must be a whole number from 1 to 60 minutes, not `61`" },
	{ "access_token_minutes = 5 # five", "access_token_minutes",
		"taskd.conf:1: `access_token_minutes` must be a whole number from 1 to 60 minutes, not `5 # five`" },
	{ "access_token_minutes =", "access_token_minutes",
		"taskd.conf:1: `access_token_minutes` must be a whole number from 1 to 60 minutes, not ``" },
	{ "log_level = loud", "log_level",
		"taskd.conf:1: `log_level` must be one of error, warning, info, not `loud`" },
	{ "bind_uid = maybe", "bind_uid", "taskd.conf:1: `bind_uid` must be yes or no, not `maybe`" },
	{ "socket = run/x", "socket", "taskd.conf:1: `socket` must be an absolute path, not `run/x`" },
	{ "greeting = a\n# b\ngreeting = c", "greeting", "taskd.conf:3: `greeting` was already set in line 1" },
	{ "greeting = \x1b[31m", "", "taskd.conf:1: holds a control character" },
	{ "greeting = a\rb", "", "taskd.conf:1: holds a control character" },
	{ "# caf\xe9\n", "", "taskd.conf:1: is not UTF-8" },
	{ "alias = x", "alias", "taskd.conf:1: `alias` wants a name of its own behind it: `alias.NAME = value`" },
	{ "alias.a = x\n\nalias.a = y", "alias", "taskd.conf:3: `alias.a` was already set in line 1" },
	{ "alias.a =", "alias", "taskd.conf:1: `alias.a` is empty" },
	{ "alias.A = x", "alias",
		"taskd.conf:1: `alias.A`: a name is a small letter, then small letters, digits, - and _; 32 bytes at "
		"most" },
	{ "style.Tag.a b = green", "style", "taskd.conf:1: `style.Tag.a b`: green is not red" },
	{ "style.x = red\nstyle.x = red", "style", "taskd.conf:2: `style.x` was already set in line 1" },
	{ "alias. = x", "alias",
		"taskd.conf:1: `alias.`: a name is a small letter, then small letters, digits, - and _; 32 bytes at "
		"most" },
};

static void what_cannot_be_read_is_refused_with_its_place(void **state)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		struct refusal refusal;

		assert_int_equal(parse(*state, refusals[i].text, &refusal), ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.message, refusals[i].message);
		assert_string_equal(refusal.field, refusals[i].field);
		assert_int_equal(refusal.error, ERROR_INVALID_PARAMS);
	}
}

static void a_nul_byte_is_refused(void **state)
{
	struct refusal refusal;

	assert_int_equal(settings_parse(table, "f", "greeting = a\0b\n", 15, *state, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.message, "f:1: holds a control character");
}

static void an_error_leaves_the_struct_untouched(void **state)
{
	struct sample *sample = *state;

	assert_int_equal(parse(sample, "greeting = before\naccess_token_minutes = 7\n", NULL), ERROR_NONE);
	assert_int_equal(
		parse(sample, "greeting = after\naccess_token_minutes = 8\nbanana = 1\n", NULL), ERROR_INVALID_PARAMS);
	assert_string_equal(sample->greeting, "before");
	assert_int_equal(sample->minutes, 7);
}

static void a_second_load_releases_the_first(void **state)
{
	struct sample *sample = *state;

	assert_int_equal(parse(sample, "greeting = one\nsocket = /one\n", NULL), ERROR_NONE);
	assert_int_equal(parse(sample, "greeting = two\n", NULL), ERROR_NONE);
	assert_string_equal(sample->greeting, "two");
	assert_null(sample->socket);
}

/* A file of its own for one test; the caller unlinks it. */
static void write_file(char *path_template, const char *content)
{
	AUTO_CLOSE int fd = mkstemp(path_template);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, content, strlen(content)), strlen(content));
}

static void the_environment_wins_over_the_file(void **state)
{
	struct sample *sample = *state;
	char path[] = "/tmp/test_settings_XXXXXX";

	write_file(path, "log_level = error\nsocket = /file\naccess_token_minutes = 9\n");
	setenv("TASKT_LOG_LEVEL", "warning", 1);
	setenv("TASKT_SOCKET", "", 1);
	assert_int_equal(settings_load(table, "TASKT_", path, false, sample, NULL), ERROR_NONE);
	unlink(path);
	assert_int_equal(sample->level, 1);
	assert_string_equal(sample->socket, "/file");
	assert_int_equal(sample->minutes, 9);
}

static void a_bad_variable_is_named(void **state)
{
	struct refusal refusal;

	setenv("TASKT_LOG_LEVEL", "loud", 1);
	assert_int_equal(settings_load(table, "TASKT_", NULL, false, *state, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(
		refusal.message, "TASKT_LOG_LEVEL: `log_level` must be one of error, warning, info, not `loud`");
	setenv("TASKT_LOG_LEVEL", "\xff", 1);
	assert_int_equal(settings_load(table, "TASKT_", NULL, false, *state, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.message, "TASKT_LOG_LEVEL: is not UTF-8");
}

static void a_missing_file_is_empty_only_where_it_may_be_missing(void **state)
{
	struct refusal refusal;

	assert_int_equal(settings_load(table, "TASKT_", "/nowhere/x.conf", true, *state, &refusal), ERROR_NONE);
	assert_int_equal(
		settings_load(table, "TASKT_", "/nowhere/x.conf", false, *state, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.message, "/nowhere/x.conf: cannot be read: No such file or directory");
	assert_int_equal(settings_load(table, "TASKT_", NULL, false, *state, &refusal), ERROR_NONE);
	assert_int_equal(settings_load(table, "TASKT_", "/tmp", true, *state, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.message, "/tmp: cannot be read: Is a directory");
}

static void an_endless_file_is_refused(void **state)
{
	struct refusal refusal;

	assert_int_equal(settings_load(table, "TASKT_", "/dev/zero", true, *state, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.message, "/dev/zero: cannot be read: larger than 1 MiB");
}

static void a_flag_sets_one_and_is_named_when_refused(void **state)
{
	struct sample *sample = *state;
	struct refusal refusal;

	assert_int_equal(parse(sample, "socket = /one\n", NULL), ERROR_NONE);
	assert_int_equal(settings_set(table, "--socket", "socket", "/two", sample, &refusal), ERROR_NONE);
	assert_string_equal(sample->socket, "/two");
	assert_int_equal(settings_set(table, "--socket", "socket", "two", sample, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.message, "--socket: `socket` must be an absolute path, not `two`");
	assert_string_equal(sample->socket, "/two");
	assert_int_equal(settings_set(table, "--x", "sokcet", "/two", sample, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.message, "--x: unknown setting `sokcet`; did you mean `socket`?");
}

static void what_is_formatted_reads_back(void **state)
{
	static const char *const expected[] = { "/run/x", "a b", "5", "warning", "no", "", "" };
	char text[64];

	assert_int_equal(parse(*state,
				 "socket = /run/x\ngreeting = a b\naccess_token_minutes = 5\nlog_level = warning\n"
				 "bind_uid = no\n",
				 NULL),
		ERROR_NONE);
	for (size_t i = 0; table[i].name; i++) {
		settings_format(&table[i], *state, text, sizeof(text));
		assert_string_equal(text, expected[i]);
	}
}

static const struct {
	const char *after;
	const char *changed;
} changes[] = {
	{ "socket = /one\n", NULL },
	{ "socket = /one\nlog_level = error\ngreeting = x\naccess_token_minutes = 1\n", NULL },
	{ "socket = /two\n", "socket" },
	{ "", "socket" },
	{ "socket = /one\nbind_uid = no\n", "bind_uid" },
	{ "socket = /one\nalias.a = x\n", "alias" },
};

static void a_change_that_needs_a_restart_is_named(void **state)
{
	struct sample *before = *state;

	assert_int_equal(parse(before, "socket = /one\n", NULL), ERROR_NONE);
	for (size_t i = 0; i < COUNT_OF(changes); i++) {
		struct sample after = { .socket = NULL };
		const char *changed;

		assert_int_equal(parse(&after, changes[i].after, NULL), ERROR_NONE);
		changed = settings_find_fixed_change(table, before, &after);
		assert_int_equal(changed != NULL, changes[i].changed != NULL);
		if (changed)
			assert_string_equal(changed, changes[i].changed);
		settings_deinit(table, &after);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_empty_file_gives_the_defaults, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_type_is_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pairs_are_kept_in_the_order_of_the_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(all_words_for_yes_and_no_are_known, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_read_is_refused_with_its_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_nul_byte_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_error_leaves_the_struct_untouched, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_second_load_releases_the_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_environment_wins_over_the_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_bad_variable_is_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_missing_file_is_empty_only_where_it_may_be_missing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_endless_file_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_flag_sets_one_and_is_named_when_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_formatted_reads_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_change_that_needs_a_restart_is_named, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
