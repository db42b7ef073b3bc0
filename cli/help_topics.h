/* What is worth knowing beyond single commands, in a screen each: the manual pages have all of it. */
#pragma once

#include <stddef.h>

struct help_line {
	const char *form; /* as it would be typed */
	const char *meaning;
};

struct help_topic {
	const char *name;
	const char *summary;           /* sentences */
	const char *page;              /* of the manual */
	const struct help_line *lines; /* ends with a NULL form; NULL: the settings, by their table */
};

/* Ends with a NULL name. */
extern const struct help_topic help_topics[];

/* NULL: there is none. */
const struct help_topic *help_topic_find(const char *name);

/* The topic whose name is nearest to the word; NULL: none is near. */
const char *help_topic_nearest(const char *word);
