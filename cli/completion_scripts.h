/* The shells' completion scripts of dist/completions, as they are installed. */
#pragma once

struct completion_script {
	const char *shell; /* NULL ends the table */
	const char *text;
};

extern const struct completion_script completion_scripts[];
