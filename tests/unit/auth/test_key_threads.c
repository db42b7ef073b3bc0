/* Threads that sign, verify or read the ring again while another rotates it. */
#include "auth/secret.h"
#include "auth/token.h"
#include "common/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOW       INT64_C(1800000000)
#define LIFETIME  30
#define THREADS   4u
#define ROTATIONS 200u

static const struct token_rules rules = { .issuer = "taskd:threads", .lifetime_limit = LIFETIME };

struct scene {
	struct key_ring *ring;
	_Atomic int64_t now; /* a second for each rotation */
	atomic_bool is_over;
	atomic_uint judged;
	atomic_uint refused; /* of those that were valid all the while */
};

static const char *issue(struct scene *scene, struct arena *arena, int64_t now)
{
	struct token_claims claims = { .account_id = 7, .issued_at = now, .expires_at = now + LIFETIME };
	const char *token = NULL;

	memset(claims.session_id, 'A', 22);
	if (token_issue(scene->ring, &rules, &claims, arena, &token))
		scene->refused++;
	return token;
}

static void judge(struct scene *scene, const char *token, int64_t issued_at)
{
	struct token_claims claims;
	int64_t now = scene->now;
	enum error error = token_verify(scene->ring, &rules, token, strlen(token), now, &claims);

	/* The clock may have run past its end in the meantime. */
	scene->judged++;
	scene->refused += error && issued_at + LIFETIME > scene->now;
}

/* A new token, and one of some time ago. */
static void *work(void *context)
{
	struct scene *scene = context;
	char kept[TOKEN_LENGTH_LIMIT] = "";
	int64_t kept_at = 0;
	struct arena arena;

	arena_init(&arena);
	while (!scene->is_over) {
		int64_t now = scene->now;
		const char *token = issue(scene, &arena, now);

		judge(scene, token, now);
		if (now >= kept_at + LIFETIME / 2) {
			(void)snprintf(kept, sizeof(kept), "%s", token);
			kept_at = now;
		}
		judge(scene, kept, kept_at);
		arena_reset(&arena);
	}
	arena_deinit(&arena);
	return NULL;
}

static void rotate_often(struct scene *scene)
{
	for (unsigned i = 0; i < ROTATIONS; i++) {
		const struct key_rotation rotation = { .algorithm = KEY_HS256 + (enum key_algorithm)(i % 3),
			.now = scene->now,
			.verify_seconds = LIFETIME };

		assert_int_equal(key_ring_rotate(scene->ring, &rotation, NULL), ERROR_NONE);
		if (i % 8 == 0)
			assert_int_equal(key_ring_reload(scene->ring, NULL), ERROR_NONE);
		scene->now++;
	}
}

static void no_valid_token_is_refused_while_keys_rotate(void **state)
{
	char folder[] = "/tmp/test-threads-XXXXXX";
	char path[64];
	struct scene scene = { .now = NOW };
	pthread_t threads[THREADS];

	(void)state;
	assert_true(secret_init());
	assert_non_null(mkdtemp(folder));
	assert_int_equal(key_ring_open(folder, NULL, true, KEY_HS256, NOW, &scene.ring, NULL), ERROR_NONE);
	for (unsigned i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, &scene), 0);
	rotate_often(&scene);
	scene.is_over = true;
	for (unsigned i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	print_message("%u judged\n", scene.judged);
	assert_int_equal(scene.refused, 0);
	assert_true(scene.judged > ROTATIONS);
	key_ring_free(scene.ring);
	(void)snprintf(path, sizeof(path), "%s/keys.json", folder);
	(void)unlink(path);
	(void)rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_valid_token_is_refused_while_keys_rotate) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
