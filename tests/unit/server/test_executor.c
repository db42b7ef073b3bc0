/*
 * Where calls run, and when their replies may leave. The store is a fake that writes down what it is asked and fails
 * when it is told to: a disk that fails on demand.
 */
#include "common/cleanup.h"
#include "server/executor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- the fake store --- */

#define STORY_SIZE 1024

struct db {
	char story[STORY_SIZE]; /* what happened, a word each */
	bool is_in_transaction;
	bool is_interrupted;
	bool is_unknown; /* the fate of the last commit */
	unsigned failing_commits;
	unsigned failing_overwrites;
	int64_t commit_average_ns;
};

static void tell(struct db *db, const char *word)
{
	size_t length = strlen(db->story);

	assert_true(length + strlen(word) + 2 < STORY_SIZE);
	if (length)
		db->story[length++] = ' ';
	memcpy(db->story + length, word, strlen(word) + 1);
}

enum error db_begin(struct db *db)
{
	tell(db, "begin");
	db->is_in_transaction = true;
	return ERROR_NONE;
}

enum error db_commit(struct db *db)
{
	tell(db, "commit");
	db->is_in_transaction = false;
	if (!db->failing_commits)
		return ERROR_NONE;
	db->failing_commits--;
	return ERROR_STORAGE;
}

void db_rollback(struct db *db)
{
	tell(db, "rollback");
	db->is_in_transaction = false;
}

bool db_commit_is_unknown(const struct db *db)
{
	return db->is_unknown;
}

enum error db_overwrite(struct db *db)
{
	tell(db, "overwrite");
	if (!db->failing_overwrites)
		return ERROR_NONE;
	db->failing_overwrites--;
	return ERROR_STORAGE;
}

void db_set_room(struct db *db, enum db_room room)
{
	tell(db, room == DB_ROOM_BULK ? "room" : "no-room");
}

bool db_is_in_transaction(const struct db *db)
{
	return db->is_in_transaction;
}

enum error db_savepoint(struct db *db)
{
	tell(db, "(");
	return ERROR_NONE;
}

enum error db_release(struct db *db)
{
	tell(db, ")");
	return ERROR_NONE;
}

enum error db_rollback_to_savepoint(struct db *db)
{
	tell(db, "undo)");
	return ERROR_NONE;
}

void db_set_budget(struct db *db, int64_t budget_ns)
{
	if (budget_ns)
		db->is_interrupted = false;
}

bool db_was_interrupted(const struct db *db)
{
	return db->is_interrupted;
}

enum error db_checkpoint(struct db *db, int64_t *ret_wal_bytes)
{
	(void)db;
	*ret_wal_bytes = 0;
	return ERROR_NONE;
}

int64_t db_wal_bytes(const struct db *db)
{
	(void)db;
	return 0;
}

int64_t db_commit_average_ns(const struct db *db)
{
	return db->commit_average_ns;
}

/* --- methods that do what the tests need --- */

struct word_params {
	struct text_param word;
};

static const struct param word_params[] = {
	{ .name = "word", .type = PARAM_TEXT, .offset = offsetof(struct word_params, word) },
	{ 0 },
};

static enum error write_word(struct request *request, const struct word_params *params)
{
	tell(request->db, params->word.text);
	json_writer_text(&request->result, params->word.text);
	return ERROR_NONE;
}

static enum error refuse_word(struct request *request, const struct word_params *params)
{
	tell(request->db, params->word.text);
	return request_refuse(request, ERROR_CONFLICT, NULL, "no");
}

static enum error keep_word(struct request *request, const struct word_params *params)
{
	tell(request->db, params->word.text);
	return request_refuse_and_keep(request, ERROR_GONE, NULL, "no, but noted");
}

/* As a full disk does: the whole transaction is gone. */
static enum error end_transaction(struct request *request, const struct word_params *params)
{
	(void)params;
	tell(request->db, "full");
	request->db->is_in_transaction = false;
	return ERROR_STORAGE;
}

static enum error write_long(struct request *request, const struct word_params *params)
{
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return write_word(request, params);
}

/* Too much for the loop's budget, not for the pool's. */
static enum error read_long(struct request *request, const struct word_params *params)
{
	request->db->is_interrupted = request->place == REQUEST_ON_LOOP;
	if (request->db->is_interrupted)
		return ERROR_UNAVAILABLE;
	return write_word(request, params);
}

static enum error phase_read(struct request *request, const struct word_params *params)
{
	(void)request;
	(void)params;
	return ERROR_NONE;
}

