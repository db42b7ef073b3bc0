/* Words go to the next line where the terminal ends. */
#include "wrapped.h"

#include "terminal.h"

#include <stdbool.h>
#include <string.h>

#define COLUMNS_LEAST 40
#define COLUMNS_USUAL 80
#define TEXT_LEAST    24u /* columns beside a name; with less the text goes below */
#define BELOW_INDENT  6

size_t wrapped_columns(FILE *stream)
{
	unsigned columns = terminal_width(stream);

	if (columns == TERMINAL_UNLIMITED)
		return COLUMNS_USUAL;
	return columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns;
}

void wrapped_print(FILE *stream, size_t indent, const char *text)
{
	size_t limit = wrapped_columns(stream);
	size_t column = indent;

	while (*text) {
		size_t length = strcspn(text, " \n");
		size_t width = terminal_text_width(text, length);

		if (column > indent && column + 1 + width > limit) {
			(void)fprintf(stream, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			(void)fputc(' ', stream);
			column++;
		}
		(void)fwrite(text, 1, length, stream);
		column += width;
		text += length + strspn(text + length, " \n");
	}
	(void)fputc('\n', stream);
}

/* Behind a name that is too long the text begins on the next line, so that all texts stand below each other. */
void wrapped_print_entry(FILE *stream, const char *name, int width, const char *text)
{
	bool is_narrow = wrapped_columns(stream) < (size_t)width + 4 + TEXT_LEAST;
	int indent = is_narrow ? BELOW_INDENT : width + 4;

	if (is_narrow || strlen(name) > (size_t)width)
		(void)fprintf(stream, "  %s\n%*s", name, indent, "");
	else
		(void)fprintf(stream, "  %-*s  ", width, name);
	wrapped_print(stream, (size_t)indent, text);
}
