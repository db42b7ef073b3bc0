/* Resident memory in quiet and under load, and what a rush of logins does to it and to others. */
#include "bench/bench.h"
#include "bench/subject.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"

#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOGINS       64
#define MANY         64
#define LOAD_MS      1000
#define QUIET_MS     1000
#define RUSH_ROUNDS  3 /* each of them hashes for seconds */
#define HASH_MIB     64.0
#define HASHES       2
#define ROOM_MIB     16.0
#define KIB_IN_MIB   1024.0
#define QUANTILE     0.99
#define P99_LIMIT    10.0
#define IDLE_LIMIT   16.0
#define LOADED_LIMIT 32.0

/* The memory of a hash as installed, and a queue in which all find a place, so that all of them are hashed. */
static const char *const settings[] = { "TASKD_PASSWORD_MEMORY_KIB=65536", "TASKD_HASH_QUEUE=64",
	"TASKD_HASH_QUEUE_PER_UID=64", NULL };

static double resident_mib(const struct subject *subject)
{
	return (double)test_daemon_rss_kib(&subject->daemon) / KIB_IN_MIB;
}

/* The most that was ever resident. */
static double peak_mib(const struct subject *subject)
{
	return (double)test_daemon_peak_kib(&subject->daemon) / KIB_IN_MIB;
}

static void report_alone(struct bench *bench, const char *name, double limit, double product)
{
	AUTO_CONTEST struct contest contest;

	contest_init(&contest);
	contest_add_alone(&contest, product);
	report_add(&bench->report, &(struct figure){ name, "MiB", LIMIT_AT_MOST, limit }, &contest);
}

/* --- the rush --- */

/* In a process of its own: everybody asks before anybody hears. */
static _Noreturn void log_in_all(const struct subject *subject, const char *email)
{
	struct line_client clients[LOGINS];

	for (size_t i = 0; i < LOGINS; i++)
		line_client_open(&clients[i], subject->daemon.socket);
	for (size_t i = 0; i < LOGINS; i++)
		line_client_request(&clients[i], "auth.login",
			json_pack("{s:s, s:s}", "email", email, "password", PERSON_PASSWORD));
	for (size_t i = 0; i < LOGINS; i++) {
		json_auto_t *reply = line_client_read_json(&clients[i]);

		if (!json_object_get(reply, "result"))
			_exit(1);
	}
	_exit(0);
}

static pid_t start_rush(const struct subject *subject, const char *email)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		log_in_all(subject, email);
	return pid;
}

static void expect_all_logged_in(pid_t pid)
{
	int status;

	assert_true(waitpid(pid, &status, 0) == pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		fail_msg("not all of %d logins went well", LOGINS);
}

/* On a connection of its own, for so long or until the descriptor is readable. */
static double measure_p99_us(
	const struct subject *subject, const struct buffer *line, int64_t duration_ms, int until_fd)
{
	AUTO_SAMPLES struct samples latencies;

	samples_init(&latencies);
	(void)load_run(&(struct load){ .socket_path = subject->daemon.socket,
		.connections = 1,
		.lines = &line,
		.line_count = 1,
		.duration_ms = duration_ms,
		.until_fd = until_fd,
		.latencies_us = &latencies });
	return samples_quantile(&latencies, QUANTILE);
}

/* While everybody logs in as somebody else: an account keeps its newest sessions only. */
static double measure_rush_p99_us(const struct subject *subject, const struct buffer *line, const char *email)
{
	pid_t pid = start_rush(subject, email);
	AUTO_CLOSE int pid_fd = pidfd_open(pid, 0);
	double p99;

	assert_true(pid_fd >= 0);
	p99 = measure_p99_us(subject, line, 0, pid_fd);
	expect_all_logged_in(pid);
	return p99;
}

static void add_rush(struct contest *contest, const struct subject *subject, const struct buffer *line)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person other = { 0 };
	double quiet;

	line_client_open(&client, subject->daemon.socket);
	person_join_new(&other, &client);
	quiet = measure_p99_us(subject, line, QUIET_MS, 0);
	contest_add_ratio(contest, measure_rush_p99_us(subject, line, other.email), quiet);
}

/* The peak counts from the start of the daemon, so whatever hashed before is in it. */
static void measure_rush(struct bench *bench, const struct subject *subject, const struct buffer *line)
{
	AUTO_CONTEST struct contest contest;
	double before = resident_mib(subject);

	contest_init(&contest);
	for (int i = 0; i < RUSH_ROUNDS; i++)
		add_rush(&contest, subject, line);
	report_alone(
		bench, "memory that 64 logins at once add", HASHES * HASH_MIB + ROOM_MIB, peak_mib(subject) - before);
	report_add(&bench->report,
		&(struct figure){ "p99 of account.me meanwhile, beside quiet", "us", LIMIT_AT_MOST, P99_LIMIT },
		&contest);
}

/* --- the group --- */

static void load_all(const struct subject *subject, const struct buffer *me)
{
	AUTO_BUFFER struct buffer add = subject_add_line(subject);
	AUTO_BUFFER struct buffer list = subject_line(subject, "task.list", "{}");
	const struct buffer *const lines[] = { me, &add, &list };

	for (size_t i = 0; i < COUNT_OF(lines); i++)
		(void)load_rate(subject->daemon.socket, MANY, lines[i], LOAD_MS);
}

void bench_memory(struct bench *bench)
{
	AUTO_SUBJECT struct subject subject;
	AUTO_BUFFER struct buffer me;

	subject_start(&subject, settings);
	me = subject_line(&subject, "account.me", "{}");
	report_alone(bench, "memory, idle", IDLE_LIMIT, resident_mib(&subject));
	load_all(&subject, &me);
	report_alone(bench, "memory after me, add, list by 64", LOADED_LIMIT, resident_mib(&subject));
	measure_rush(bench, &subject, &me);
}
