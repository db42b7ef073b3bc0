/* What nobody may find: passwords, tokens and codes of a whole run, in whatever the daemon leaves behind. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define FIRST_PASSWORD  "the very first phrase, as long as a diceware one"
#define SECOND_PASSWORD "the phrase that came second, with some words more"
#define THIRD_PASSWORD  "a third phrase by code, typed from a slip of paper"
#define WRONG_PASSWORD  "a phrase that was never right, however often tried"
#define TYPED_PASSWORD  "a phrase in a line that is broken before its end"
#define EMAIL           "secretive@example.com"
#define SECRETS_LIMIT   64u
#define BATCH_LOGINS    3

struct secrets {
	char *texts[SECRETS_LIMIT];
	size_t count;
};

static const char *keep(struct secrets *secrets, const char *text)
{
	assert_true(secrets->count < SECRETS_LIMIT);
	secrets->texts[secrets->count] = memory_strdup(text);
	return secrets->texts[secrets->count++];
}

static void forget(struct secrets *secrets)
{
	for (size_t i = 0; i < secrets->count; i++)
		free(secrets->texts[i]);
}

/* --- a life full of secrets --- */

static json_t *with_token(const char *token, const char *format, const char *name, const char *value)
{
	json_t *params = name ? json_pack(format, name, value) : json_object();

	(void)json_object_set_new(params, "access_token", json_string(token));
	return params;
}

static const char *take_grant(struct secrets *secrets, json_t *grant)
{
	const char *access = keep(secrets, text_at(grant, "access_token"));

	(void)keep(secrets, text_at(grant, "refresh_token"));
	json_decref(grant);
	return access;
}

static json_t *credentials(const char *password)
{
	return json_pack("{s:s,s:s}", "email", EMAIL, "password", password);
}

static void use_personal_token(struct line_client *client, struct secrets *secrets, const char *access)
{
	json_t *params =
		json_pack("{s:s,s:s,s:[s]}", "password", FIRST_PASSWORD, "name", "script", "scopes", "tasks:write");
	json_auto_t *made = NULL;
	const char *token;

	(void)json_object_set_new(params, "access_token", json_string(access));
	made = line_client_result(client, "token.create", params);
	token = keep(secrets, text_at(made, "token"));
	json_decref(line_client_result(client, "task.add",
		json_pack("{s:s,s:s,s:s}", "access_token", token, "title", "by script", "idempotency_key", "once")));
	json_decref(line_client_error(client, "account.log", with_token(token, "{s:s}", "cursor", "1"), "forbidden"));
	json_decref(line_client_result(client, "auth.introspect", json_pack("{s:s}", "token", token)));
}

static void change_password(struct line_client *client, struct secrets *secrets, const char *access)
{
	json_t *params = json_pack("{s:s,s:s}", "password", FIRST_PASSWORD, "new_password", SECOND_PASSWORD);

	(void)json_object_set_new(params, "access_token", json_string(access));
	(void)take_grant(secrets, line_client_result(client, "account.change_password", params));
}

static void reset_password(struct line_client *client, struct secrets *secrets)
{
	json_auto_t *made =
		line_client_result(client, "system.reset_code", json_pack("{s:b,s:s}", "operator", 1, "email", EMAIL));
	const char *code = keep(secrets, text_at(made, "code"));
	json_t *params = json_pack("{s:s,s:s,s:s}", "email", EMAIL, "code", code, "new_password", THIRD_PASSWORD);

	json_decref(line_client_error(client, "account.reset_password",
		json_pack("{s:s,s:s,s:s}", "email", EMAIL, "code", "00000-00000-00000-00000-00000", "new_password",
			WRONG_PASSWORD),
		"unauthenticated"));
	(void)take_grant(secrets, line_client_result(client, "account.reset_password", params));
}

/* Several at once: each of them is answered, and all leave together. */
static void log_in_by_batch(struct line_client *client, struct secrets *secrets, const char *access)
{
	json_auto_t *batch = json_array();
	json_auto_t *replies = NULL;
	AUTO_FREE char *line = NULL;

	for (int i = 0; i < BATCH_LOGINS; i++)
		(void)json_array_append_new(batch, json_pack("{s:s,s:i,s:s,s:o}", "jsonrpc", "2.0", "id", i, "method",
							   "auth.login", "params", credentials(FIRST_PASSWORD)));
	(void)json_array_append_new(batch, json_pack("{s:s,s:i,s:s,s:{s:s}}", "jsonrpc", "2.0", "id", BATCH_LOGINS,
						   "method", "account.me", "params", "access_token", access));
	line = json_dumps(batch, JSON_COMPACT);
	line_client_send_line(client, line);
	replies = line_client_read_json(client);
	assert_int_equal(json_array_size(replies), BATCH_LOGINS + 1);
	for (size_t i = 0; i < BATCH_LOGINS; i++)
		(void)take_grant(secrets, json_incref(json_object_get(json_array_get(replies, i), "result")));
}