static enum error phase_work(struct request *request, const struct word_params *params)
{
	(void)params;
	request->state = arena_strdup(request->arena, "worked");
	return ERROR_NONE;
}

static enum error phase_write(struct request *request, const struct word_params *params)
{
	tell(request->db, request->state);
	return write_word(request, params);
}

METHOD_HANDLER(write_word, struct word_params)
METHOD_HANDLER(refuse_word, struct word_params)
METHOD_HANDLER(keep_word, struct word_params)
METHOD_HANDLER(end_transaction, struct word_params)
METHOD_HANDLER(write_long, struct word_params)
METHOD_HANDLER(read_long, struct word_params)
METHOD_HANDLER(phase_read, struct word_params)
METHOD_HANDLER(phase_work, struct word_params)
METHOD_HANDLER(phase_write, struct word_params)

#define WORD .params = word_params, .params_size = sizeof(struct word_params)

static const struct method methods[] = {
	{ .name = "write", WORD, .store = STORE_WRITE, .handle = write_word_handler },
	{ .name = "refuse", WORD, .store = STORE_WRITE, .handle = refuse_word_handler },
	{ .name = "keep", WORD, .store = STORE_WRITE, .handle = keep_word_handler },
	{ .name = "full", WORD, .store = STORE_WRITE, .handle = end_transaction_handler },
	{ .name = "write_long", WORD, .store = STORE_WRITE, .handle = write_long_handler },
	{ .name = "read", WORD, .store = STORE_READ, .handle = write_word_handler },
	{ .name = "read_long", WORD, .store = STORE_READ, .handle = read_long_handler },
	{ .name = "phases",
		WORD,
		.store = STORE_WRITE,
		.read = phase_read_handler,
		.work = phase_work_handler,
		.handle = phase_write_handler },
	{ 0 },
};

/* --- the fixture --- */

struct fixture {
	uv_loop_t loop;
	struct db write_db, read_db, long_dbs[EXECUTOR_LONG_READS], checkpoint_db;
	struct dispatch dispatch;
	struct work_queue_limits limits;
	struct executor *executor;
	struct call_stock stock;
	char replies[4096]; /* in the order in which they were allowed to leave */
	unsigned done;
	unsigned quiet;
};

static void on_done(struct call *call)
{
	struct fixture *fixture = call->owner;

	tell(&fixture->write_db, "reply");
	(void)strncat(
		fixture->replies, buffer_text(&call->out), sizeof(fixture->replies) - strlen(fixture->replies) - 1);
	fixture->done++;
	call_free(&fixture->stock, call);
}

static int set_up(void **state)
{
	static const struct method *const tables[] = { methods, NULL };
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	assert_int_equal(uv_loop_init(&fixture->loop), 0);
	fixture->limits = (struct work_queue_limits){ .waiting = 3, .waiting_per_uid = 2 };
	fixture->dispatch.methods = method_registry_new(tables);
	fixture->executor = executor_new(&fixture->loop, &fixture->dispatch,
		&(struct executor_stores){ .write_db = &fixture->write_db,
			.read_db = &fixture->read_db,
			.long_dbs = { &fixture->long_dbs[0], &fixture->long_dbs[1] },
			.checkpoint_db = &fixture->checkpoint_db },
		&fixture->limits);
	fixture->write_db.commit_average_ns = 1000;
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	executor_free(fixture->executor);
	call_stock_deinit(&fixture->stock);
	method_registry_free((struct method_registry *)(uintptr_t)fixture->dispatch.methods);
	assert_int_equal(uv_loop_close(&fixture->loop), 0);
	free(fixture);
	return 0;
}

static void submit_as(struct fixture *fixture, uid_t uid, const char *method, const char *word)
{
	struct call *call = call_new(&fixture->stock);
	const struct peer peer = { .uid = uid };
	struct wire_request wire;
	struct refusal refusal = { 0 };
	struct buffer line;

	buffer_init(&line);
	buffer_printf(
		&line, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":{\"word\":\"%s\"}}", method, word);
	assert_int_equal(wire_parse(line.data, line.length, &call->message, &refusal), ERROR_NONE);
	assert_int_equal(wire_request_at(&call->message, 0, &wire, &refusal), ERROR_NONE);
	buffer_deinit(&line);
	call->owner = fixture;
	call->on_done = on_done;
	call_prepare(call, &fixture->dispatch, NULL, &wire, &peer);
	executor_submit(fixture->executor, call);
}

static void submit(struct fixture *fixture, const char *method, const char *word)
{
	submit_as(fixture, 1, method, word);
}

