/* Medians into rows, rows into a table or a file. */
#include "bench/report.h"

#include "common/cleanup.h"

#include <string.h>
#include <sys/sysinfo.h>

#define LOAD_SCALE 65536.0 /* of sysinfo's load averages, see sysinfo(2) */

/* --- contests --- */

void contest_init(struct contest *contest)
{
	samples_init(&contest->product);
	samples_init(&contest->reference);
	samples_init(&contest->value);
}

void contest_deinit(struct contest *contest)
{
	samples_deinit(&contest->product);
	samples_deinit(&contest->reference);
	samples_deinit(&contest->value);
}

void contest_add_value(struct contest *contest, double product, double reference, double value)
{
	samples_add(&contest->product, product);
	samples_add(&contest->reference, reference);
	samples_add(&contest->value, value);
}

void contest_add_ratio(struct contest *contest, double product, double reference)
{
	contest_add_value(contest, product, reference, product / reference);
}

void contest_add_alone(struct contest *contest, double product)
{
	samples_add(&contest->product, product);
	samples_add(&contest->value, product);
}

/* --- rows --- */

void report_init(struct report *report)
{
	*report = (struct report){ .figures = json_array(), .is_kept = true };
}

void report_deinit(struct report *report)
{
	json_decref(report->figures);
	report->figures = NULL;
}

static bool is_within(const struct figure *figure, double value)
{
	switch (figure->sense) {
	case LIMIT_NONE:
		return true;
	case LIMIT_AT_LEAST:
		return value >= figure->limit;
	case LIMIT_AT_MOST:
		return value <= figure->limit;
	}
	return false;
}

static const char *const sense_names[] = { [LIMIT_AT_LEAST] = "at_least", [LIMIT_AT_MOST] = "at_most" };
static const char *const sense_signs[] = { [LIMIT_AT_LEAST] = ">=", [LIMIT_AT_MOST] = "<=" };

static json_t *make_row(const struct figure *figure, struct contest *contest)
{
	json_t *row = json_pack("{s:s, s:s, s:f, s:f, s:i}", "figure", figure->name, "unit", figure->unit, "measured",
		samples_median(&contest->product), "value", samples_median(&contest->value), "rounds",
		(int)contest->value.count);

	if (contest->reference.count)
		json_object_set_new(row, "beside", json_real(samples_median(&contest->reference)));
	if (figure->sense != LIMIT_NONE)
		json_object_set_new(row, sense_names[figure->sense], json_real(figure->limit));
	return row;
}

static const char *word_at(const json_t *row, const char *key)
{
	return json_string_value(json_object_get(row, key));
}

static void print_number(FILE *file, const json_t *row, const char *key)
{
	double number = json_number_value(json_object_get(row, key));

	if (!json_object_get(row, key))
		(void)fprintf(file, " %10s", "");
	else
		(void)fprintf(file, " %10.*f", number < 1000 ? 3 : 0, number);
}

static void print_limit(FILE *file, const json_t *row)
{
	for (size_t i = LIMIT_AT_LEAST; i < COUNT_OF(sense_names); i++) {
		const json_t *limit = json_object_get(row, sense_names[i]);

		if (limit)
			(void)fprintf(file, "  %s %-5.4g %s", sense_signs[i], json_number_value(limit),
				json_is_true(json_object_get(row, "is_kept")) ? "kept" : "NOT KEPT");
	}
}

static void print_row(FILE *file, const json_t *row)
{
	(void)fprintf(file, "%-48s %-8s", word_at(row, "figure"), word_at(row, "unit"));
	print_number(file, row, "measured");
	print_number(file, row, "beside");
	print_number(file, row, "value");
	print_limit(file, row);
	(void)fputc('\n', file);
}

void report_add(struct report *report, const struct figure *figure, struct contest *contest)
{
	json_t *row = make_row(figure, contest);
	bool is_kept = is_within(figure, samples_median(&contest->value));

	json_object_set_new(row, "is_kept", json_boolean(is_kept));
	report->is_kept = report->is_kept && is_kept;
	print_row(stderr, row);
	json_array_append_new(report->figures, row);
}

/* --- the whole --- */

void report_print(const struct report *report, FILE *file)
{
	size_t index;
	const json_t *row;

	(void)fprintf(
		file, "%-48s %-8s %10s %10s %10s  %s\n", "figure", "unit", "measured", "beside", "value", "limit");
	json_array_foreach (report->figures, index, row)
		print_row(file, row);
}

static json_t *describe_machine(void)
{
	struct sysinfo info;

	(void)sysinfo(&info);
	return json_pack("{s:i, s:f}", "processors", get_nprocs(), "load_average", (double)info.loads[0] / LOAD_SCALE);
}

bool report_save(const struct report *report, const char *path)
{
	json_auto_t *root = json_pack("{s:s, s:o, s:b, s:O}", "version", TASKCTL_VERSION, "machine", describe_machine(),
		"is_kept", (int)report->is_kept, "figures", report->figures);

	return root && json_dump_file(root, path, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0;
}
