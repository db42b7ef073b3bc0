/* The history as a list, and for how long it is kept. */
#include "history_calls.h"
#include "store/history_store.h"

#define DAY INT64_C(86400)

/* --- the list --- */

static void entries_come_page_by_page_in_either_order(void **state)
{
	static const struct {
		const char *params;
		int64_t first, size, next; /* next 0: this is the end */
	} rows[] = {
		{ "{}", 1, 5, 0 },
		{ "{\"limit\":2}", 1, 2, 2 },
		{ "{\"limit\":2,\"after\":2}", 3, 2, 4 },
		{ "{\"limit\":2,\"after\":4}", 5, 1, 0 },
		{ "{\"after\":9}", 0, 0, 0 },
		{ "{\"limit\":2,\"newest_first\":true}", 5, 2, 4 },
		{ "{\"limit\":2,\"newest_first\":true,\"after\":4}", 3, 2, 2 },
		{ "{\"limit\":2,\"newest_first\":true,\"after\":2}", 1, 1, 0 },
		{ "{\"id\":2}", 2, 2, 0 },
		{ "{\"id\":2,\"newest_first\":true,\"limit\":1}", 5, 1, 5 },
	};
	struct fixture *fixture = *state;

	add(fixture, 3);
	assert_int_equal(change(fixture, "task.start", "{\"ids\":[1,2]}"), 2);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *page = call_done(fixture, "history.list", "%s", rows[i].params);

		assert_int_equal(json_array_size(json_object_get(page, "entries")), rows[i].size);
		if (rows[i].size)
			assert_int_equal(integer_at(page, "entries.0.revision"), rows[i].first);
		assert_true(has_member(page, "next_after") == (rows[i].next != 0));
		if (rows[i].next)
			assert_int_equal(integer_at(page, "next_after"), rows[i].next);
		json_decref(page);
	}
	call_refused(fixture, ERROR_NOT_FOUND, "id", "history.list", "{\"id\":9}");
	fixture_become(fixture, 2);
	call_refused(fixture, ERROR_NOT_FOUND, "id", "history.list", "{\"id\":1}");
}

static void entries_say_what_was_done_by_whom_and_whether_it_stands(void **state)
{
	struct fixture *fixture = *state;
	json_t *page;

	execute(fixture,
		"INSERT INTO session (id, account_id, bound_uid, refresh_hash, client, created_at, last_used_at, "
		"refresh_until, absolute_until) VALUES ('annannannannannannanna', 1, 0, x'00', 'laptop', 0, 0, 0, 0)");
	add(fixture, 1);
	modify(fixture, 1, "\"title\":\"one\"");
	change_by_daemon(fixture, 1, "tidied");
	purge(fixture, 1);
	add(fixture, 1);
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	page = call_done(fixture, "history.list", "{}");
	assert_string_equal(text_at(page, "entries.0.actor"), "annannannannannannanna");
	assert_string_equal(text_at(page, "entries.0.actor_name"), "laptop");
	assert_string_equal(text_at(page, "entries.2.actor"), "taskd");
	assert_false(has_member(page, "entries.2.actor_name"));
	assert_false(has_member(page, "entries.1.before"));
	assert_false(has_member(page, "entries.1.after"));
	assert_false(has_member(page, "entries.1.undone"));
	assert_string_equal(text_at(page, "entries.3.after.title"), "task");
	assert_true(has_member(page, "entries.3.undone"));
	assert_string_equal(text_at(page, "entries.4.action"), "undo");
	assert_string_equal(text_at(page, "entries.4.before.title"), "task");
	assert_int_equal(integer_at(page, "entries.4.before.version"), 1);
	assert_false(has_member(page, "entries.4.after"));
	json_decref(page);
	/* Under its number, what is gone can still be looked up. */
	page = call_done(fixture, "history.list", "{\"id\":1}");
	assert_int_equal(json_array_size(json_object_get(page, "entries")), 3);
	json_decref(page);
}

/* --- what is too old --- */

static void prune(struct fixture *fixture, int64_t not_before, int64_t limit)
{
	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(history_store_prune(fixture->db, not_before, limit), 0);
	assert_int_equal(db_commit(fixture->db), 0);
}

static void what_is_old_is_forgotten_and_the_rest_stays_gapless(void **state)
{
	struct fixture *fixture = *state;
	json_t *page;

	add(fixture, 4);
	fixture_become(fixture, 2);
	add(fixture, 2);
	fixture_become(fixture, 1);
	/* A clock that was set back for a while: what stands behind something young stays with it. */
	fixture->now += DAY;
	modify(fixture, 1, "\"title\":\"young\"");
	fixture->now -= DAY;
	modify(fixture, 2, "\"title\":\"as old as the first\"");
	prune(fixture, FIXTURE_NOW, 100);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM history)"), 8);
	prune(fixture, FIXTURE_NOW + 1, 3);
	assert_int_equal(query(fixture, "(SELECT min(revision) FROM history WHERE account_id = 1)"), 4);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM history WHERE account_id = 2)"), 2);
	prune(fixture, FIXTURE_NOW + 1, 100);
	assert_int_equal(query(fixture, "(SELECT min(revision) FROM history WHERE account_id = 1)"), 5);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM history WHERE account_id = 1)"), 2);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM history WHERE account_id = 2)"), 0);
	page = call_done(fixture, "history.list", "{\"after\":1}");
	assert_int_equal(integer_at(page, "entries.0.revision"), 5);
	json_decref(page);
	undo_refused(fixture, ERROR_GONE, "step", "step 4 is too old", "{\"step\":4}");
	assert_int_equal(change(fixture, "history.undo", "{\"steps\":1000}"), 2);
	undo_refused(fixture, ERROR_GONE, "steps", "step 4 is too old", "{}");
	add(fixture, 1);
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	undo_refused(fixture, ERROR_GONE, "steps", "step 4 is too old", "{}");
}

static void what_was_undone_is_forgotten_with_its_act(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 2);
	assert_int_equal(change(fixture, "history.undo", "{\"steps\":2}"), 2);
	prune(fixture, FIXTURE_NOW + 1, 1);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM history_undone)"), 1);
	prune(fixture, FIXTURE_NOW + 1, 100);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM history_undone)"), 0);
	call_refused(fixture, ERROR_CONFLICT, "steps", "history.redo", "{}");
	undo_refused(fixture, ERROR_CONFLICT, "steps", "there is nothing to undo", "{}");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(entries_come_page_by_page_in_either_order),
		TEST(entries_say_what_was_done_by_whom_and_whether_it_stands),
		TEST(what_is_old_is_forgotten_and_the_rest_stays_gapless),
		TEST(what_was_undone_is_forgotten_with_its_act),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
