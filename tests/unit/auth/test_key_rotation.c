/* What a rotation leaves on the disk, in memory alike: when it succeeds, when the disk fails it, when it may not be. */
#include "auth/key.h"

#include "auth/secret.h"
#include "common/cleanup.h"
#include "common/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NOW      INT64_C(1800000000)
#define LIFETIME INT64_C(1800)

struct fixture {
	char folder[64];
	char path[96];
	char fresh[104]; /* where the next file is written */
	struct key_ring *ring;
};

/* --- a disk that fails --- */

static struct {
	bool fails_file;
	bool fails_folder;
	void (*on_file)(void *context); /* while a rotation writes */
	void *context;
} disk;

/* In place of libc's, in this program. */
int fsync(int fd)
{
	struct stat found;
	bool is_folder = !fstat(fd, &found) && S_ISDIR(found.st_mode);

	if (!is_folder && disk.on_file)
		disk.on_file(disk.context);
	if (is_folder ? disk.fails_folder : disk.fails_file) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

static int set_up(void **state)
{
	struct fixture *fixture = memory_array(1, sizeof(*fixture));

	memset(&disk, 0, sizeof(disk));
	assert_true(secret_init());
	(void)snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/test-rotation-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	(void)snprintf(fixture->path, sizeof(fixture->path), "%s/keys.json", fixture->folder);
	(void)snprintf(fixture->fresh, sizeof(fixture->fresh), "%s.new", fixture->path);
	assert_int_equal(key_ring_open(fixture->folder, NULL, true, KEY_HS256, NOW, &fixture->ring, NULL), ERROR_NONE);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	key_ring_free(fixture->ring);
	(void)rmdir(fixture->fresh);
	(void)unlink(fixture->fresh);
	(void)unlink(fixture->path);
	(void)rmdir(fixture->folder);
	free(fixture);
	return 0;
}

/* --- helpers --- */

static enum error rotate_at(struct fixture *fixture, int64_t now, struct refusal *refusal)
{
	const struct key_rotation rotation = { .algorithm = KEY_HS256, .now = now, .verify_seconds = LIFETIME };

	return key_ring_rotate(fixture->ring, &rotation, refusal);
}

static enum error revoke_at(struct fixture *fixture, int64_t now, struct refusal *refusal)
{
	const struct key_rotation rotation = {
		.algorithm = KEY_HS256, .now = now, .verify_seconds = LIFETIME, .revoke_old = true
	};

	return key_ring_rotate(fixture->ring, &rotation, refusal);
}

static struct key_ring_facts describe(const struct fixture *fixture)
{
	struct key_ring_facts facts;

	key_ring_describe(fixture->ring, &facts);
	return facts;
}

static const struct key *find(const struct key_ring *ring, const char *id)
{
	return key_ring_find(ring, id, strlen(id));
}

static void assert_same_key(const struct key *a, const struct key *b)
{
	assert_non_null(a);
	assert_non_null(b);
	assert_int_equal(a->algorithm, b->algorithm);
	assert_int_equal(a->secret_size, b->secret_size);
	assert_memory_equal(a->secret, b->secret, a->secret_size);
	assert_int_equal(a->created_at, b->created_at);
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->retired_at, b->retired_at);
	assert_int_equal(a->verify_until, b->verify_until);
}

/* Of the keys in `ids`, the ring and the file hold the same, and no others. */
static void assert_file_agrees(const struct fixture *fixture, char ids[][KEY_ID_LIMIT + 1], size_t count)
{
	struct key_ring *again;
	struct key_ring_facts facts;

	assert_int_equal(key_ring_open(fixture->folder, NULL, false, KEY_HS256, NOW, &again, NULL), ERROR_NONE);
	for (size_t i = 0; i < count; i++)
		assert_same_key(find(fixture->ring, ids[i]), find(again, ids[i]));
	key_ring_describe(again, &facts);
	assert_int_equal(facts.count, count);
	assert_int_equal(describe(fixture).count, count);
	assert_string_equal(facts.active_id, describe(fixture).active_id);
	key_ring_free(again);
}

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