/* As the server does: a turn whenever the loop is about to block, until everything is done. */
static void finish(struct fixture *fixture)
{
	do
		executor_turn(fixture->executor);
	while (uv_run(&fixture->loop, UV_RUN_ONCE) || executor_needs_turn(fixture->executor));
	assert_true(executor_is_idle(fixture->executor));
}

/* --- the promises --- */

static void writes_of_one_turn_share_a_commit_and_no_reply_leaves_before_it(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "write", "a");
	submit(fixture, "write", "b");
	assert_int_equal(fixture->done, 0);
	executor_turn(fixture->executor);
	assert_string_equal(fixture->write_db.story, "begin ( a ) ( b ) commit reply reply");
}

static void a_refused_call_is_undone_and_harms_no_neighbour(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "write", "a");
	submit(fixture, "refuse", "b");
	submit(fixture, "write", "c");
	executor_turn(fixture->executor);
	assert_string_equal(fixture->write_db.story, "begin ( a ) ( b undo) ( c ) commit reply reply reply");
	assert_non_null(strstr(fixture->replies, "\"code\":409"));
}

static void what_is_refused_and_kept_is_committed(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "keep", "a");
	executor_turn(fixture->executor);
	assert_string_equal(fixture->write_db.story, "begin ( a ) commit reply");
	assert_non_null(strstr(fixture->replies, "\"code\":410"));
}

static void neighbours_of_a_call_that_ended_the_transaction_run_again_each_alone(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "write", "a");
	submit(fixture, "write", "b");
	submit(fixture, "full", "");
	submit(fixture, "write", "c");
	executor_turn(fixture->executor);
	assert_string_equal(fixture->write_db.story, "begin ( a ) ( b ) ( full reply begin ( a ) commit reply begin ( "
						     "b ) commit reply begin ( c ) commit reply");
	assert_non_null(strstr(fixture->replies, "\"kind\":\"storage\""));
	assert_non_null(strstr(fixture->replies, "nothing was stored"));
}

static void a_failed_commit_acknowledges_nobody(void **state)
{
	struct fixture *fixture = *state;

	fixture->write_db.failing_commits = 1;
	submit(fixture, "write", "a");
	submit(fixture, "write", "b");
	executor_turn(fixture->executor);
	assert_null(strstr(fixture->replies, "\"result\""));
	assert_non_null(strstr(fixture->replies, "nothing was stored"));
	assert_null(strstr(fixture->write_db.story, "overwrite"));
}

static void a_commit_of_unknown_fate_is_completed_over_before_the_next_write(void **state)
{
	struct fixture *fixture = *state;

	fixture->write_db.failing_commits = 1;
	fixture->write_db.failing_overwrites = 2;
	fixture->write_db.is_unknown = true;
	submit(fixture, "write", "a");
	executor_turn(fixture->executor);
	assert_non_null(strstr(fixture->replies, "the outcome is unknown"));
	assert_non_null(strstr(fixture->write_db.story, "commit overwrite reply"));

	fixture->replies[0] = fixture->write_db.story[0] = '\0';
	submit(fixture, "write", "b");
	executor_turn(fixture->executor);
	assert_string_equal(fixture->write_db.story, "overwrite reply");
	assert_non_null(strstr(fixture->replies, "nothing was stored"));

	fixture->replies[0] = fixture->write_db.story[0] = '\0';
	submit(fixture, "write", "c");
	executor_turn(fixture->executor);
	assert_string_equal(fixture->write_db.story, "overwrite begin ( c ) commit reply");
}

static void a_slow_disk_commits_in_the_pool_and_writes_meanwhile_form_the_next_group(void **state)
{
	struct fixture *fixture = *state;

	fixture->write_db.commit_average_ns = 5000000;
	submit(fixture, "write", "a");
	executor_turn(fixture->executor);
	submit(fixture, "write", "b");
	submit(fixture, "write", "c");
	executor_turn(fixture->executor);
	assert_int_equal(fixture->done, 0);
	finish(fixture);
	assert_string_equal(fixture->write_db.story, "begin ( a ) commit reply begin ( b ) ( c ) commit reply reply");
}

static void a_disk_that_nobody_knows_yet_has_to_prove_itself_in_the_pool(void **state)
{
	struct fixture *fixture = *state;

	fixture->write_db.commit_average_ns = -1;
	submit(fixture, "write", "a");
	executor_turn(fixture->executor);
	assert_int_equal(fixture->done, 0);
	finish(fixture);
	assert_int_equal(fixture->done, 1);
}

