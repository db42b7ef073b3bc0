/* Whether the time of a failed login tells why it failed: unknown email, wrong password, disabled account, in turn. */
#include "bench/bench.h"
#include "bench/subject.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"

#include <math.h>
#include <stdio.h>

#define LOGINS      400 /* of all kinds together, one after the other */
#define Z_99        2.576
#define HASH_PART   0.01 /* of a hash: what nobody could make use of */
#define WARM_LOGINS 6

/* The cost of a hash as installed, and as many attempts as there are. */
static const char *const settings[] = { "TASKD_PASSWORD_MEMORY_KIB=65536", "TASKD_LOGIN_BURST=1000000",
	"TASKD_LOGIN_BURST_PER_UID=1000000", NULL };

enum kind { UNKNOWN, WRONG, DISABLED, KIND_COUNT };

static const char *const emails[] = {
	[UNKNOWN] = "unknown@example.com",
	[WRONG] = "known@example.com",
	[DISABLED] = "disabled@example.com",
};

struct times {
	double sum, sum_of_squares;
	int count;
};

static double mean(const struct times *times)
{
	return times->sum / times->count;
}

static double variance_of_mean(const struct times *times)
{
	double variance = times->sum_of_squares / times->count - mean(times) * mean(times);

	return variance / times->count;
}

static double fail_to_log_in(struct line_client *client, enum kind kind)
{
	const char *password = kind == WRONG ? "not the password" : PERSON_PASSWORD;
	json_t *params = json_pack("{s:s, s:s}", "email", emails[kind], "password", password);
	int64_t start = clock_now_ns();

	json_decref(line_client_error(client, "auth.login", params, "unauthenticated"));
	return clock_ms_since(start);
}

static void make_account(struct line_client *client, enum kind kind)
{
	json_decref(line_client_result(
		client, "account.signup", json_pack("{s:s, s:s}", "email", emails[kind], "password", PERSON_PASSWORD)));
}

static void measure(struct line_client *client, struct times times[KIND_COUNT])
{
	for (int i = 0; i < LOGINS + WARM_LOGINS; i++) {
		enum kind kind = (enum kind)(i % KIND_COUNT);
		double taken = fail_to_log_in(client, kind);

		if (i < WARM_LOGINS)
			continue;
		times[kind].sum += taken;
		times[kind].sum_of_squares += taken * taken;
		times[kind].count++;
	}
}

/* Kept when the difference of the means lies within its 99 % interval around zero, or below 1 % of a hash. */
static void compare(struct bench *bench, const struct times *times, enum kind kind, const char *name)
{
	double difference = mean(&times[kind]) - mean(&times[WRONG]);
	double interval = Z_99 * sqrt(variance_of_mean(&times[kind]) + variance_of_mean(&times[WRONG]));
	double allowed = fmax(interval, HASH_PART * mean(&times[WRONG]));
	AUTO_CONTEST struct contest contest;

	(void)fprintf(stderr, "%s: difference %+.4f ms, 99 %% interval +-%.4f ms, %.3f %% of a login\n", name,
		difference, interval, 100 * fabs(difference) / mean(&times[WRONG]));
	contest_init(&contest);
	contest_add_value(&contest, mean(&times[kind]), mean(&times[WRONG]), fabs(difference) / allowed);
	report_add(&bench->report, &(struct figure){ name, "ms", LIMIT_AT_MOST, 1 }, &contest);
}

void bench_login_timing(struct bench *bench)
{
	AUTO_SUBJECT struct subject subject;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	struct times times[KIND_COUNT] = { { 0 } };

	subject_start(&subject, settings);
	line_client_open(&client, subject.daemon.socket);
	make_account(&client, WRONG);
	make_account(&client, DISABLED);
	json_decref(line_client_result(
		&client, "system.disable_account", json_pack("{s:b, s:s}", "operator", 1, "email", emails[DISABLED])));
	measure(&client, times);
	compare(bench, times, UNKNOWN, "failed login, unknown beside wrong password");
	compare(bench, times, DISABLED, "failed login, disabled beside wrong password");
}
