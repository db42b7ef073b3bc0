/* Seeds by the daemon, copies by SQL. */
#include "bench/crowd.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"

#include <sqlite3.h>
#include <stdio.h>
#include <time.h>

#define MANY     64
#define SQL_SIZE 4096

void crowd_start(struct crowd *crowd)
{
	*crowd = (struct crowd){ 0 };
	subject_start(&crowd->subject, NULL);
	crowd->add = subject_add_line(&crowd->subject);
}

void crowd_end(struct crowd *crowd)
{
	buffer_deinit(&crowd->add);
	subject_end(&crowd->subject);
}

/* --- the database --- */

static sqlite3 *open_database(const struct crowd *crowd, int flags)
{
	char path[TEST_PATH_SIZE];
	sqlite3 *sqlite;

	(void)test_daemon_path(&crowd->subject.daemon, "data/taskd.db", path);
	if (sqlite3_open_v2(path, &sqlite, flags, NULL) != SQLITE_OK)
		fail_msg("SQLite: %s: %s", path, sqlite3_errmsg(sqlite));
	return sqlite;
}

static void execute(sqlite3 *sqlite, const char *sql)
{
	if (sqlite3_exec(sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("SQLite: %s", sqlite3_errmsg(sqlite));
}

long long crowd_number(const struct crowd *crowd, const char *sql)
{
	sqlite3 *sqlite = open_database(crowd, SQLITE_OPEN_READONLY);
	sqlite3_stmt *statement;
	long long number;

	if (sqlite3_prepare_v2(sqlite, sql, -1, &statement, NULL) != SQLITE_OK || sqlite3_step(statement) != SQLITE_ROW)
		fail_msg("SQLite: %s", sqlite3_errmsg(sqlite));
	number = sqlite3_column_int64(statement, 0);
	(void)sqlite3_finalize(statement);
	(void)sqlite3_close(sqlite);
	return number;
}

static sqlite3 *begin(struct crowd *crowd)
{
	sqlite3 *sqlite;

	test_daemon_stop(&crowd->subject.daemon);
	sqlite = open_database(crowd, SQLITE_OPEN_READWRITE);
	execute(sqlite, "PRAGMA cache_size = -262144; BEGIN IMMEDIATE");
	return sqlite;
}

static void commit(struct crowd *crowd, sqlite3 *sqlite)
{
	execute(sqlite, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
	(void)sqlite3_close(sqlite);
	test_daemon_start(&crowd->subject.daemon, NULL);
}

void crowd_run_sql(struct crowd *crowd, const char *sql)
{
	sqlite3 *sqlite = begin(crowd);

	execute(sqlite, sql);
	commit(crowd, sqlite);
}

/* --- copies --- */

/*
 * The parameters of all of these: the first seed, how many there are, how many copies, the last id so far, and whether
 * copies keep their words. The key of a row is its id, for there is no other account. Others are as urgent as the
 * seeds, and a bit more or less.
 */
#define COPIES                                                                                                         \
	" FROM (WITH RECURSIVE numbers(number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM numbers"                  \
	" WHERE number < ?3 / ?2) SELECT number FROM numbers) CROSS JOIN "
#define COPY_OF(id) "(?4 + number * ?2 + " id " - ?1 + 1)"
#define SEED(id)    id " BETWEEN ?1 AND ?1 + ?2 - 1 AND number * ?2 + " id " - ?1 < ?3"

static const char *const copy_sql[] = {
	"INSERT INTO task (key, account_id, id, uuid, title, status, project, tags, priority, due, created, modified,"
	" version, is_indexed, urgency_class, urgency_intercept, urgency_change)"
	" SELECT " COPY_OF("id") ", account_id, " COPY_OF(
		"id") ", lower(hex(randomblob(4))) || substr(uuid, 9, 15) || lower(hex(randomblob(1))) || substr(uuid, "
		      "26), title,"
		      " status, project, tags, priority, due, created, modified, version, is_indexed AND ?5, "
		      "urgency_class,"
		      " urgency_intercept - abs(random() % 1000000000), urgency_change" COPIES
		      "task WHERE " SEED("key"),
	"INSERT INTO task_label (account_id, label, status, task_id, task_key)"
	" SELECT account_id, label, status, " COPY_OF("task_id") ", " COPY_OF("task_id") COPIES
	"seed_label WHERE " SEED("task_id"),
	"INSERT INTO search (rowid, title, body)"
	" SELECT " COPY_OF("search.rowid") ", search.title, search.body" COPIES
					   "search WHERE ?5 AND " SEED("search.rowid"),
};

/* By task, for the table has them by label, and grows. */
static const char keep_labels[] = "CREATE TEMP TABLE seed_label AS SELECT * FROM task_label;"
				  "CREATE INDEX temp.seed_label_by_task ON seed_label (task_id);";

/* How the same seeds become more of the same. */
struct copying {
	sqlite3 *sqlite;
	struct crowd *crowd;
	bool has_words;
};

static void copy(const struct copying *copying, size_t first, size_t seeds, size_t copies)
{
	for (size_t i = 0; copies && i < COUNT_OF(copy_sql); i++) {
		const size_t values[] = { first, seeds, copies, copying->crowd->count, copying->has_words };
		sqlite3_stmt *statement;

		if (sqlite3_prepare_v2(copying->sqlite, copy_sql[i], -1, &statement, NULL) != SQLITE_OK)
			fail_msg("SQLite: %s", sqlite3_errmsg(copying->sqlite));
		for (int parameter = 1; parameter <= sqlite3_bind_parameter_count(statement); parameter++)
			(void)sqlite3_bind_int64(statement, parameter, (sqlite3_int64)values[parameter - 1]);
		if (sqlite3_step(statement) != SQLITE_DONE)
			fail_msg("SQLite: %s", sqlite3_errmsg(copying->sqlite));
		(void)sqlite3_finalize(statement);
	}
	copying->crowd->count += copies;
}

static void copy_all(const struct copying *copying, const struct crowd_mixture *mixture)
{
	size_t gaps = mixture->rare ? mixture->rare_count - 1 : 0;
	size_t left = mixture->count - copying->crowd->count - gaps;

	for (size_t i = 0; i < gaps; i++) {
		copy(copying, 1, CROWD_SEEDS, left / gaps);
		copy(copying, CROWD_SEEDS + 1, 1, 1);
	}
	copy(copying, 1, CROWD_SEEDS, gaps ? left % gaps : left);
}

static void set_last_id(const struct copying *copying)
{
	char sql[SQL_SIZE];

	(void)snprintf(sql, sizeof(sql), "UPDATE account_counter SET last_task_id = %zu", copying->crowd->count);
	execute(copying->sqlite, sql);
}

static void fill_up(struct crowd *crowd, const struct crowd_mixture *mixture)
{
	struct copying copying = { .crowd = crowd, .has_words = !mixture->leaves_words };

	assert_int_equal(crowd_number(crowd, "SELECT count(*) FROM task WHERE key <> id"), 0);
	(void)crowd_await_index(crowd);
	copying.sqlite = begin(crowd);
	execute(copying.sqlite, keep_labels);
	copy_all(&copying, mixture);
	set_last_id(&copying);
	commit(crowd, copying.sqlite);
}

/* --- seeds --- */

/* Each said once, and so many that the lines of a mixture all have their turn. */
static void say(struct crowd *crowd, const struct crowd_mixture *mixture, size_t count)
{
	const struct buffer **lines = memory_array(count, sizeof(*lines));

	for (size_t i = 0; i < count; i++)
		lines[i] = mixture->lines[(crowd->count + i) % mixture->line_count];
	(void)load_run(&(struct load){ .socket_path = crowd->subject.daemon.socket,
		.connections = MANY,
		.lines = lines,
		.line_count = count,
		.calls = count });
	free(lines);
	crowd->count += count;
}

static void say_rare(struct crowd *crowd, const struct crowd_mixture *mixture)
{
	(void)subject_say(&crowd->subject, mixture->rare, 1);
	crowd->count++;
}

static void fill_small(struct crowd *crowd, const struct crowd_mixture *mixture)
{
	if (!mixture->rare) {
		say(crowd, mixture, mixture->count);
		return;
	}
	for (size_t i = 0; i < mixture->rare_count; i++) {
		say(crowd, mixture, mixture->count / mixture->rare_count - 1);
		say_rare(crowd, mixture);
	}
}

void crowd_fill(struct crowd *crowd, const struct crowd_mixture *mixture)
{
	if (mixture->count <= CROWD_SEEDS) {
		fill_small(crowd, mixture);
		return;
	}
	say(crowd, mixture, CROWD_SEEDS);
	if (mixture->rare)
		say_rare(crowd, mixture);
	fill_up(crowd, mixture);
}

/* --- the index of words --- */

bool crowd_is_indexed(const struct crowd *crowd)
{
	return !crowd_number(crowd, "SELECT EXISTS (SELECT 1 FROM task WHERE is_indexed = 0)");
}

double crowd_await_index(const struct crowd *crowd)
{
	const struct timespec moment = { .tv_nsec = 20000000 };
	int64_t start = clock_now_ns();

	while (!crowd_is_indexed(crowd))
		(void)nanosleep(&moment, NULL);
	return clock_ms_since(start) / 1e3;
}

/* --- writes that are measured --- */

static double us_each(struct load_outcome outcome)
{
	return outcome.seconds * 1e6 / (double)outcome.calls;
}

double crowd_measure_add(struct crowd *crowd, size_t count)
{
	crowd->count += count;
	return us_each(subject_say(&crowd->subject, &crowd->add, count));
}

double crowd_measure_done(struct crowd *crowd, size_t count)
{
	struct buffer *lines = memory_array(count, sizeof(*lines));
	const struct buffer **said = memory_array(count, sizeof(*said));
	size_t first = crowd->count - count + 1;
	double us;

	for (size_t i = 0; i < count; i++) {
		lines[i] = subject_line(&crowd->subject, "task.done", "{s:I}", "id", (json_int_t)first + (json_int_t)i);
		said[i] = &lines[i];
	}
	us = us_each(load_run(&(struct load){ .socket_path = crowd->subject.daemon.socket,
		.connections = MANY,
		.lines = said,
		.line_count = count,
		.calls = count }));
	for (size_t i = 0; i < count; i++)
		buffer_deinit(&lines[i]);
	free(lines);
	free(said);
	return us;
}