/* What is no request at all carries secrets too, in lines short and long, whole and in parts. */
static void mistype(struct line_client *client, const char *access)
{
	static const char *const lines[] = {
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"auth.login\",\"params\":{\"email\":\"" EMAIL
		"\",\"password\":\"" TYPED_PASSWORD "\"}",
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"auth.logon\",\"params\":{\"password\":\"" TYPED_PASSWORD
		"\"}}",
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\",\"params\":{\"password\":\"" TYPED_PASSWORD
		"\"}}",
		"[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"auth.login\",\"params\":[\"" TYPED_PASSWORD "\"]}]",
		TYPED_PASSWORD,
	};
	struct buffer long_line;

	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		line_client_send_line(client, lines[i]);
		json_decref(line_client_read_json(client));
	}
	buffer_init(&long_line);
	for (int i = 0; i < 2000; i++)
		buffer_printf(&long_line, "%s %s ", TYPED_PASSWORD, access);
	line_client_send_line(client, buffer_text(&long_line));
	buffer_deinit(&long_line);
	json_decref(line_client_read_json(client));
}

/* Whoever does not stay for the answer: the hash is made all the same, or the line ends in its middle. */
static void leave_early(const struct test_daemon *daemon)
{
	struct line_client client;

	line_client_open(&client, daemon->socket);
	line_client_request(&client, "auth.login", credentials(TYPED_PASSWORD));
	line_client_close(&client);
	line_client_open(&client, daemon->socket);
	line_client_send(&client, TYPED_PASSWORD, strlen(TYPED_PASSWORD));
	line_client_close(&client);
}

static void live(struct line_client *client, struct secrets *secrets)
{
	static const char *const passwords[] = { FIRST_PASSWORD, SECOND_PASSWORD, THIRD_PASSWORD, WRONG_PASSWORD,
		TYPED_PASSWORD };
	const char *access;

	json_decref(line_client_result(client, "account.signup", credentials(FIRST_PASSWORD)));
	json_decref(line_client_error(client, "auth.login", credentials(WRONG_PASSWORD), "unauthenticated"));
	access = take_grant(secrets, line_client_result(client, "auth.login", credentials(FIRST_PASSWORD)));
	(void)take_grant(secrets,
		line_client_result(client, "auth.refresh", json_pack("{s:s}", "refresh_token", secrets->texts[1])));
	json_decref(line_client_error(
		client, "auth.refresh", json_pack("{s:s}", "refresh_token", WRONG_PASSWORD), "unauthenticated"));
	use_personal_token(client, secrets, access);
	log_in_by_batch(client, secrets, access);
	mistype(client, access);
	json_decref(line_client_result(client, "task.add", with_token(access, "{s:s}", "title", "by hand")));
	json_decref(line_client_result(client, "session.list", with_token(access, "{}", NULL, NULL)));
	json_decref(line_client_error(client, "account.signup", credentials(WRONG_PASSWORD), "conflict"));
	json_decref(line_client_error(
		client, "account.delete", with_token(access, "{s:s}", "password", WRONG_PASSWORD), "forbidden"));
	json_decref(
		line_client_result(client, "account.export", with_token(access, "{s:s}", "password", FIRST_PASSWORD)));
	json_decref(line_client_result(client, "account.change_email",
		json_pack("{s:s,s:s,s:s}", "access_token", access, "password", FIRST_PASSWORD, "email", EMAIL)));
	change_password(client, secrets, access);
	reset_password(client, secrets);
	for (size_t i = 0; i < COUNT_OF(passwords); i++)
		(void)keep(secrets, passwords[i]);
}

/* --- looking --- */

/*
 * The end of it: a beginning may be an identifier that is no secret, and malloc writes over the first 16 bytes of what
 * is freed.
 */
static const char *secret_part(const char *secret)
{
	size_t length = strlen(secret);
	size_t kept = length > 40 ? 24 : 12;

	return secret + length - kept;
}

/* Each is printed, and the test fails when all has been searched. Never more than the beginning of what was found. */
static unsigned findings;

static void note(size_t secret, const char *text, const char *where, size_t at, const char *form)
{
	findings++;
	print_error("%s, at %zx: the secret %zu%s, %.4s… of %zu bytes\n", where, at, secret, form, text, strlen(text));
}

/* As Unicode libraries have it between two forms. */
static void look_for_code_points(
	const struct secrets *secrets, size_t secret, const char *bytes, size_t length, const char *where)
{
	const char *part = secret_part(secrets->texts[secret]);
	uint32_t points[8];
	/* What lies further behind is overwritten less. */
	size_t count = strlen(part) < 8 ? strlen(part) : 8;
	const char *found;

	part += strlen(part) - count;
	for (size_t i = 0; i < count; i++)
		points[i] = (unsigned char)part[i];
	found = memmem(bytes, length, points, count * sizeof(points[0]));
	if (found)
		note(secret, secrets->texts[secret], where, (size_t)(found - bytes), " in code points");
}

static void look_through(const struct secrets *secrets, const char *bytes, size_t length, const char *where)
{
	for (size_t i = 0; i < secrets->count; i++) {
		const char *part = secret_part(secrets->texts[i]);
		const char *found = memmem(bytes, length, part, strlen(part));

		if (found)
			note(i, secrets->texts[i], where, (size_t)(found - bytes), "");
		look_for_code_points(secrets, i, bytes, length, where);
	}
}

