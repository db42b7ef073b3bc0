/* Searching through the index finds what looking through all rows finds. */
#include "fixture.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "store/search_store.h"
#include "store/task_store.h"
#include "tasks/search_match.h"

#include <inttypes.h>
#include <sys/stat.h>

#define HITS_LIMIT 1024u

struct hits {
	int64_t ids[HITS_LIMIT], scores[HITS_LIMIT];
	size_t count;
};

static void note(struct hits *hits, int64_t id, int64_t score)
{
	assert_true(hits->count < HITS_LIMIT && score > 0);
	hits->ids[hits->count] = id;
	hits->scores[hits->count] = score;
	hits->count++;
}

struct noting {
	struct db *db;
	int64_t account_id;
	struct hits *hits;
};

static enum error note_hit(void *context, const struct search_store_hit *hit)
{
	struct noting *noting = context;
	int64_t id;

	assert_done(search_store_confirm(noting->db, noting->account_id, hit, &id));
	if (id)
		note(noting->hits, id, hit->score);
	return ERROR_NONE;
}

static struct search_query parse(struct fixture *fixture, const char *text)
{
	struct search_query query;

	assert_done(search_query_parse(text, strlen(text), &fixture->arena, &query, NULL));
	return query;
}

static struct hits search(struct fixture *fixture, int64_t account_id, const char *text)
{
	struct search_query query = parse(fixture, text);
	struct hits hits = { .count = 0 };
	struct noting noting = { fixture->db, account_id, &hits };

	assert_done(search_store_each(fixture->db, account_id, &query, &fixture->arena, note_hit, &noting));
	return hits;
}

/* How many are found; with one, its id goes to ret_id, which may be NULL. */
static size_t found(struct fixture *fixture, int64_t account_id, const char *text, int64_t *ret_id)
{
	struct hits hits = search(fixture, account_id, text);

	if (hits.count == 1 && ret_id)
		*ret_id = hits.ids[0];
	return hits.count;
}

static void index_all(struct fixture *fixture)
{
	bool was_any = true, is_complete = false;

	while (was_any)
		assert_done(search_store_index_one(fixture->db, &was_any));
	assert_done(search_store_is_complete(fixture->db, &is_complete));
	assert_true(is_complete);
}

static struct task add(struct fixture *fixture, int64_t account_id, const char *title, const char *note)
{
	struct task task = task_empty;

	task.title = title;
	task.note = note;
	return fixture_add_task(fixture, account_id, &task);
}

static void remove_row(struct fixture *fixture, int64_t account_id, int64_t id)
{
	static const struct db_statement remove = { .name = "test_remove",
		.sql = "DELETE FROM task WHERE account_id = $1 AND id = $2" };
	struct db_query *query = db_query(fixture->db, &remove);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	assert_done(db_run(query, NULL));
}

static void a_task_is_found_before_and_after_it_is_indexed(void **state)
{
	struct fixture *fixture = *state;
	int64_t id = add(fixture, ANN, "Buy milk", "whole, 2 litres").id;
	int64_t found_id = 0;
	bool is_complete = true;
	struct hits before, after;

	(void)add(fixture, ANN, "Buy bread", NULL);
	assert_done(search_store_is_complete(fixture->db, &is_complete));
	assert_false(is_complete);
	before = search(fixture, ANN, "milk litres");
	index_all(fixture);
	assert_int_equal(found(fixture, ANN, "milk litres", &found_id), 1);
	assert_int_equal(found_id, id);
	after = search(fixture, ANN, "milk litres");
	assert_int_equal(before.scores[0], after.scores[0]);
	assert_int_equal(found(fixture, ANN, "buy", NULL), 2);
	assert_int_equal(found(fixture, ANN, "buy -milk", NULL), 1);
	assert_int_equal(found(fixture, ANN, "milk bread", NULL), 0);
}

static enum error count_hit(void *context, const struct search_store_hit *hit)
{
	*(int *)context += hit->id == 0;
	return ERROR_NONE;
}

static int given_by_index(struct fixture *fixture, int64_t account_id, const char *text)
{
	struct search_query query = parse(fixture, text);
	int count = 0;

	assert_done(search_store_each(fixture->db, account_id, &query, &fixture->arena, count_hit, &count));
	return count;
}

static void an_account_finds_its_own_tasks_only(void **state)
{
	struct fixture *fixture = *state;

	(void)add(fixture, ANN, "Buy milk", NULL);
	(void)add(fixture, BOB, "Sell milk", NULL);
	(void)add(fixture, BOB, "2:milk \" OR title:milk", NULL);
	for (int round = 0; round < 2; round++) {
		assert_int_equal(found(fixture, ANN, "milk", NULL), 1);
		assert_int_equal(found(fixture, BOB, "milk", NULL), 2);
		assert_int_equal(found(fixture, ANN, "sell", NULL), 0);
		assert_int_equal(found(fixture, ANN, "\"2:milk\"", NULL), 0);
		assert_int_equal(found(fixture, ANN, "2:*", NULL), 0);
		assert_int_equal(found(fixture, BOB, "\"2:milk\"", NULL), 1);
		index_all(fixture);
	}
	/* They are not even met on the way. */
	assert_int_equal(given_by_index(fixture, ANN, "milk"), 1);
	assert_int_equal(given_by_index(fixture, BOB, "milk"), 2);
}

