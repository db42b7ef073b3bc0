/* What a call costs beside the least that it could. */
#include "bench/bench.h"
#include "bench/crowd.h"
#include "bench/line_server.h"
#include "bench/raw_store.h"
#include "bench/subject.h"
#include "harness/cmocka_all.h"

#define MANY          64
#define ROUND_MS      1000
#define WARM_MS       300
#define LISTED        100
#define LIST_DATABASE "data/taskd.db"

/* Both in turn, so that a busy neighbour disturbs both. */
static void measure_beside(struct contest *contest, int rounds, const struct subject *subject, const char *other,
	const struct buffer *line)
{
	const char *socket = subject->daemon.socket;

	(void)load_rate(socket, MANY, line, WARM_MS);
	(void)load_rate(other, MANY, line, WARM_MS);
	for (int i = 0; i < rounds; i++) {
		double product = load_rate(socket, MANY, line, ROUND_MS);

		contest_add_ratio(contest, product, load_rate(other, MANY, line, ROUND_MS));
	}
}

/* --- account.me --- */

void bench_account_me(struct bench *bench)
{
	AUTO_SUBJECT struct subject subject;
	AUTO_CONTEST struct contest contest;
	AUTO_BUFFER struct buffer line, reply;
	struct line_server echo;
	char path[TEST_PATH_SIZE];

	contest_init(&contest);
	subject_start(&subject, NULL);
	line = subject_line(&subject, "account.me", "{}");
	reply = subject_reply(&subject, &line);
	echo_server_start(&echo, test_daemon_path(&subject.daemon, "echo.sock", path), &reply);
	measure_beside(&contest, bench->rounds, &subject, echo.path, &line);
	line_server_stop(&echo);
	report_add(&bench->report,
		&(struct figure){ "account.me, 64 connections, beside an echo", "calls/s", LIMIT_AT_LEAST, 0.25 },
		&contest);
}

/* --- task.list --- */

/* The same words from both, or there is nothing to compare. */
static void expect_same_words(const struct subject *subject, const char *other, const struct buffer *line)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_BUFFER struct buffer reply = subject_reply(subject, line);
	json_auto_t *ours = json_loadb(reply.data, reply.length, 0, NULL);
	json_auto_t *theirs = NULL;

	line_client_open(&client, other);
	line_client_send(&client, line->data, line->length);
	theirs = line_client_read_json(&client);
	if (!json_equal(ours, theirs))
		fail_msg("taskd and the tree server answer differently: %s", reply.data);
	assert_int_equal(json_array_size(json_object_get(json_object_get(ours, "result"), "tasks")), (size_t)LISTED);
}

void bench_task_list(struct bench *bench)
{
	AUTO_SUBJECT struct subject subject;
	AUTO_CONTEST struct contest contest;
	AUTO_BUFFER struct buffer add, list;
	struct line_server tree;
	char path[TEST_PATH_SIZE], database[TEST_PATH_SIZE];

	contest_init(&contest);
	subject_start(&subject, NULL);
	add = subject_add_line(&subject);
	list = subject_line(&subject, "task.list", "{}");
	(void)subject_say(&subject, &add, LISTED);
	tree_server_start(&tree, test_daemon_path(&subject.daemon, "tree.sock", path),
		test_daemon_path(&subject.daemon, LIST_DATABASE, database));
	expect_same_words(&subject, tree.path, &list);
	measure_beside(&contest, bench->rounds, &subject, tree.path, &list);
	line_server_stop(&tree);
	report_add(&bench->report,
		&(struct figure){ "task.list of 100, beside a jansson tree", "calls/s", LIMIT_AT_LEAST, 2.5 },
		&contest);
}

/* --- task.add --- */

struct adding {
	struct crowd *crowd;
	struct raw_store *raw;
};

/* Tasks a second. */
typedef double (*adding_rate)(const struct adding *adding, size_t connections, int64_t duration_ms);

static double rate_of_adding(const struct adding *adding, size_t connections, int64_t duration_ms)
{
	return load_rate(adding->crowd->subject.daemon.socket, connections, &adding->crowd->add, duration_ms);
}

/* Until the last word of the last one is in the index, too. */
static double rate_with_words(const struct adding *adding, size_t connections, int64_t duration_ms)
{
	const struct buffer *line = &adding->crowd->add;
	struct load_outcome outcome = load_run(&(struct load){ .socket_path = adding->crowd->subject.daemon.socket,
		.connections = connections,
		.lines = &line,
		.line_count = 1,
		.duration_ms = duration_ms });

	return (double)outcome.calls / (outcome.seconds + crowd_await_index(adding->crowd));
}

static void measure_adding(
	struct bench *bench, const struct adding *adding, adding_rate rate, size_t connections, struct figure figure)
{
	AUTO_CONTEST struct contest contest;

	contest_init(&contest);
	(void)rate(adding, connections, WARM_MS);
	(void)raw_store_add_rate(adding->raw, WARM_MS);
	for (int i = 0; i < bench->rounds; i++) {
		double product = rate(adding, connections, ROUND_MS);

		contest_add_ratio(&contest, product, raw_store_add_rate(adding->raw, ROUND_MS));
	}
	report_add(&bench->report, &figure, &contest);
}

/* A database as taskd makes it, left to others. */
static struct raw_store *open_raw(struct subject *maker)
{
	char path[TEST_PATH_SIZE];

	test_daemon_stop(&maker->daemon);
	return raw_store_open(test_daemon_path(&maker->daemon, LIST_DATABASE, path));
}

void bench_task_add(struct bench *bench)
{
	AUTO_SUBJECT struct subject maker;
	AUTO_CROWD struct crowd crowd;
	struct adding adding = { .crowd = &crowd };

	subject_start(&maker, NULL);
	adding.raw = open_raw(&maker);
	crowd_start(&crowd);
	measure_adding(bench, &adding, rate_of_adding, MANY,
		(struct figure){ "durable task.add, 64 connections, beside SQLite", "tasks/s", LIMIT_AT_LEAST, 2.0 });
	measure_adding(bench, &adding, rate_with_words, MANY,
		(struct figure){ "the same until all words are indexed", "tasks/s", LIMIT_AT_LEAST, 1.5 });
	measure_adding(bench, &adding, rate_of_adding, 1,
		(struct figure){ "durable task.add, 1 connection, beside SQLite", "tasks/s", LIMIT_AT_LEAST, 0.45 });
	raw_store_close(adding.raw);
}
