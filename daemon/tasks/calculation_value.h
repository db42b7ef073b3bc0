/* What an expression comes to: numbers, lengths of time, moments, and what is true or false. */
#pragma once

#include "common/error.h"
#include "tasks/zone.h"

#include <stdbool.h>

enum calculation_kind { CALCULATION_NUMBER, CALCULATION_DURATION, CALCULATION_DATE, CALCULATION_TRUTH };

/* NULL-terminated, in the order of the enum: number, duration, date, boolean. */
extern const char *const calculation_kind_names[];

struct calculation_value {
	enum calculation_kind kind;
	double number; /* durations and moments in seconds; 1 is true */
};

enum calculation_operator {
	CALCULATION_ADD,
	CALCULATION_SUBTRACT,
	CALCULATION_MULTIPLY,
	CALCULATION_DIVIDE,
	CALCULATION_REMAINDER,
	CALCULATION_POWER,
	CALCULATION_LESS,
	CALCULATION_LESS_EQUAL,
	CALCULATION_GREATER,
	CALCULATION_GREATER_EQUAL,
	CALCULATION_EQUAL,
	CALCULATION_UNEQUAL,
	CALCULATION_AND,
	CALCULATION_OR,
	CALCULATION_XOR,
};

/*
 * Taskwarrior's rules: a moment and a length of time give a moment, two moments a length of time; a number beside a
 * moment or a length of time counts seconds. False: the two do not go together, or what comes of it is no number, or
 * no moment of the years 1 to 9999.
 */
bool calculation_apply(enum calculation_operator operator, const struct calculation_value * left,
	const struct calculation_value *right, struct calculation_value *ret_value);

bool calculation_is_true(const struct calculation_value *value);

/*
 * As Taskwarrior writes it: 2.5, P1DT2H (days are the largest part), 2026-11-23T14:00:00 on the clock of the zone,
 * true.
 */
#define CALCULATION_TEXT_SIZE 96u
void calculation_format(
	const struct calculation_value *value, const struct zone *zone, char ret_text[CALCULATION_TEXT_SIZE]);
