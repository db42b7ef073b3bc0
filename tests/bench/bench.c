/* Measures taskd and taskctl beside their limits; see README.md. */
#include "bench/bench.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "common/wire.h"

#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS_USUAL 5
#define ROUNDS_MOST  1000

static const struct group {
	const char *name;
	void (*run)(struct bench *bench);
	bool is_long; /* and so runs only where it is named */
} groups[] = {
	{ .name = "account.me", .run = bench_account_me },
	{ .name = "task.add", .run = bench_task_add },
	{ .name = "task.list", .run = bench_task_list },
	{ .name = "commands", .run = bench_commands },
	{ .name = "memory", .run = bench_memory },
	{ .name = "logins", .run = bench_login_timing },
	{ .name = "bulk", .run = bench_bulk },
	{ .name = "size", .run = bench_size },
	{ .name = "urgency", .run = bench_urgency },
	{ .name = "search", .run = bench_search },
	{ .name = "trade", .run = bench_trade },
	{ .name = "scale", .run = bench_scale },
	{ .name = "charts", .run = bench_charts },
	{ .name = "completion", .run = bench_completion },
	{ .name = "beside-task", .run = bench_beside_task, .is_long = true },
	{ .name = "series", .run = bench_series, .is_long = true },
	{ .name = "scale-million", .run = bench_scale_million, .is_long = true },
	{ .name = "search-million", .run = bench_search_million, .is_long = true },
};

struct wishes {
	const char *json_path;
	int rounds;
	bool is_wanted[COUNT_OF(groups)]; /* none: all of them */
};

static void parse_rounds(const char *text, struct argp_state *state, struct wishes *wishes)
{
	int64_t rounds;

	if (!text_parse_integer(text, 1, ROUNDS_MOST, &rounds))
		argp_error(state, "--rounds wants a number from 1 to %d, not `%s'", ROUNDS_MOST, text);
	wishes->rounds = (int)rounds;
}

static void parse_group(const char *name, struct argp_state *state, struct wishes *wishes)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if (!strcmp(groups[i].name, name)) {
			wishes->is_wanted[i] = true;
			return;
		}
	argp_error(state, "there is no group `%s'", name);
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct wishes *wishes = state->input;

	switch (key) {
	case 'j':
		wishes->json_path = argument;
		return 0;
	case 'r':
		parse_rounds(argument, state, wishes);
		return 0;
	case ARGP_KEY_ARG:
		parse_group(argument, state, wishes);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_option options[] = {
	{ "json", 'j', "FILE", 0, "Write the figures to this file, too", 0 },
	{ "rounds", 'r', "N", 0, "Measure each figure so often; the median counts (5)", 0 },
	{ 0 },
};

static const struct argp arguments = {
	.options = options,
	.parser = parse_option,
	.args_doc = "[GROUP...]",
	.doc = "Measure taskd and taskctl beside their limits."
	       "\vGroups: account.me task.add task.list commands memory logins bulk size urgency search trade scale charts "
	       "completion, and those that take minutes: beside-task series scale-million search-million. Without one, "
	       "all but the long ones. "
	       "The exit status is 0 when every limit is kept, else 1.",
};

static bool wants_all(const struct wishes *wishes)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if (wishes->is_wanted[i])
			return false;
	return true;
}

static void run_groups(struct bench *bench, const struct wishes *wishes)
{
	bool is_all = wants_all(wishes);

	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if ((is_all && !groups[i].is_long) || wishes->is_wanted[i])
			groups[i].run(bench);
}

static int finish(struct bench *bench, const struct wishes *wishes)
{
	bool is_kept = bench->report.is_kept;

	report_print(&bench->report, stdout);
	if (wishes->json_path && !report_save(&bench->report, wishes->json_path)) {
		(void)fprintf(stderr, "bench_taskd: cannot write %s: %s\n", wishes->json_path, strerror(errno));
		is_kept = false;
	}
	report_deinit(&bench->report);
	return is_kept ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	struct wishes wishes = { .rounds = ROUNDS_USUAL };
	struct bench bench;

	if (argp_parse(&arguments, argc, argv, 0, NULL, &wishes))
		return EXIT_FAILURE;
	wire_init();
	report_init(&bench.report);
	bench.rounds = wishes.rounds;
	run_groups(&bench, &wishes);
	return finish(&bench, &wishes);
}
