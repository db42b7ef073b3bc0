/* One line that is drawn over. */
#include "progress.h"

#include "terminal.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECOND_NS    INT64_C(1000000000)
#define QUIET_NS     (SECOND_NS / 2)
#define INTERVAL_NS  (SECOND_NS / 10)
#define BAR_MOST     30
#define WORDS_LEAST  50 /* columns that label, percent, count and rate take */
#define COLUMNS_LESS 80 /* where nobody knows how wide the terminal is */
#define CLEAR        "\r\033[K"

static int64_t monotonic_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * SECOND_NS + now.tv_nsec;
}

/* --- Ctrl-C --- */

/* The handler is gone by then (SA_RESETHAND), so that the signal does what it would have done. */
static void clear_and_go(int number)
{
	(void)!write(STDERR_FILENO, CLEAR, sizeof(CLEAR) - 1);
	(void)raise(number);
}

static void handle_interrupt(bool is_shown)
{
	struct sigaction action = { .sa_handler = is_shown ? clear_and_go : SIG_DFL, .sa_flags = (int)SA_RESETHAND };
	struct sigaction before;

	/* Whoever ignores it, as nohup does, goes on doing so. */
	if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
		(void)sigaction(SIGINT, &action, NULL);
}

/* --- the line --- */

void progress_begin(struct progress *progress, const char *label, const char *unit, int64_t total, bool is_quiet)
{
	*progress = (struct progress){ .label = label, .unit = unit, .total = total, .began_ns = monotonic_ns() };
	if (is_quiet || !terminal_can_redraw(stderr))
		return;
	progress->stream = stderr;
}

static void draw_bar(const struct progress *progress, int64_t done)
{
	unsigned columns = terminal_width(progress->stream);
	int64_t room = (columns ? columns : COLUMNS_LESS) - (int64_t)WORDS_LEAST;
	int64_t width = room < BAR_MOST ? room : BAR_MOST;
	int64_t filled = done >= progress->total ? width : width * done / progress->total;

	if (width < 5)
		return;
	(void)fputs(" [", progress->stream);
	for (int64_t i = 0; i < width; i++)
		(void)fputc(i < filled ? '#' : '-', progress->stream);
	(void)fputc(']', progress->stream);
}

static void draw(const struct progress *progress, int64_t done, int64_t count, int64_t elapsed_ns)
{
	(void)fprintf(progress->stream, CLEAR "%s", progress->label);
	if (progress->total) {
		draw_bar(progress, done);
		(void)fprintf(progress->stream, " %3" PRId64 " %%",
			done < progress->total ? 100 * done / progress->total : 100);
	}
	(void)fprintf(progress->stream, "  %" PRId64 " %s, %.0f/s", count, progress->unit,
		(double)count * (double)SECOND_NS / (double)elapsed_ns);
	(void)fflush(progress->stream);
}

void progress_update(struct progress *progress, int64_t done, int64_t count)
{
	int64_t now = progress->stream ? monotonic_ns() : 0;

	if (!progress->stream || now < progress->began_ns + QUIET_NS || now < progress->drawn_ns + INTERVAL_NS)
		return;
	if (!progress->drawn_ns)
		handle_interrupt(true);
	draw(progress, done, count, now - progress->began_ns);
	progress->drawn_ns = now;
}

void progress_clear(struct progress *progress)
{
	if (progress->drawn_ns)
		(void)fputs(CLEAR, progress->stream);
}

void progress_end(struct progress *progress)
{
	progress_clear(progress);
	if (progress->drawn_ns)
		handle_interrupt(false);
	progress->stream = NULL;
	progress->drawn_ns = 0;
}
