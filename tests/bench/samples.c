/* Medians and quantiles. */
#include "bench/samples.h"

#include "common/memory.h"

#include <assert.h>

void samples_init(struct samples *samples)
{
	*samples = (struct samples){ 0 };
}

void samples_deinit(struct samples *samples)
{
	free(samples->values);
	samples_init(samples);
}

void samples_add(struct samples *samples, double value)
{
	if (samples->count == samples->capacity) {
		samples->capacity = samples->capacity ? samples->capacity * 2 : 64;
		samples->values = memory_resize(samples->values, samples->capacity, sizeof(*samples->values));
	}
	samples->values[samples->count++] = value;
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left;
	double b = *(const double *)right;

	return (a > b) - (a < b);
}

double samples_quantile(struct samples *samples, double part)
{
	size_t index;

	assert(samples->count);
	qsort(samples->values, samples->count, sizeof(*samples->values), compare);
	index = (size_t)(part * (double)samples->count);
	return samples->values[index < samples->count ? index : samples->count - 1];
}

double samples_median(struct samples *samples)
{
	return samples_quantile(samples, 0.5);
}
