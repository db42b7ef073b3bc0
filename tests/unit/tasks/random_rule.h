/* Rules of RFC 5545 at random, the same ones each time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RANDOM_RULE_SIZE 200

enum random_rule_frequency { RANDOM_DAILY, RANDOM_WEEKLY, RANDOM_MONTHLY, RANDOM_YEARLY };

struct random_rule {
	enum random_rule_frequency frequency;
	int interval;
	int week_start;    /* 0 is Monday */
	int month;         /* 0: none */
	int month_days[2]; /* 0: none */
	unsigned weekdays; /* bits from Monday on */
	int ordinal;       /* of all these weekdays; 0: none */
	int position;      /* 0: none */
	int year_day;      /* 0: none */
	int week;          /* 0: none */
	char text[RANDOM_RULE_SIZE];
};

/* A number from 0 to limit - 1. */
unsigned random_below(uint64_t *state, unsigned limit);

/* A rule whose parts may stand together. It may fit no day. */
struct random_rule random_rule_make(uint64_t *state);
