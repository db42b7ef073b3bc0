/* A bar on the terminal while something takes long: nothing for what is quick, and gone at the end. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
	FILE *stream; /* NULL: nobody looks */
	const char *label;
	const char *unit; /* of what is counted: "tasks" */
	int64_t total;    /* of the work; 0: nobody knows */
	int64_t began_ns; /* monotonic */
	int64_t drawn_ns; /* when it was drawn last; 0: not yet */
};

/*
 * Begin, drawing nothing yet. Shown on stderr where that is a terminal that can go back on its line, and not with
 * `is_quiet`. Texts are borrowed. Until progress_end Ctrl-C clears the line before it ends the program.
 */
void progress_begin(struct progress *progress, const char *label, const char *unit, int64_t total, bool is_quiet);

/* So much of the total is done, and so many are counted. Drawn from half a second on, ten times a second at most. */
void progress_update(struct progress *progress, int64_t done, int64_t count);

/* Take the line away, for something else that is said; the next update draws it again. */
void progress_clear(struct progress *progress);

void progress_end(struct progress *progress);
