/* The examples of a page of the manual. */
#include "page_examples.h"

#include "common/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The second column; the line ends behind the first. */
static const char *split(char *line)
{
	char *gap = strstr(line, "  ");
	char *second = gap;

	line[strcspn(line, "\n")] = '\0';
	if (!gap) {
		fail_msg("%s has no second column", line);
		return line;
	}
	while (*second == ' ')
		second++;
	*gap = '\0';
	return second;
}

size_t page_examples_each(const char *path, page_example on_example, void *context)
{
	AUTO_FCLOSE FILE *page = fopen(path, "re");
	bool is_example = false;
	size_t count = 0;
	char line[256];

	assert_non_null(page);
	while (fgets(line, sizeof(line), page)) {
		const char *expected;

		if (line[0] == '.') {
			is_example = strncmp(line, ".Bd", 3) == 0;
			continue;
		}
		if (!is_example)
			continue;
		expected = split(line);
		on_example(context, line, expected);
		count++;
	}
	return count;
}