static struct task change(struct fixture *fixture, const struct task *before, const char *title)
{
	struct task after = *before;

	after.title = title;
	task_touch(&after, FIXTURE_NOW + 1);
	assert_done(task_store_update(fixture->db, ANN, before, &after));
	return after;
}

static void a_changed_task_is_found_by_its_new_words_alone(void **state)
{
	struct fixture *fixture = *state;
	struct task task = add(fixture, ANN, "Buy milk", NULL);
	struct task changed;

	index_all(fixture);
	changed = change(fixture, &task, "Buy bread");
	for (int round = 0; round < 2; round++) {
		assert_int_equal(found(fixture, ANN, "milk", NULL), 0);
		assert_int_equal(found(fixture, ANN, "bread", NULL), 1);
		index_all(fixture);
	}
	(void)change(fixture, &changed, "Buy milk");
	assert_int_equal(found(fixture, ANN, "bread", NULL), 0);
	assert_int_equal(found(fixture, ANN, "milk", NULL), 1);
}

static int64_t unindexed(struct fixture *fixture)
{
	return fixture_integer(fixture->db, "SELECT count(*) AS value FROM task WHERE is_indexed = 0");
}

static void only_a_change_of_words_makes_a_task_wait_for_the_index(void **state)
{
	static const struct task_annotation annotations[] = { { 1, "said" } };
	struct fixture *fixture = *state;
	struct task first = add(fixture, ANN, "Buy milk", NULL), second = first, third, fourth;

	index_all(fixture);
	second.priority = TASK_PRIORITY_HIGH;
	task_touch(&second, FIXTURE_NOW + 1);
	assert_done(task_store_update(fixture->db, ANN, &first, &second));
	assert_int_equal(unindexed(fixture), 0);
	third = second;
	third.note = "whole";
	assert_done(task_store_update(fixture->db, ANN, &second, &third));
	assert_int_equal(unindexed(fixture), 1);
	index_all(fixture);
	fourth = third;
	fourth.annotations = annotations;
	fourth.annotation_count = 1;
	assert_done(task_store_update(fixture->db, ANN, &third, &fourth));
	assert_int_equal(unindexed(fixture), 1);
	assert_int_equal(found(fixture, ANN, "whole said", NULL), 1);
	index_all(fixture);
	assert_int_equal(found(fixture, ANN, "whole said", NULL), 1);
}

static int64_t entries(struct fixture *fixture)
{
	return fixture_integer(fixture->db, "SELECT count(*) AS value FROM search");
}

static void a_task_that_is_forgotten_leaves_the_index(void **state)
{
	struct fixture *fixture = *state;
	int64_t id = add(fixture, ANN, "Buy milk", NULL).id;

	index_all(fixture);
	assert_int_equal(entries(fixture), 1);
	assert_done(search_store_forget(fixture->db, ANN, id));
	assert_int_equal(entries(fixture), 0);
	assert_int_equal(search_store_forget(fixture->db, BOB, id), ERROR_NOT_FOUND);
}

/* SQLite gives the highest key away again. */
static void a_row_that_is_gone_is_not_found_and_its_key_serves_another(void **state)
{
	struct fixture *fixture = *state;
	int64_t id = add(fixture, ANN, "Buy milk", NULL).id;

	index_all(fixture);
	remove_row(fixture, ANN, id);
	assert_int_equal(found(fixture, ANN, "milk", NULL), 0);
	(void)add(fixture, BOB, "Sell tea", NULL);
	for (int round = 0; round < 2; round++) {
		assert_int_equal(found(fixture, ANN, "milk", NULL), 0);
		assert_int_equal(found(fixture, BOB, "milk", NULL), 0);
		assert_int_equal(found(fixture, BOB, "tea", NULL), 1);
		assert_int_equal(entries(fixture), 1);
		index_all(fixture);
	}
}

/* --- bytes in the files --- */

static bool file_has(const char *path, const char *text)
{
	struct buffer bytes;
	FILE *file = fopen(path, "re");
	bool is_there = false;
	size_t count = 1;

	buffer_init(&bytes);
	while (file && count) {
		count = fread(buffer_reserve(&bytes, 65536), 1, 65536, file);
		bytes.length += count;
	}
	if (file)
		(void)fclose(file);
	if (bytes.length)
		is_there = memmem(bytes.data, bytes.length, text, strlen(text)) != NULL;
	buffer_deinit(&bytes);
	return is_there;
}

static bool files_have(const struct fixture *fixture, const char *text)
{
	return file_has(fixture_path(fixture, "taskd.db"), text) ||
	       file_has(fixture_path(fixture, "taskd.db-wal"), text);
}

