/* Any bytes as a settings file: refused with a place, or read into values that format and read back the same. */
#include "common/buffer.h"
#include "common/settings.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct sample {
	char *path;
	char *text;
	int64_t integer;
	int64_t choice;
	bool boolean;
	struct setting_pairs pairs;
};

static const char *const colours[] = { "red", "green", "blue", NULL };

static const struct setting table[] = {
	{ .name = "path", .type = SETTING_PATH, .offset = offsetof(struct sample, path) },
	{ .name = "text", .type = SETTING_TEXT, .offset = offsetof(struct sample, text), .default_text = "hello" },
	{ .name = "integer",
		.type = SETTING_INTEGER,
		.offset = offsetof(struct sample, integer),
		.minimum = -5,
		.maximum = 1000,
		.default_text = "1" },
	{ .name = "colour", .type = SETTING_CHOICE, .offset = offsetof(struct sample, choice), .choices = colours },
	{ .name = "boolean", .type = SETTING_BOOLEAN, .offset = offsetof(struct sample, boolean) },
	{ .name = "pairs", .type = SETTING_PAIRS, .offset = offsetof(struct sample, pairs) },
	{ .name = NULL },
};

static void require(bool is_kept)
{
	if (!is_kept)
		abort();
}

static void check_limits(const struct sample *sample)
{
	require(!sample->path || sample->path[0] == '/');
	require(sample->integer >= -5 && sample->integer <= 1000);
	require(sample->choice >= 0 && sample->choice < 3);
}

static void write_settings(struct buffer *out, const struct sample *sample, size_t size)
{
	char *text = malloc(size);

	require(text != NULL);
	for (size_t i = 0; table[i].name; i++) {
		settings_format(&table[i], sample, text, size);
		if (text[0])
			buffer_printf(out, "%s = %s\n", table[i].name, text);
	}
	free(text);
	for (size_t i = 0; i < sample->pairs.count; i++)
		buffer_printf(out, "pairs.%s = %s\n", sample->pairs.items[i].key, sample->pairs.items[i].value);
}

static void check_round_trip(const struct sample *sample, size_t size)
{
	struct sample again = { .path = NULL };
	struct buffer file;

	buffer_init(&file);
	write_settings(&file, sample, size);
	require(settings_parse(table, "again", file.data, file.length, &again, NULL) == ERROR_NONE);
	if (!sample->text[0])
		require(strcmp(again.text, "hello") == 0);
	else
		require(settings_find_fixed_change(table, sample, &again) == NULL);
	settings_deinit(table, &again);
	buffer_deinit(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sample sample = { .path = NULL };
	struct refusal refusal;

	if (settings_parse(table, "f", (const char *)data, size, &sample, &refusal)) {
		require(refusal.error == ERROR_INVALID_PARAMS && strncmp(refusal.message, "f:", 2) == 0);
		require(!sample.path && !sample.text && !sample.integer);
		return 0;
	}
	check_limits(&sample);
	check_round_trip(&sample, size + 64);
	settings_deinit(table, &sample);
	return 0;
}