/* The id of the key that signs a token of that time; empty: none may. */
static void find_signer(const struct key_ring *ring, int64_t issued_at, char ret_id[KEY_ID_LIMIT + 1])
{
	const struct key *key;

	ret_id[0] = '\0';
	if (key_ring_lock_to_sign(ring, issued_at, &key))
		return;
	(void)snprintf(ret_id, KEY_ID_LIMIT + 1, "%s", key->id);
	key_ring_unlock(ring);
}

/* --- when it succeeds --- */

static void the_new_key_signs_while_the_old_one_verifies(void **state)
{
	struct fixture *fixture = *state;
	struct key_ring_facts old = describe(fixture), facts;
	uint64_t generation = key_ring_generation(fixture->ring);
	const struct key_rotation rotation = { .algorithm = KEY_HS512, .now = NOW + 5, .verify_seconds = LIFETIME };
	const struct key *key;

	assert_int_equal(key_ring_rotate(fixture->ring, &rotation, NULL), ERROR_NONE);
	facts = describe(fixture);
	assert_string_not_equal(facts.active_id, old.active_id);
	assert_int_equal(facts.algorithm, KEY_HS512);
	assert_int_equal(facts.count, 2);
	assert_int_equal(facts.old_valid_until, NOW + 5 + LIFETIME);
	assert_int_equal(find(fixture->ring, facts.active_id)->secret_size, 64);
	key = find(fixture->ring, old.active_id);
	assert_int_equal(key->status, KEY_VERIFY);
	assert_int_equal(key->retired_at, NOW + 5);
	assert_int_equal(key->verify_until, NOW + 5 + LIFETIME);
	assert_true(key_ring_generation(fixture->ring) > generation);
}

static void ring_and_file_hold_the_same(void **state)
{
	static const enum key_algorithm algorithms[] = { KEY_HS384, KEY_HS512, KEY_HS256 };
	struct fixture *fixture = *state;
	char ids[4][KEY_ID_LIMIT + 1];
	struct stat found;

	(void)snprintf(ids[0], sizeof(ids[0]), "%s", describe(fixture).active_id);
	for (int i = 0; i < 3; i++) {
		const struct key_rotation rotation = {
			.algorithm = algorithms[i], .now = NOW + i, .verify_seconds = LIFETIME
		};

		assert_int_equal(key_ring_rotate(fixture->ring, &rotation, NULL), ERROR_NONE);
		(void)snprintf(ids[i + 1], sizeof(ids[0]), "%s", describe(fixture).active_id);
	}
	assert_file_agrees(fixture, ids, 4);
	assert_int_equal(stat(fixture->path, &found), 0);
	assert_int_equal(found.st_mode & 07777, 0600);
	assert_false(is_there(fixture->fresh));
	assert_int_equal(key_ring_reload(fixture->ring, NULL), ERROR_NONE);
	assert_file_agrees(fixture, ids, 4);
}

static void a_key_goes_when_its_time_is_over(void **state)
{
	struct fixture *fixture = *state;
	struct key_ring_facts first = describe(fixture);

	assert_int_equal(rotate_at(fixture, NOW, NULL), ERROR_NONE);
	assert_int_equal(rotate_at(fixture, NOW + LIFETIME - 1, NULL), ERROR_NONE);
	assert_non_null(find(fixture->ring, first.active_id));
	assert_int_equal(rotate_at(fixture, NOW + LIFETIME, NULL), ERROR_NONE);
	assert_null(find(fixture->ring, first.active_id));
	assert_int_equal(describe(fixture).count, 3);
}

static void revoking_leaves_the_new_key_alone(void **state)
{
	struct fixture *fixture = *state;
	char ids[1][KEY_ID_LIMIT + 1];

	assert_int_equal(rotate_at(fixture, NOW, NULL), ERROR_NONE);
	assert_int_equal(revoke_at(fixture, NOW, NULL), ERROR_NONE);
	(void)snprintf(ids[0], sizeof(ids[0]), "%s", describe(fixture).active_id);
	assert_file_agrees(fixture, ids, 1);
	assert_int_equal(describe(fixture).old_valid_until, 0);
}