static void scrubbing_leaves_no_word_of_what_was_removed(void **state)
{
	struct fixture *fixture = *state;
	struct task task = add(fixture, ANN, "Xylophonist", "quetzalcoatl");

	(void)add(fixture, BOB, "Zooplankton", NULL);
	index_all(fixture);
	(void)change(fixture, &task, "Jabberwocky");
	assert_true(files_have(fixture, "xylophonist"));
	assert_true(files_have(fixture, "quetzalcoatl"));
	remove_row(fixture, ANN, task.id);
	assert_done(db_scrub(fixture->db));
	assert_false(files_have(fixture, "xylophonist"));
	assert_false(files_have(fixture, "ylophonist"));
	assert_false(files_have(fixture, "uetzalcoatl"));
	assert_false(files_have(fixture, "abberwocky"));
	assert_true(files_have(fixture, "zooplankton"));
	assert_int_equal(found(fixture, BOB, "zooplankton", NULL), 1);
}

/* --- the index against a look through all rows --- */

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* Few of them, so that they meet often. */
static const char *const parts[] = { "a", "ab", "abc", "b", "ba", "A", "é", "ß", "牛", "奶", "茶", "牛奶", "ミ", "ル",
	"🥛", " ", " ", " ", " ", "-", ".", "·", "1", "12", "я" };

static const char *random_text(struct fixture *fixture, unsigned *seed, unsigned limit)
{
	unsigned count = 1 + next_random(seed) % limit;
	struct buffer text;
	const char *copy;

	buffer_init(&text);
	for (unsigned i = 0; i < count; i++)
		buffer_append_text(&text, parts[next_random(seed) % COUNT_OF(parts)]);
	copy = arena_strndup(&fixture->arena, text.data, text.length);
	buffer_deinit(&text);
	return copy;
}

static const char *random_query(struct fixture *fixture, unsigned *seed)
{
	static const char *const forms[] = { "%s", "%s", "%s*", "\"%s\"", "\"%s\"*", "-%s", "-%s*", "-\"%s\"" };
	unsigned count = 1 + next_random(seed) % 3;
	const char *text = "";

	for (unsigned i = 0; i < count; i++) {
		const char *form = forms[next_random(seed) % COUNT_OF(forms)];
		const char *mark = strchr(form, '%');

		text = arena_printf(&fixture->arena, "%s %.*s%s%s", text, (int)(mark - form), form,
			random_text(fixture, seed, 4), mark + 2);
	}
	return text;
}

static struct hits look_through(struct task *tasks, size_t count, const struct search_query *query)
{
	struct hits hits = { .count = 0 };
	struct buffer title, body;

	buffer_init(&title);
	buffer_init(&body);
	for (size_t i = 0; i < count; i++) {
		struct search_document document = search_match_document(&tasks[i], &title, &body);
		int64_t score;

		if (search_match(query, &document, &score))
			note(&hits, tasks[i].id, score);
	}
	buffer_deinit(&title);
	buffer_deinit(&body);
	return hits;
}

static void check_same(const struct hits *a, const struct hits *b, const char *text)
{
	if (a->count != b->count)
		fail_msg("%s: %zu found, and %zu by looking through all", text, a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		assert_int_equal(a->ids[i], b->ids[i]);
		assert_int_equal(a->scores[i], b->scores[i]);
	}
}

static struct task add_random(struct fixture *fixture, unsigned *seed)
{
	struct task task = task_empty;
	struct task_annotation *annotations = arena_array(&fixture->arena, 2, sizeof(*annotations));

	task.title = random_text(fixture, seed, 8);
	if (next_random(seed) % 2)
		task.note = random_text(fixture, seed, 16);
	task.annotation_count = next_random(seed) % 3;
	task.annotations = task.annotation_count ? annotations : NULL;
	for (size_t i = 0; i < task.annotation_count; i++)
		annotations[i] = (struct task_annotation){ (int64_t)i, random_text(fixture, seed, 8) };
	return fixture_add_task(fixture, ANN, &task);
}

static void the_index_finds_what_a_look_through_all_rows_finds(void **state)
{
	struct fixture *fixture = *state;
	struct task tasks[300];
	unsigned seed = 20261124u;
	unsigned found_count = 0;

	for (size_t i = 0; i < COUNT_OF(tasks); i++)
		tasks[i] = add_random(fixture, &seed);
	index_all(fixture);
	for (int i = 0; i < 2000; i++) {
		const char *text = random_query(fixture, &seed);
		struct search_query query;
		struct hits indexed, all;

		if (search_query_parse(text, strlen(text), &fixture->arena, &query, NULL))
			continue;
		indexed = search(fixture, ANN, text);
		all = look_through(tasks, COUNT_OF(tasks), &query);
		check_same(&indexed, &all, text);
		found_count += all.count > 0;
	}
	assert_true(found_count > 500);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_task_is_found_before_and_after_it_is_indexed),
		TEST(an_account_finds_its_own_tasks_only),
		TEST(a_changed_task_is_found_by_its_new_words_alone),
		TEST(only_a_change_of_words_makes_a_task_wait_for_the_index),
		TEST(a_task_that_is_forgotten_leaves_the_index),
		TEST(a_row_that_is_gone_is_not_found_and_its_key_serves_another),
		TEST(scrubbing_leaves_no_word_of_what_was_removed),
		TEST(the_index_finds_what_a_look_through_all_rows_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