static void a_long_write_takes_the_connection_along_and_later_ones_wait(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "write", "a");
	submit(fixture, "write_long", "b");
	submit(fixture, "write", "c");
	executor_turn(fixture->executor);
	assert_int_equal(fixture->done, 1);
	finish(fixture);
	assert_string_equal(fixture->write_db.story,
		"begin ( a ) ( undo) commit reply room begin b commit no-room reply begin ( c ) commit reply");
}

static void a_read_that_overruns_its_budget_runs_again_in_the_pool(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "read_long", "a");
	assert_int_equal(fixture->done, 0);
	finish(fixture);
	assert_non_null(strstr(fixture->replies, "\"result\":\"a\""));
	assert_non_null(strstr(fixture->long_dbs[0].story, "begin a rollback"));
}

static void reads_of_a_turn_share_a_snapshot_that_a_commit_ends(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "read", "a");
	submit(fixture, "read", "b");
	submit(fixture, "write", "w");
	executor_turn(fixture->executor);
	submit(fixture, "read", "c");
	executor_turn(fixture->executor);
	assert_string_equal(fixture->read_db.story, "begin a b rollback begin c rollback");
}

static void a_method_in_phases_ends_in_the_write_group(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "phases", "a");
	finish(fixture);
	assert_string_equal(fixture->write_db.story, "begin ( worked a ) commit reply");
}

static void the_queue_for_slow_work_is_bounded_for_all_and_for_each_uid(void **state)
{
	struct fixture *fixture = *state;

	submit_as(fixture, 1, "phases", "a");
	submit_as(fixture, 1, "phases", "b");
	submit_as(fixture, 1, "phases", "c");
	assert_int_equal(fixture->done, 1);
	submit_as(fixture, 2, "phases", "d");
	submit_as(fixture, 3, "phases", "e");
	assert_int_equal(fixture->done, 2);
	assert_non_null(strstr(fixture->replies, "\"kind\":\"unavailable\""));
	assert_non_null(strstr(fixture->replies, "retry_after_ms"));
	finish(fixture);
	assert_int_equal(fixture->done, 5);
}

static void on_quiet(void *context)
{
	struct fixture *fixture = context;

	fixture->quiet++;
	tell(&fixture->write_db, "quiet");
}

static void a_quiet_moment_waits_for_the_pool_and_holds_back_what_would_start_there(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "phases", "a");
	executor_when_quiet(fixture->executor, on_quiet, fixture);
	submit(fixture, "phases", "b");
	assert_int_equal(fixture->quiet, 0);
	finish(fixture);
	assert_int_equal(fixture->quiet, 1);
	assert_int_equal(fixture->done, 2);
	assert_true(strstr(fixture->write_db.story, "quiet") < strstr(fixture->write_db.story, "b"));
}

static void what_waits_for_the_pool_is_refused_at_the_end(void **state)
{
	struct fixture *fixture = *state;

	submit(fixture, "phases", "a");
	submit(fixture, "phases", "b");
	executor_refuse_queued(fixture->executor);
	assert_int_equal(fixture->done, 1);
	assert_non_null(strstr(fixture->replies, "stopping"));
	finish(fixture);
	assert_int_equal(fixture->done, 2);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(writes_of_one_turn_share_a_commit_and_no_reply_leaves_before_it),
		TEST(a_refused_call_is_undone_and_harms_no_neighbour),
		TEST(what_is_refused_and_kept_is_committed),
		TEST(neighbours_of_a_call_that_ended_the_transaction_run_again_each_alone),
		TEST(a_failed_commit_acknowledges_nobody),
		TEST(a_commit_of_unknown_fate_is_completed_over_before_the_next_write),
		TEST(a_slow_disk_commits_in_the_pool_and_writes_meanwhile_form_the_next_group),
		TEST(a_disk_that_nobody_knows_yet_has_to_prove_itself_in_the_pool),
		TEST(a_long_write_takes_the_connection_along_and_later_ones_wait),
		TEST(a_read_that_overruns_its_budget_runs_again_in_the_pool),
		TEST(reads_of_a_turn_share_a_snapshot_that_a_commit_ends),
		TEST(a_method_in_phases_ends_in_the_write_group),
		TEST(the_queue_for_slow_work_is_bounded_for_all_and_for_each_uid),
		TEST(a_quiet_moment_waits_for_the_pool_and_holds_back_what_would_start_there),
		TEST(what_waits_for_the_pool_is_refused_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
