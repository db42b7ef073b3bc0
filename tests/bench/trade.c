/* 100 000 tasks in and out, as files, beside Taskwarrior where that is installed. */
#include "bench/bench.h"
#include "bench/peers.h"

#include <stddef.h>

#define TASKS        100000
#define ROUNDS       3
#define IMPORT_LIMIT 5000.0 /* ms */
#define EXPORT_LIMIT 400.0

struct trade_figures {
	struct contest import, export;
};

/* Where there is no Taskwarrior, ours stand alone. */
static void add_figure(struct contest *contest, double ours, double peer)
{
	if (peer > 0)
		contest_add_value(contest, ours, peer, ours);
	else
		contest_add_alone(contest, ours);
}

static void measure_round(const struct peers *peers, struct trade_figures *figures)
{
	const char *const import[] = { "import", "-q", "--from", "taskwarrior", peers->tasks, NULL };
	const char *const export[] = { "export", "--all", NULL };
	const char *const peer_import[] = { "import", peers->tasks, NULL };
	const char *const peer_export[] = { "export", NULL };
	double ms = peers_run_ours(peers, import, "/dev/null");

	add_figure(&figures->import, ms, peers_run_theirs(peers, peer_import, "/dev/null"));
	ms = peers_run_ours(peers, export, peers->exported);
	add_figure(&figures->export, ms, peers_run_theirs(peers, peer_export, "/dev/null"));
}

void bench_trade(struct bench *bench)
{
	static const struct figure import = { "taskctl import of 100 000 tasks", "ms", LIMIT_AT_MOST, IMPORT_LIMIT };
	static const struct figure export = { "taskctl export of 100 000 tasks", "ms", LIMIT_AT_MOST, EXPORT_LIMIT };
	struct trade_figures figures;

	contest_init(&figures.import);
	contest_init(&figures.export);
	for (int round = 0; round < ROUNDS; round++) {
		struct peers peers;

		peers_start(&peers, TASKS);
		measure_round(&peers, &figures);
		peers_end(&peers);
	}
	report_add(&bench->report, &import, &figures.import);
	report_add(&bench->report, &export, &figures.export);
	contest_deinit(&figures.import);
	contest_deinit(&figures.export);
}
