/* Figures beside their limits, as a table for people and as JSON for programs. */
#pragma once

#include "bench/samples.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* One figure measured in several rounds, the product and what stands beside it in turn. */
struct contest {
	struct samples product;
	struct samples reference; /* empty: the limit is a number of its own */
	struct samples value;     /* what the limit is about: mostly product / reference */
};

void contest_init(struct contest *contest);
void contest_deinit(struct contest *contest);

/* A round whose value is product / reference. */
void contest_add_ratio(struct contest *contest, double product, double reference);
/* A round whose value is computed otherwise. */
void contest_add_value(struct contest *contest, double product, double reference, double value);
/* A round that stands alone. */
void contest_add_alone(struct contest *contest, double product);

#define AUTO_CONTEST __attribute__((cleanup(contest_deinit)))

enum limit_sense { LIMIT_NONE, LIMIT_AT_LEAST, LIMIT_AT_MOST }; /* NONE: shown for what it says about the machine */

struct figure {
	const char *name;
	const char *unit; /* of product and reference; of the value too where nothing stands beside */
	enum limit_sense sense;
	double limit;
};

struct report {
	json_t *figures;
	bool is_kept; /* every limit so far */
};

void report_init(struct report *report);
void report_deinit(struct report *report);

/* The medians of a contest become a row, which is also shown on stderr at once: a whole run takes minutes. */
void report_add(struct report *report, const struct figure *figure, struct contest *contest);

void report_print(const struct report *report, FILE *file);

/* False when the file cannot be written; errno says why. */
bool report_save(const struct report *report, const char *path);
