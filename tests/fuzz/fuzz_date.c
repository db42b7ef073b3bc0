/* Any bytes as a time: one that reads back from its own text, or a refusal that names the field. */
#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/date.h"

#include <stdbool.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert() is not there in every build that fuzzes. */
static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_round_trip(int64_t seconds, const struct date_context *context)
{
	char text[TEXT_TIME_SIZE];
	int64_t again;

	text_format_time(seconds, text);
	require(!date_parse(text, strlen(text), context, "due", &again, NULL) && again == seconds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct date_context context = { .edge = DATE_DAY_START };
	struct refusal refusal = { 0 };
	int64_t seconds;

	if (date_parse((const char *)data, size, &context, "due", &seconds, &refusal))
		require(refusal.error == ERROR_INVALID_PARAMS && !strcmp(refusal.field, "due"));
	else
		check_round_trip(seconds, &context);
	return 0;
}
