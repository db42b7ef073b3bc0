/* Other people's hard cases, against a live daemon: JSON, UTF-8, forged tokens. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define JSON_FOLDER TEST_CORPORA "/jsontestsuite/test_parsing"
#define UTF8_FILE   TEST_CORPORA "/utf8tests/utf8tests.txt"
#define JWS_FILE    TEST_CORPORA "/wycheproof/testvectors_v1/json_web_signature_test.json"

#define EXIT_SKIPPED 77

static bool is_present(const char *path)
{
	if (access(path, R_OK) == 0)
		return true;
	print_message("skipped: there is no %s\n", path);
	return false;
}

/* --- JSON --- */

/* Valid JSON that this protocol refuses all the same: duplicate keys, and NUL inside a string. */
static bool is_refused_by_design(const char *name)
{
	static const char *const names[] = { "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
		"y_object_escaped_null_in_key.json", "y_string_null_escape.json" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/* LF ends a line. CR is white space where LF is, and forbidden where LF is, so it can stand for it in these files. */
static void read_as_line(const char *name, struct buffer *ret_line)
{
	char path[PATH_MAX];
	AUTO_FCLOSE FILE *file = NULL;
	int byte;

	(void)snprintf(path, sizeof(path), "%s/%s", JSON_FOLDER, name);
	file = fopen(path, "re");
	assert_non_null(file);
	while ((byte = getc(file)) != EOF)
		buffer_append_char(ret_line, (char)(byte == '\n' ? '\r' : byte));
}

static json_t *exchange(struct line_client *client, const struct buffer *line)
{
	line_client_send(client, line->data, line->length);
	line_client_send(client, "\n", 1);
	return line_client_read_json(client);
}

/* The kind of a refusal; of an array of refusals when they all have the same. */
static const char *kind_of(const json_t *reply)
{
	const char *kind = NULL;

	if (!json_is_array(reply))
		return text_at(json_object_get(json_object_get(reply, "error"), "data"), "kind");
	for (size_t i = 0; i < json_array_size(reply); i++) {
		const char *next = kind_of(json_array_get(reply, i));

		if (kind && strcmp(kind, next) != 0)
			return "several";
		kind = next;
	}
	return kind;
}

/* `kind` is that of a line which is JSON. */
static void check_line(struct scene *scene, const char *name, const struct buffer *line, const char *kind)
{
	json_auto_t *reply = exchange(&scene->client, line);
	const char *found = kind_of(reply);
	bool is_json = name[0] == 'y' && !is_refused_by_design(name);

	if (name[0] != 'i' && strcmp(found, is_json ? kind : "parse_error") != 0)
		fail_msg("%s got %s", name, found);
}

static void check_file(struct scene *scene, const char *name)
{
	struct buffer raw, wrapped;

	buffer_init(&raw);
	buffer_init(&wrapped);
	read_as_line(name, &raw);
	check_line(scene, name, &raw, "invalid_request");
	buffer_append_text(&wrapped, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\",\"params\":{\"value\":");
	buffer_append(&wrapped, raw.data, raw.length);
	buffer_append_text(&wrapped, "}}");
	check_line(scene, name, &wrapped, "invalid_params");
	buffer_deinit(&raw);
	buffer_deinit(&wrapped);
}

static int is_suite_file(const struct dirent *entry)
{
	return strchr("yni", entry->d_name[0]) && strstr(entry->d_name, ".json");
}

static void json_is_told_from_what_is_none_as_a_line_and_as_a_parameter(void **state)
{
	struct scene *scene = *state;
	struct dirent **entries;
	int count;

	if (!is_present(JSON_FOLDER))
		skip();
	count = scandir(JSON_FOLDER, &entries, is_suite_file, alphasort);
	assert_true(count > 300);
	for (int i = 0; i < count; i++) {
		check_file(scene, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	json_decref(line_client_result(&scene->client, "system.ping", NULL));
}

/* --- UTF-8 --- */

struct utf8_case {
	char number[32];
	bool is_valid;
	unsigned char bytes[256];
	size_t length;
};

static void read_hex(const char *text, struct utf8_case *ret_case)
{
	unsigned byte;
	int taken;

	while (sscanf(text, " %2x%n", &byte, &taken) == 1) {
		assert_true(ret_case->length < sizeof(ret_case->bytes));
		ret_case->bytes[ret_case->length++] = (unsigned char)byte;
		text += taken;
	}
}

/* `NUMBER:KIND:BYTES`, where further columns are for programs that repair. False: no test. */
static bool read_case(const char *line, struct utf8_case *ret_case)
{
	char kind[32], value[256];

	*ret_case = (struct utf8_case){ 0 };
	if (line[0] == '#' || sscanf(line, "%31[^:]: %31[^:]:%255[^:\n]", ret_case->number, kind, value) != 3)
		return false;
	ret_case->is_valid = kind[0] == 'v';
	if (strstr(kind, "hex")) {
		read_hex(value, ret_case);
	} else {
		ret_case->length = strlen(value);
		memcpy(ret_case->bytes, value, ret_case->length);
	}
	return true;
}

static bool holds(const struct utf8_case *found, bool (*test)(const unsigned char *bytes))
{
	/* The array ends in zeros, which no second byte of a sequence is. */
	for (size_t i = 0; i < found->length; i++)
		if (test(&found->bytes[i]))
			return true;
	return false;
}

/* RFC 8259 §7: inside a string these are written as escapes. */
static bool is_unescaped(const unsigned char *bytes)
{
	return bytes[0] < 0x20;
}

/* DEL and C1: JSON, but no title. */
static bool is_control(const unsigned char *bytes)
{
	return bytes[0] == 0x7f || (bytes[0] == 0xc2 && bytes[1] >= 0x80 && bytes[1] < 0xa0);
}

static json_t *add_title(struct scene *scene, const struct utf8_case *found)
{
	struct buffer line;
	json_t *reply;

	buffer_init(&line);
	buffer_printf(&line,
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"task.add\",\"params\":{\"access_token\":\"%s\","
		"\"title\":\"<",
		scene->ann.access_token);
	for (size_t i = 0; i < found->length; i++) {
		if (strchr("\"\\", found->bytes[i]) && found->bytes[i])
			buffer_append_char(&line, '\\');
		buffer_append(&line, &found->bytes[i], 1);
	}
	buffer_append_text(&line, ">\"}}");
	reply = exchange(&scene->client, &line);
	buffer_deinit(&line);
	return reply;
}

/* As it was sent, in the reply to the add and in a later one. */
static void expect_title(struct scene *scene, const json_t *task, const struct utf8_case *found)
{
	json_auto_t *later = line_client_result(
		&scene->client, "task.get", person_params(&scene->ann, "{s:I}", "id", integer_at(task, "id")));
	const char *title = text_at(task, "title");

	assert_int_equal(strlen(title), found->length + 2);
	assert_memory_equal(title + 1, found->bytes, found->length);
	assert_string_equal(text_at(json_object_get(later, "task"), "title"), title);
}

static void check_case(struct scene *scene, const struct utf8_case *found)
{
	json_auto_t *reply = add_title(scene, found);
	const json_t *task = json_object_get(json_object_get(reply, "result"), "task");

	if (!found->is_valid || holds(found, is_unescaped))
		expect_error(reply, "parse_error");
	else if (holds(found, is_control))
		expect_error(reply, "invalid_params");
	else
		expect_title(scene, task, found);
}

static void text_comes_back_byte_for_byte_and_what_is_no_utf8_is_refused(void **state)
{
	struct scene *scene = *state;
	AUTO_FCLOSE FILE *file = NULL;
	struct utf8_case found;
	char line[1024];
	unsigned valid = 0, invalid = 0;

	if (!is_present(UTF8_FILE))
		skip();
	file = fopen(UTF8_FILE, "re");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		if (!read_case(line, &found))
			continue;
		check_case(scene, &found);
		*(found.is_valid ? &valid : &invalid) += 1;
	}
	assert_true(valid > 60 && invalid > 100);
}

/* --- tokens --- */

static void refuse_token(struct scene *scene, const json_t *token)
{
	json_auto_t *error = line_client_error(
		&scene->client, "account.me", json_pack("{s:O}", "access_token", token), "unauthenticated");

	assert_string_equal(text_at(error, "message"), "Could not validate credentials");
}

static void nobody_elses_signed_token_is_accepted(void **state)
{
	struct scene *scene = *state;
	json_auto_t *root = NULL;
	const json_t *groups;
	unsigned count = 0;

	if (!is_present(JWS_FILE))
		skip();
	root = json_load_file(JWS_FILE, 0, NULL);
	groups = json_object_get(root, "testGroups");
	for (size_t i = 0; i < json_array_size(groups); i++) {
		const json_t *tests = json_object_get(json_array_get(groups, i), "tests");

		for (size_t j = 0; j < json_array_size(tests); j++, count++)
			refuse_token(scene, json_object_get(json_array_get(tests, j), "jws"));
	}
	assert_true(count > 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_told_from_what_is_none_as_a_line_and_as_a_parameter),
		cmocka_unit_test(text_comes_back_byte_for_byte_and_what_is_no_utf8_is_refused),
		cmocka_unit_test(nobody_elses_signed_token_is_accepted),
	};

	if (!is_present(TEST_CORPORA))
		return EXIT_SKIPPED;
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