static void what_a_killed_rotation_left_is_no_hindrance(void **state)
{
	struct fixture *fixture = *state;
	int fd = open(fixture->fresh, O_WRONLY | O_CREAT | O_CLOEXEC, 0400);

	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(rotate_at(fixture, NOW, NULL), ERROR_NONE);
	assert_false(is_there(fixture->fresh));
}

/* --- while it writes --- */

struct waiter {
	struct fixture *fixture;
	pthread_t thread;
	char old_id[KEY_ID_LIMIT + 1];   /* the active one of before */
	char while_id[KEY_ID_LIMIT + 1]; /* signed with during the writing, in the second of the retirement */
	char late_id[KEY_ID_LIMIT + 1];  /* asked for during the writing, for a second later */
};

static void *sign_late(void *context)
{
	struct waiter *waiter = context;

	find_signer(waiter->fixture->ring, NOW + 1, waiter->late_id);
	return NULL;
}

static void on_file_written(void *context)
{
	struct waiter *waiter = context;

	assert_non_null(key_ring_active(waiter->fixture->ring));
	find_signer(waiter->fixture->ring, NOW, waiter->while_id);
	assert_int_equal(pthread_create(&waiter->thread, NULL, sign_late, waiter), 0);
	(void)usleep(20000);
}

static void a_token_issued_behind_the_retirement_waits_for_the_new_key(void **state)
{
	struct fixture *fixture = *state;
	struct waiter waiter = { .fixture = fixture };

	(void)snprintf(waiter.old_id, sizeof(waiter.old_id), "%s", describe(fixture).active_id);
	disk.on_file = on_file_written;
	disk.context = &waiter;
	assert_int_equal(rotate_at(fixture, NOW, NULL), ERROR_NONE);
	assert_int_equal(pthread_join(waiter.thread, NULL), 0);
	assert_string_equal(waiter.while_id, waiter.old_id);
	assert_string_equal(waiter.late_id, describe(fixture).active_id);
}

/* The clock of a request may be older than that of a login that came before it. */
static void the_retirement_is_no_earlier_than_the_last_token(void **state)
{
	struct fixture *fixture = *state;
	struct key_ring_facts old = describe(fixture);
	char id[KEY_ID_LIMIT + 1];

	find_signer(fixture->ring, NOW + 2, id);
	assert_string_equal(id, old.active_id);
	assert_int_equal(rotate_at(fixture, NOW, NULL), ERROR_NONE);
	assert_int_equal(find(fixture->ring, old.active_id)->retired_at, NOW + 2);
	assert_int_equal(describe(fixture).old_valid_until, NOW + 2 + LIFETIME);
}

/* After the clock was put back: such tokens are refused anyway. */
static void a_token_of_the_far_future_puts_no_retirement_off(void **state)
{
	struct fixture *fixture = *state;
	struct key_ring_facts old = describe(fixture);
	char id[KEY_ID_LIMIT + 1];

	find_signer(fixture->ring, NOW + 100000, id);
	assert_int_equal(rotate_at(fixture, NOW, NULL), ERROR_NONE);
	assert_int_equal(find(fixture->ring, old.active_id)->retired_at, NOW + 60);
}

/* --- when it fails --- */

