/* Numbers that were measured, and the clock that they come from. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct samples {
	double *values;
	size_t count;
	size_t capacity;
};

void samples_init(struct samples *samples);
void samples_deinit(struct samples *samples);
void samples_add(struct samples *samples, double value);

/* The value below which this part (0 to 1) of the samples lies; there must be one. Sorts them. */
double samples_quantile(struct samples *samples, double part);
double samples_median(struct samples *samples);

#define AUTO_SAMPLES __attribute__((cleanup(samples_deinit)))

static inline int64_t clock_now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline double clock_ms_since(int64_t start_ns)
{
	return (double)(clock_now_ns() - start_ns) / 1e6;
}
