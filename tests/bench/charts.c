/* The numbers behind pictures, of 100 000 tasks with a past. */
#include "bench/bench.h"
#include "bench/crowd.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"

#include <stdio.h>

#define TASKS   ((size_t)100000)
#define READ_MS 500

/*
 * Added over the last 300 days. Half of them are completed and some deleted, at most 60 days later; of the others some
 * wait, are scheduled, depend on the one before. A tenth was worked on. Labels stay as they are: nobody asks for them.
 */
static const char past_sql[] =
	"UPDATE task SET created = unixepoch() - 86400 * 300 + id * 86400 * 300 / (SELECT max(id) FROM task);"
	"UPDATE task SET status = 'completed', completed = min(unixepoch(), created + (id * 7919) % (86400 * 60)),"
	" urgency_change = NULL WHERE id % 2 = 0;"
	"UPDATE task SET status = 'deleted', deleted = min(unixepoch(), created + (id * 6007) % (86400 * 60)),"
	" urgency_change = NULL WHERE id % 19 = 0 AND id % 2 = 1;"
	"UPDATE task SET due = unixepoch() - 86400 * 30 + (id * 104729) % (86400 * 365) WHERE id % 3 = 0;"
	"UPDATE task SET scheduled = unixepoch() - 86400 * 30 + (id * 7919) % (86400 * 365) WHERE id % 5 = 0;"
	"UPDATE task SET wait = unixepoch() - 86400 * 30 + (id * 6007) % (86400 * 365) WHERE id % 7 = 0;"
	"INSERT INTO task_time (account_id, task_id, started, stopped)"
	" SELECT account_id, id, created + id % 3600, created + id % 3600 + 86400 FROM task WHERE id % 10 = 0;"
	"INSERT INTO task_dependency (account_id, task_id, on_id)"
	" SELECT account_id, id, id - 2 FROM task WHERE status = 'pending' AND id % 100 BETWEEN 11 AND 31;"
	"UPDATE task SET blockers = 1, dependents = 1 WHERE status = 'pending' AND id % 100 BETWEEN 9 AND 31;";

static const struct drawing {
	const char *name, *method;
	const char *key, *value; /* of a parameter */
	const char *other_key, *other_value;
	double limit_ms;
} drawings[] = {
	{ "task.calendar of a month", "task.calendar", "from", "som", "to", "eom", 5 },
	{ "task.calendar of five years", "task.calendar", "from", "today-913d", "to", "today+913d", 150 },
	{ "task.burndown by day", "task.burndown", "unit", "day", NULL, NULL, 150 },
	{ "task.burndown by day, of a filter", "task.burndown", "unit", "day", "filter", "created.after:today-60d",
		150 },
	{ "task.activity by month", "task.activity", "unit", "month", NULL, NULL, 150 },
	{ "task.stats", "task.stats", "filter", "", NULL, NULL, 150 },
};

/* Milliseconds a call. */
static double measure(const struct subject *subject, const struct drawing *drawing)
{
	AUTO_BUFFER struct buffer line =
		drawing->other_key ? subject_line(subject, drawing->method, "{s:s, s:s}", drawing->key, drawing->value,
					     drawing->other_key, drawing->other_value)
				   : subject_line(subject, drawing->method, "{s:s}", drawing->key, drawing->value);

	return 1e3 / load_rate(subject->daemon.socket, 1, &line, READ_MS);
}

static void report_drawing(struct bench *bench, const struct subject *subject, const struct drawing *drawing)
{
	AUTO_CONTEST struct contest contest;
	char name[96];

	contest_init(&contest);
	for (int round = 0; round < bench->rounds; round++)
		contest_add_alone(&contest, measure(subject, drawing));
	(void)snprintf(name, sizeof(name), "%s, %zu tasks", drawing->name, TASKS);
	report_add(&bench->report, &(struct figure){ name, "ms", LIMIT_AT_MOST, drawing->limit_ms }, &contest);
}

void bench_charts(struct bench *bench)
{
	AUTO_CROWD struct crowd crowd;
	const struct buffer *line = &crowd.add;

	crowd_start(&crowd);
	crowd_fill(&crowd, &(struct crowd_mixture){ .count = TASKS, .lines = &line, .line_count = 1 });
	crowd_run_sql(&crowd, past_sql);
	for (size_t i = 0; i < COUNT_OF(drawings); i++)
		report_drawing(bench, &crowd.subject, &drawings[i]);
}