static void expect_no_finding(void)
{
	unsigned count = findings;

	findings = 0;
	if (count)
		fail_msg("%u secrets found", count);
}

static void search_file(const struct secrets *secrets, const char *path)
{
	AUTO_FCLOSE FILE *file = fopen(path, "re");
	char *bytes;
	size_t length;

	if (!file)
		return;
	bytes = memory_array(1, (size_t)16 << 20);
	length = fread(bytes, 1, (size_t)16 << 20, file);
	assert_true(length < (size_t)16 << 20);
	look_through(secrets, bytes, length, path);
	free(bytes);
}

static unsigned search_folder(const struct secrets *secrets, const char *folder)
{
	DIR *directory = opendir(folder);
	const struct dirent *entry;
	char path[512];
	unsigned count = 0;

	assert_non_null(directory);
	while ((entry = readdir(directory))) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		search_file(secrets, path);
		count++;
	}
	(void)closedir(directory);
	return count;
}

static void search_process(const struct secrets *secrets, pid_t pid)
{
	static const char *const names[] = { "environ", "cmdline" };
	char path[64];

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, names[i]);
		search_file(secrets, path);
	}
}

/* One mapping, piece by piece; pieces overlap by more than a secret is long. False: it cannot be read. */
static bool search_mapping(const struct secrets *secrets, pid_t pid, unsigned long start, unsigned long end)
{
	static char bytes[1 << 20];
	const size_t overlap = 4096;

	for (unsigned long at = start; at < end; at += sizeof(bytes) - overlap) {
		struct iovec local = { bytes, end - at < sizeof(bytes) ? end - at : sizeof(bytes) };
		struct iovec remote = { (void *)at, local.iov_len }; /* NOLINT(performance-no-int-to-ptr) */
		ssize_t count = process_vm_readv(pid, &local, 1, &remote, 1, 0);
		char where[80];

		if (count <= 0)
			return at > start;
		(void)snprintf(where, sizeof(where), "memory at %lx", at);
		look_through(secrets, bytes, (size_t)count, where);
	}
	return true;
}

static unsigned search_memory(const struct secrets *secrets, pid_t pid)
{
	char path[64], line[512];
	AUTO_FCLOSE FILE *maps = NULL;
	unsigned count = 0;

	(void)snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	maps = fopen(path, "re");
	while (maps && fgets(line, sizeof(line), maps)) {
		unsigned long start, end;

		if (sscanf(line, "%lx-%lx rw", &start, &end) == 2 && strstr(line, " rw"))
			count += search_mapping(secrets, pid, start, end);
	}
	return count;
}

static void nothing_that_is_left_behind_holds_a_secret(void **state)
{
	struct test_daemon daemon;
	struct line_client client;
	struct secrets secrets = { .count = 0 };

	(void)state;
	test_daemon_init(&daemon);
	test_daemon_start(&daemon, &(struct test_daemon_start){ .settings = "log_level = debug\n" });
	line_client_open(&client, daemon.socket);
	leave_early(&daemon);
	live(&client, &secrets);
	assert_true(search_folder(&secrets, daemon.data) >= 4);
	search_file(&secrets, daemon.log);
	search_process(&secrets, daemon.pid);
	line_client_close(&client);
	test_daemon_stop(&daemon);
	assert_true(search_folder(&secrets, daemon.data) >= 3);
	search_file(&secrets, daemon.log);
	expect_no_finding();
	forget(&secrets);
	test_daemon_deinit(&daemon);
}

/* The sanitizers keep what was freed, and libraries' copies with it; a plain daemon does not. */
static void nothing_of_a_secret_stays_in_memory_when_its_client_has_gone(void **state)
{
	struct test_daemon daemon;
	struct line_client client, later;
	struct secrets secrets = { .count = 0 };
	bool is_searched;

	(void)state;
	if (TEST_IS_SANITIZED && !getenv("TASKD_UNDER_TEST")) {
		print_message("skipped: a sanitizer keeps what was freed; name a plain taskd in TASKD_UNDER_TEST\n");
		skip();
	}
	test_daemon_init(&daemon);
	test_daemon_start(&daemon, NULL);
	line_client_open(&client, daemon.socket);
	leave_early(&daemon);
	live(&client, &secrets);
	line_client_close(&client);
	/* Another client is answered, so the first one's end was seen. */
	line_client_open(&later, daemon.socket);
	json_decref(line_client_result(&later, "system.ping", NULL));
	is_searched = search_memory(&secrets, daemon.pid) > 0;
	expect_no_finding();
	line_client_close(&later);
	forget(&secrets);
	test_daemon_stop(&daemon);
	test_daemon_deinit(&daemon);
	if (!is_searched) {
		print_message("skipped: only root may read the memory of the daemon\n");
		skip();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_that_is_left_behind_holds_a_secret),
		cmocka_unit_test(nothing_of_a_secret_stays_in_memory_when_its_client_has_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
