/* The ring of keys: made once, read strictly, and refused with the file's name and what to do. */
#include "auth/key.h"

#include "auth/secret.h"
#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOW    INT64_C(1800000000)
#define SECRET "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define KEY(id, secret, rest)                                                                                          \
	"{\"kid\":\"" id "\",\"alg\":\"HS256\",\"k\":\"" secret "\",\"created\":1790000000," rest "}"
#define ACTIVE "\"status\":\"active\""
#define VERIFY "\"status\":\"verify\",\"verify_until\":1900000000,\"retired\":1795000000"

struct fixture {
	char folder[64];
	char path[96];
};

static int set_up(void **state)
{
	struct fixture *fixture = memory_array(1, sizeof(*fixture));

	assert_true(secret_init());
	(void)snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/test-key-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	(void)snprintf(fixture->path, sizeof(fixture->path), "%s/keys.json", fixture->folder);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	(void)unlink(fixture->path);
	(void)rmdir(fixture->folder);
	free(fixture);
	return 0;
}

static void write_keys(const struct fixture *fixture, const char *text, mode_t mode)
{
	FILE *file = fopen(fixture->path, "we");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(fixture->path, mode), 0);
}

static enum error open_ring(
	const struct fixture *fixture, bool may_create, struct key_ring **ret_ring, struct refusal *refusal)
{
	*refusal = (struct refusal){ .error = ERROR_NONE };
	return key_ring_open(fixture->folder, NULL, may_create, KEY_HS256, NOW, ret_ring, refusal);
}

/* It names the file. */
static void expect_refused(const struct fixture *fixture, const char *words)
{
	struct key_ring *ring = NULL;
	struct refusal refusal;

	if (!open_ring(fixture, false, &ring, &refusal))
		fail_msg("opened; expected: %s", words);
	assert_non_null(strstr(refusal.message, "keys.json"));
	if (!strstr(refusal.message, words))
		fail_msg("%s; expected: %s", refusal.message, words);
}

static void a_new_ring_is_its_owners_alone_and_is_found_again(void **state)
{
	struct fixture *fixture = *state;
	struct key_ring *ring, *again;
	struct refusal refusal;
	struct stat found;

	assert_int_equal(open_ring(fixture, true, &ring, &refusal), ERROR_NONE);
	assert_int_equal(stat(fixture->path, &found), 0);
	assert_int_equal(found.st_mode & 07777, 0600);
	assert_true(key_ring_active(ring)->secret_size >= KEY_SIZE_MINIMUM);
	assert_int_equal(open_ring(fixture, false, &again, &refusal), ERROR_NONE);
	assert_string_equal(key_ring_active(again)->id, key_ring_active(ring)->id);
	assert_memory_equal(
		key_ring_active(again)->secret, key_ring_active(ring)->secret, key_ring_active(ring)->secret_size);
	key_ring_free(ring);
	key_ring_free(again);
}

static void a_missing_file_beside_a_database_is_refused(void **state)
{
	expect_refused(*state, "missing");
}

static void a_file_that_others_may_read_is_refused(void **state)
{
	static const mode_t modes[] = { 0644, 0640, 0604, 0660, 0700 };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		write_keys(fixture, "{\"keys\":[" KEY("a", SECRET, ACTIVE) "]}", modes[i]);
		expect_refused(fixture, "chmod 600");
	}
}

static void a_file_of_its_owner_is_read(void **state)
{
	static const mode_t modes[] = { 0600, 0400 };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		struct key_ring *ring;
		struct refusal refusal;

		write_keys(fixture, "{\"keys\":[" KEY("a", SECRET, ACTIVE) "]}", modes[i]);
		if (open_ring(fixture, false, &ring, &refusal))
			fail_msg("%s", refusal.message);
		assert_string_equal(key_ring_active(ring)->id, "a");
		assert_int_equal(key_ring_active(ring)->secret_size, 32);
		assert_non_null(key_ring_find(ring, "a", 1));
		assert_null(key_ring_find(ring, "b", 1));
		key_ring_free(ring);
		(void)unlink(fixture->path);
	}
}

static void a_symlink_is_refused(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(symlink("/dev/null", fixture->path), 0);
	expect_refused(fixture, "");
}

static void content_that_is_not_whole_is_refused(void **state)
{
	static const char *const contents[] = {
		"",
		"{",
		"[]",
		"{}",
		"{\"keys\":[]}",
		"{\"keys\":{}}",
		"{\"keys\":[1]}",
		"{\"keys\":[" KEY("a", SECRET, ACTIVE) "],\"more\":1}",
		"{\"keys\":[" KEY("a", "AAAA", ACTIVE) "]}",
		"{\"keys\":[" KEY("a", "", ACTIVE) "]}",
		"{\"keys\":[" KEY("a", SECRET "=", ACTIVE) "]}",
		"{\"keys\":[" KEY("", SECRET, ACTIVE) "]}",
		"{\"keys\":[" KEY("a", SECRET, "\"status\":\"asleep\"") "]}",
		"{\"keys\":[" KEY("a", SECRET, ACTIVE ",\"more\":1") "]}",
		"{\"keys\":[" KEY("a", SECRET, ACTIVE) "," KEY("a", SECRET, ACTIVE) "]}",
		"{\"keys\":[" KEY("a", SECRET, ACTIVE) "," KEY("b", SECRET, ACTIVE) "]}",
		"{\"keys\":[" KEY("a", SECRET, "\"status\":\"verify\"") "]}",
		"{\"keys\":[{\"kid\":\"a\",\"alg\":\"none\",\"k\":\"" SECRET "\",\"created\":1790000000," ACTIVE "}]}",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(contents); i++) {
		write_keys(fixture, contents[i], 0600);
		expect_refused(fixture, "");
	}
}

/* A file with an active key and `count` that verify. */
static void write_ring(const struct fixture *fixture, unsigned count)
{
	struct buffer text;

	buffer_init(&text);
	buffer_append_text(&text, "{\"keys\":[" KEY("a", SECRET, ACTIVE));
	for (unsigned i = 0; i < count; i++)
		buffer_printf(&text, ",{\"kid\":\"old%u\",\"alg\":\"HS256\",\"k\":\"%s\",\"created\":1790000000,%s}", i,
			SECRET, VERIFY);
	buffer_append_text(&text, "]}");
	write_keys(fixture, buffer_text(&text), 0600);
	buffer_deinit(&text);
}

static void a_ring_has_at_most_sixty_four_keys(void **state)
{
	struct fixture *fixture = *state;
	struct key_ring *ring;
	struct refusal refusal;

	write_ring(fixture, KEY_RING_LIMIT);
	expect_refused(fixture, "more than 64 keys");
	write_ring(fixture, KEY_RING_LIMIT - 1);
	assert_int_equal(open_ring(fixture, false, &ring, &refusal), ERROR_NONE);
	assert_non_null(key_ring_find(ring, "old62", 5));
	key_ring_free(ring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_new_ring_is_its_owners_alone_and_is_found_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_missing_file_beside_a_database_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_that_others_may_read_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_of_its_owner_is_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_symlink_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(content_that_is_not_whole_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_ring_has_at_most_sixty_four_keys, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
