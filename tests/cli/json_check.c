/* Whether standard input is one JSON value, or several, one a line. Says where it is not. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static int check_line(const char *line, size_t length, int number)
{
	json_error_t error;
	json_auto_t *value = json_loadb(line, length, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);

	if (value)
		return 0;
	(void)fprintf(stderr, "line %d, column %d: %s\n", number, error.column, error.text);
	return 1;
}

/* A value may go over several lines, and then it is the only one. */
static int is_single(void)
{
	json_error_t error;
	json_auto_t *value = json_loadf(stdin, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);

	return value != NULL;
}

int main(void)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	int status = 0;

	if (is_single())
		return 0;
	rewind(stdin);
	for (int number = 1; (length = getline(&line, &capacity, stdin)) >= 0; number++)
		status |= check_line(line, (size_t)length, number);
	free(line);
	return status;
}
