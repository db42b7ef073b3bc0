/* What holds for whatever a format's reader makes of any bytes. */
#pragma once

#include "formats/formats.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert() is not there in every build that fuzzes. */
static inline void require(bool holds)
{
	if (!holds)
		abort();
}

enum format_lines { FORMAT_MAKES_JSON, FORMAT_COPIES };

/* A line for each position, each an object or nothing; mistakes stand at positions that there are. */
static inline void format_check(void (*read)(const char *text, size_t length, struct format_input *input),
	enum format_lines lines, const uint8_t *data, size_t size)
{
	struct format_input input;
	const json_t *mistake;
	const char *at;
	size_t index;
	int64_t count = 0;

	format_input_init(&input);
	read((const char *)data, size, &input);
	at = input.lines.data;
	while (at && at < input.lines.data + input.lines.length) {
		const char *feed = memchr(at, '\n', (size_t)(input.lines.data + input.lines.length - at));
		json_t *task;

		require(feed != NULL);
		task = feed > at && lines == FORMAT_MAKES_JSON
			       ? json_loadb(at, (size_t)(feed - at), JSON_ALLOW_NUL, NULL)
			       : NULL;
		require(feed == at || lines == FORMAT_COPIES || json_is_object(task));
		json_decref(task);
		at = feed + 1;
		count++;
	}
	require(input.position == count + 1);
	json_array_foreach (input.mistakes, index, mistake)
		require(json_integer_value(json_object_get(mistake, "position")) <= count);
	format_input_deinit(&input);
}
