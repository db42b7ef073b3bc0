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

static enum date_attribute find_attribute(void *context, const char *name, size_t length, int64_t *ret_seconds)
{
	(void)context;
	*ret_seconds = INT64_C(253402300799);
	return length == 3 && memcmp(name, "due", 3) == 0 ? DATE_ATTRIBUTE_TIME : DATE_ATTRIBUTE_UNKNOWN;
}

static void check_round_trip(int64_t seconds, const struct date_context *context)
{
	char text[TEXT_TIME_SIZE];
	int64_t again;

	text_format_time(seconds, text);
	require(!date_parse(text, strlen(text), context, "due", &again, NULL) && again == seconds);
}

static void check(const char *text, size_t size, const struct date_context *context)
{
	struct refusal refusal = { 0 };
	struct date_span span;

	if (date_parse_span(text, size, context, "due", &span, &refusal)) {
		require(refusal.error == ERROR_INVALID_PARAMS && !strcmp(refusal.field, "due"));
		require(text_is_utf8(refusal.message, strlen(refusal.message)));
		return;
	}
	require(span.first <= span.last);
	check_round_trip(span.first, context);
	check_round_trip(span.last, context);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct date_attributes attributes = { .find = find_attribute };
	struct date_context context = { .now = INT64_C(1795530600), .zone = &zone_utc, .attributes = &attributes };
	struct arena arena;

	arena_init(&arena);
	check((const char *)data, size, &context);
	context.zone = zone_from_rule("CET-1CEST,M3.5.0,M10.5.0/3", &arena);
	check((const char *)data, size, &context);
	arena_deinit(&arena);
	return 0;
}
