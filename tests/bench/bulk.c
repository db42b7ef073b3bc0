/* Changes of many tasks at once: 10 000 beside 500, and how long others wait meanwhile. */
#include "bench/bench.h"
#include "bench/subject.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"

#include <stdio.h>
#include <string.h>

#define FEW        500
#define MANY       10000
#define BULK_LIMIT 25.0
#define WAIT_LIMIT 10000.0 /* us */
#define QUANTILE   0.99

/* What is done to all tasks of a project and then taken back, so that every round finds the same. */
static const struct act {
	const char *name;
	size_t untimed; /* steps that only make what the others are about */
	struct {
		const char *method;
		const char *status; /* of those that it is for; NULL: no filter is said */
		const char *key;    /* of what is changed; NULL: nothing is said */
		const char *value;  /* JSON */
	} steps[2];
} acts[] = {
	{ "bulk modify of a field, 10 000 beside 500", 0,
		{ { "task.modify", "pending", "priority", "\"H\"" },
			{ "task.modify", "pending", "priority", "null" } } },
	{ "bulk modify of tags, 10 000 beside 500", 0,
		{ { "task.modify", "pending", "add_tags", "[\"more\"]" },
			{ "task.modify", "pending", "remove_tags", "[\"more\"]" } } },
	{ "bulk modify of the project, 10 000 beside 500", 0,
		{ { "task.modify", "pending", "project", "\"PROJECT.below\"" },
			{ "task.modify", "pending", "project", "\"PROJECT\"" } } },
	{ "bulk done and restore, 10 000 beside 500", 0,
		{ { "task.done", "pending", NULL, NULL }, { "task.restore", "completed", NULL, NULL } } },
	{ "undo of a bulk modify, 10 000 beside 500", 1,
		{ { "task.modify", "pending", "priority", "\"H\"" }, { "history.undo", NULL, NULL, NULL } } },
};

static void fill(const struct subject *subject, const char *project, size_t count)
{
	AUTO_BUFFER struct buffer line = subject_line(subject, "task.add", "{s:s, s:s, s:[s, s], s:s}", "title",
		"Buy tulip bulbs before the frost", "project", project, "tags", "shop", "weekend", "due",
		"2030-11-23T14:00:00Z");

	(void)subject_say(subject, &line, count);
}

static struct buffer make_line(const struct subject *subject, const struct act *act, size_t step, const char *project)
{
	char filter[64], value[64];
	struct buffer line;
	const char *name = act->steps[step].value ? strstr(act->steps[step].value, "PROJECT") : NULL;

	if (!act->steps[step].status)
		return subject_line(subject, act->steps[step].method, "{}");
	(void)snprintf(filter, sizeof(filter), "project:%s status:%s", project, act->steps[step].status);
	if (!act->steps[step].key)
		return subject_line(subject, act->steps[step].method, "{s:s}", "filter", filter);
	if (name)
		(void)snprintf(value, sizeof(value), "\"%s%s", project, name + strlen("PROJECT"));
	else
		(void)snprintf(value, sizeof(value), "%s", act->steps[step].value);
	line = subject_line(subject, act->steps[step].method, "{s:s, s:o}", "filter", filter, act->steps[step].key,
		json_loads(value, JSON_DECODE_ANY, NULL));
	return line;
}

static void expect_count(struct line_client *client, size_t count)
{
	json_auto_t *reply = line_client_read_json(client);

	assert_int_equal(integer_at(json_object_get(reply, "result"), "count"), count);
}

/* Meanwhile somebody asks without a pause. Milliseconds. */
static double change(const struct subject *subject, const struct buffer *line, const struct buffer *me, size_t count,
	struct samples *waits_us)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	int64_t start;
	double took_ms;

	line_client_open(&client, subject->daemon.socket);
	start = clock_now_ns();
	line_client_send(&client, line->data, line->length);
	(void)load_run(&(struct load){ .socket_path = subject->daemon.socket,
		.connections = 1,
		.lines = &me,
		.line_count = 1,
		.until_fd = client.fd,
		.latencies_us = waits_us });
	took_ms = clock_ms_since(start);
	expect_count(&client, count);
	return took_ms;
}

static double change_and_take_back(const struct subject *subject, const struct act *act, const char *project,
	size_t count, struct samples *waits_us)
{
	AUTO_BUFFER struct buffer me = subject_line(subject, "account.me", "{}");
	double took_ms = 0;

	for (size_t step = 0; step < COUNT_OF(act->steps); step++) {
		AUTO_BUFFER struct buffer line = make_line(subject, act, step, project);
		double step_ms = change(subject, &line, &me, count, waits_us);

		took_ms += step < act->untimed ? 0 : step_ms;
	}
	return took_ms;
}

static void measure_act(struct bench *bench, const struct subject *subject, const struct act *act)
{
	AUTO_CONTEST struct contest growth, wait;

	contest_init(&growth);
	contest_init(&wait);
	for (int round = 0; round < bench->rounds; round++) {
		AUTO_SAMPLES struct samples waits_us;
		double many_ms;

		samples_init(&waits_us);
		many_ms = change_and_take_back(subject, act, "many", MANY, &waits_us);
		contest_add_alone(&wait, samples_quantile(&waits_us, QUANTILE));
		contest_add_ratio(&growth, many_ms, change_and_take_back(subject, act, "few", FEW, &waits_us));
	}
	report_add(&bench->report, &(struct figure){ act->name, "ms", LIMIT_AT_MOST, BULK_LIMIT }, &growth);
	report_add(&bench->report, &(struct figure){ "p99 of account.me meanwhile", "us", LIMIT_AT_MOST, WAIT_LIMIT },
		&wait);
}

void bench_bulk(struct bench *bench)
{
	AUTO_SUBJECT struct subject subject;

	subject_start(&subject, NULL);
	fill(&subject, "few", FEW);
	fill(&subject, "many", MANY);
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		measure_act(bench, &subject, &acts[i]);
}
