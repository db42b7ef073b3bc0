/* The first whole match wins; else there must be one that begins so. */
#include "taskwarrior/tw_abbreviation.h"

#include <string.h>

#define LETTERS_LEAST 2u

ptrdiff_t tw_abbreviation_find(const char *text, size_t length, const char *(*name_at)(size_t index))
{
	ptrdiff_t found = -1;
	size_t matches = 0;
	const char *name;

	if (length < LETTERS_LEAST)
		return -1;
	for (size_t i = 0; (name = name_at(i)); i++) {
		if (strncmp(name, text, length) != 0)
			continue;
		if (!name[length])
			return (ptrdiff_t)i;
		found = (ptrdiff_t)i;
		matches++;
	}
	return matches == 1 ? found : -1;
}