static void limit_files_to(rlim_t bytes)
{
	struct rlimit limit;

	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static size_t read_file(const struct fixture *fixture, char *ret_text, size_t size)
{
	AUTO_FCLOSE FILE *file = fopen(fixture->path, "re");

	assert_non_null(file);
	return fread(ret_text, 1, size, file);
}

static void make_obstacle(const struct fixture *fixture)
{
	assert_int_equal(mkdir(fixture->fresh, 0700), 0);
}

static void remove_obstacle(const struct fixture *fixture)
{
	assert_int_equal(rmdir(fixture->fresh), 0);
}

static void fill_disk(const struct fixture *fixture)
{
	(void)fixture;
	limit_files_to(0);
}

/* The first write is a short one. */
static void fill_disk_but_for_a_little(const struct fixture *fixture)
{
	(void)fixture;
	limit_files_to(100);
}

static void free_disk(const struct fixture *fixture)
{
	(void)fixture;
	limit_files_to(RLIM_INFINITY);
}

static void break_disk(const struct fixture *fixture)
{
	(void)fixture;
	disk.fails_file = true;
}

static void mend_disk(const struct fixture *fixture)
{
	(void)fixture;
	disk.fails_file = false;
}

static const struct fault {
	const char *name;
	void (*begin)(const struct fixture *fixture);
	void (*end)(const struct fixture *fixture);
	const char *words;
} faults[] = {
	{ "a folder in the way", make_obstacle, remove_obstacle, "File exists" },
	{ "a full disk", fill_disk, free_disk, "File too large" },
	{ "a short write", fill_disk_but_for_a_little, free_disk, "File too large" },
	{ "a failed fsync", break_disk, mend_disk, "Input/output error" },
};

static void assert_fault_changes_nothing(struct fixture *fixture, const struct fault *fault)
{
	struct key_ring_facts old = describe(fixture);
	uint64_t generation = key_ring_generation(fixture->ring);
	char before[4096], after[4096], id[KEY_ID_LIMIT + 1];
	size_t length = read_file(fixture, before, sizeof(before));
	struct refusal refusal;
	enum error error;

	print_message("%s\n", fault->name);
	fault->begin(fixture);
	error = rotate_at(fixture, NOW, &refusal);
	fault->end(fixture);
	assert_int_equal(error, ERROR_STORAGE);
	assert_true(refusal.is_storage_final);
	assert_non_null(strstr(refusal.message, "keys.json"));
	assert_non_null(strstr(refusal.message, fault->words));
	assert_int_equal(read_file(fixture, after, sizeof(after)), length);
	assert_memory_equal(before, after, length);
	assert_false(is_there(fixture->fresh));
	assert_int_equal(describe(fixture).count, old.count);
	assert_int_equal(key_ring_generation(fixture->ring), generation);
	/* Also for later tokens: nothing waits for a rotation that is not. */
	find_signer(fixture->ring, NOW + 1, id);
	assert_string_equal(id, old.active_id);
}

static void a_disk_that_fails_leaves_ring_and_file_as_they_were(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		assert_fault_changes_nothing(fixture, &faults[i]);
		assert_int_equal(rotate_at(fixture, NOW + 1, NULL), ERROR_NONE);
	}
}

static void nothing_is_signed_while_a_crash_may_bring_the_old_file_back(void **state)
{
	struct fixture *fixture = *state;
	char ids[2][KEY_ID_LIMIT + 1], id[KEY_ID_LIMIT + 1];
	struct refusal refusal;

	(void)snprintf(ids[0], sizeof(ids[0]), "%s", describe(fixture).active_id);
	disk.fails_folder = true;
	assert_int_equal(rotate_at(fixture, NOW, &refusal), ERROR_STORAGE);
	assert_false(refusal.is_storage_final);
	assert_non_null(strstr(refusal.message, "crash"));
	(void)snprintf(ids[1], sizeof(ids[1]), "%s", describe(fixture).active_id);
	assert_string_not_equal(ids[0], ids[1]);
	assert_file_agrees(fixture, ids, 2);
	find_signer(fixture->ring, NOW, id);
	assert_string_equal(id, "");
	disk.fails_folder = false;
	find_signer(fixture->ring, NOW + 1, id);
	assert_string_equal(id, ids[1]);
	assert_file_agrees(fixture, ids, 2);
}

