/* Any bytes as an expression: a value that can be written, or a refusal that names the field. */
#include "common/text.h"
#include "tasks/calculation.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert() is not there in every build that fuzzes. */
static void require(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct date_context context = { .now = INT64_C(1795530600), .zone = &zone_utc };
	struct refusal refusal = { 0 };
	struct calculation_value value;
	char text[CALCULATION_TEXT_SIZE];

	if (calculation_evaluate((const char *)data, size, &context, &value, &refusal)) {
		require(refusal.error == ERROR_INVALID_PARAMS && !strcmp(refusal.field, "expression"));
		require(text_is_utf8(refusal.message, strlen(refusal.message)));
		return 0;
	}
	calculation_format(&value, context.zone, text);
	require(text[0] && strlen(text) < sizeof(text));
	return 0;
}
