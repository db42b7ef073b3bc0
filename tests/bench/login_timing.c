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

/* Of each kind the slowest quarter is left out: what else the machine did lies there, and no login is that slow. */
#define COUNTED 0.75

struct spread {
	double mean, variance_of_mean;
};

static struct spread spread_of(struct samples *samples)
{
	double limit = samples_quantile(samples, COUNTED);
	double sum = 0, squares = 0;
	struct spread spread;
	int count = 0;

	for (size_t i = 0; i < samples->count && samples->values[i] <= limit; i++) {
		sum += samples->values[i];
		squares += samples->values[i] * samples->values[i];
		count++;
	}
	spread.mean = sum / count;
	spread.variance_of_mean = (squares / count - spread.mean * spread.mean) / count;
	return spread;
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

static void measure(struct line_client *client, struct samples times[KIND_COUNT])
{
	for (int i = 0; i < LOGINS + WARM_LOGINS; i++) {
		enum kind kind = (enum kind)(i % KIND_COUNT);
		double taken = fail_to_log_in(client, kind);

		if (i >= WARM_LOGINS)
			samples_add(&times[kind], taken);
	}
}

/* Kept when the difference of the means lies within its 99 % interval around zero, or below 1 % of a hash. */
static void compare(struct bench *bench, const struct spread *kind, const struct spread *wrong, const char *name)
{
	double difference = kind->mean - wrong->mean;
	double interval = Z_99 * sqrt(kind->variance_of_mean + wrong->variance_of_mean);
	double allowed = fmax(interval, HASH_PART * wrong->mean);
	AUTO_CONTEST struct contest contest;

	(void)fprintf(stderr, "%s: difference %+.4f ms, 99 %% interval +-%.4f ms, %.3f %% of a login\n", name,
		difference, interval, 100 * fabs(difference) / wrong->mean);
	contest_init(&contest);
	contest_add_value(&contest, kind->mean, wrong->mean, fabs(difference) / allowed);
	report_add(&bench->report, &(struct figure){ name, "ms", LIMIT_AT_MOST, 1 }, &contest);
}

void bench_login_timing(struct bench *bench)
{
	AUTO_SUBJECT struct subject subject;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	struct samples times[KIND_COUNT];
	struct spread spreads[KIND_COUNT];

	for (size_t i = 0; i < KIND_COUNT; i++)
		samples_init(&times[i]);
	subject_start(&subject, settings);
	line_client_open(&client, subject.daemon.socket);
	make_account(&client, WRONG);
	make_account(&client, DISABLED);
	json_decref(line_client_result(
		&client, "system.disable_account", json_pack("{s:b, s:s}", "operator", 1, "email", emails[DISABLED])));
	measure(&client, times);
	for (size_t i = 0; i < KIND_COUNT; i++) {
		spreads[i] = spread_of(&times[i]);
		samples_deinit(&times[i]);
	}
	compare(bench, &spreads[UNKNOWN], &spreads[WRONG], "failed login, unknown beside wrong password");
	compare(bench, &spreads[DISABLED], &spreads[WRONG], "failed login, disabled beside wrong password");
}