static void the_next_rotation_ends_the_doubt(void **state)
{
	struct fixture *fixture = *state;
	char id[KEY_ID_LIMIT + 1];

	disk.fails_folder = true;
	assert_int_equal(rotate_at(fixture, NOW, NULL), ERROR_STORAGE);
	disk.fails_folder = false;
	assert_int_equal(rotate_at(fixture, NOW + 1, NULL), ERROR_NONE);
	disk.fails_folder = disk.fails_file = true;
	find_signer(fixture->ring, NOW + 1, id);
	assert_string_equal(id, describe(fixture).active_id);
	assert_int_equal(describe(fixture).count, 3);
}

/* --- when it may not be --- */

static void a_full_ring_says_when_its_first_key_is_free(void **state)
{
	struct fixture *fixture = *state;
	const struct key_rotation long_lived = { .now = NOW, .verify_seconds = 2 * LIFETIME };
	struct key_ring_facts facts;
	struct refusal refusal;

	assert_int_equal(key_ring_rotate(fixture->ring, &long_lived, NULL), ERROR_NONE);
	for (unsigned i = 1; i < KEY_RING_LIMIT - 1; i++)
		assert_int_equal(rotate_at(fixture, NOW + i, NULL), ERROR_NONE);
	facts = describe(fixture);
	assert_int_equal(facts.count, KEY_RING_LIMIT);
	assert_int_equal(rotate_at(fixture, NOW + 100, &refusal), ERROR_CONFLICT);
	assert_non_null(strstr(refusal.message, "2027-01-15T08:30:01Z")); /* NOW + 1 + LIFETIME */
	assert_non_null(strstr(refusal.message, "--revoke-old"));
	assert_string_equal(describe(fixture).active_id, facts.active_id);
	assert_int_equal(rotate_at(fixture, NOW + 1 + LIFETIME, NULL), ERROR_NONE);
	assert_int_equal(revoke_at(fixture, NOW + 1 + LIFETIME, NULL), ERROR_NONE);
	assert_int_equal(describe(fixture).count, 1);
}

static void keys_of_the_service_manager_are_not_rotated(void **state)
{
	struct fixture *fixture = *state;
	char credential[96];
	struct key_ring *ring;
	struct key_ring_facts before, after;
	struct refusal refusal;
	const struct key_rotation rotation = { .now = NOW, .verify_seconds = LIFETIME };

	(void)snprintf(credential, sizeof(credential), "%s/taskd-keys", fixture->folder);
	assert_int_equal(rename(fixture->path, credential), 0);
	assert_int_equal(
		key_ring_open("/nowhere", fixture->folder, false, KEY_HS256, NOW, &ring, &refusal), ERROR_NONE);
	key_ring_describe(ring, &before);
	assert_true(before.is_read_only);
	assert_int_equal(key_ring_rotate(ring, &rotation, &refusal), ERROR_CONFLICT);
	assert_non_null(strstr(refusal.message, "LoadCredential=taskd-keys"));
	key_ring_describe(ring, &after);
	assert_string_equal(after.active_id, before.active_id);
	assert_int_equal(after.count, 1);
	key_ring_free(ring);
	assert_int_equal(unlink(credential), 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_new_key_signs_while_the_old_one_verifies),
		TEST(ring_and_file_hold_the_same),
		TEST(a_key_goes_when_its_time_is_over),
		TEST(revoking_leaves_the_new_key_alone),
		TEST(what_a_killed_rotation_left_is_no_hindrance),
		TEST(a_token_issued_behind_the_retirement_waits_for_the_new_key),
		TEST(the_retirement_is_no_earlier_than_the_last_token),
		TEST(a_token_of_the_far_future_puts_no_retirement_off),
		TEST(a_disk_that_fails_leaves_ring_and_file_as_they_were),
		TEST(nothing_is_signed_while_a_crash_may_bring_the_old_file_back),
		TEST(the_next_rotation_ends_the_doubt),
		TEST(a_full_ring_says_when_its_first_key_is_free),
		TEST(keys_of_the_service_manager_are_not_rotated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
