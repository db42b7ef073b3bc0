/* Any bytes as a duration: one that reads back from its own text, or a refusal that names the field. */
#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/duration.h"

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
	struct duration duration, again;
	struct refusal refusal = { 0 };
	char text[DURATION_TEXT_SIZE];

	if (duration_parse((const char *)data, size, "recur", &duration, &refusal)) {
		require(refusal.error == ERROR_INVALID_PARAMS && !strcmp(refusal.field, "recur"));
		require(text_is_utf8(refusal.message, strlen(refusal.message)));
		return 0;
	}
	require(duration.months >= 0 && duration.days >= 0 && duration.seconds >= 0);
	duration_format(&duration, text);
	require(!duration_parse(text, strlen(text), "recur", &again, NULL));
	require(again.months == duration.months && again.days == duration.days && again.seconds == duration.seconds);
	return 0;
}
