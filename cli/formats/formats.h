/*
 * Formats of other programs. What comes in is turned into lines that the daemon takes, one for each line or record of
 * the source, so that positions stay what they were; what goes out is made of the daemon's own lines. Pure: no
 * terminal, no daemon.
 */
#pragma once

#include "common/buffer.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A source as it is turned into lines. */
struct format_input {
	struct buffer lines; /* each a task's JSON, or empty where there is none at that position */
	int64_t position;    /* of the next line, from 1 */
	json_t *mistakes;    /* an array of {position, message}; owned */
	json_t *notes;       /* of what is no mistake, but left out; the same */
};

void format_input_init(struct format_input *input);
void format_input_deinit(struct format_input *input);

/* The line of the next position. NULL: nothing stands there. The task stays the caller's. */
void format_input_add(struct format_input *input, const json_t *task);
/* The same for text that is a task already: line feeds in it become spaces. */
void format_input_add_text(struct format_input *input, const char *text, size_t length);
/* What stands at the next position is no task. */
void format_input_refuse(struct format_input *input, const char *message);

/* Something was left out there. */
void format_input_note(struct format_input *input, int64_t position, const char *message);

/* Tasks that are written in another format, one after the other. */
struct format_output {
	struct buffer text;
	json_t *fields; /* the custom fields of the account, as the first line of an export has them; owned */
	json_t *tasks;  /* kept for the end, where a format needs all of them; owned */
};

void format_output_init(struct format_output *output);
void format_output_deinit(struct format_output *output);

struct format {
	const char *name;
	const char *summary;
	const char *daemon_name; /* the daemon's format that it comes and goes as */
	const char *unit;        /* what its positions count: "line" or "item" */
	/* NULL: what comes is lines already. */
	void (*read)(const char *text, size_t length, struct format_input *input);
	/* NULL: the daemon's text is what is wanted. */
	void (*begin)(struct format_output *output); /* once the fields are there; NULL: nothing */
	void (*write)(struct format_output *output, const json_t *task);
	void (*end)(struct format_output *output); /* NULL: nothing */
	bool is_read_only;
	bool is_cut_anywhere; /* its lines may be cut within a character: the reader says where it is not UTF-8 */
};

extern const struct format format_table[]; /* ends with a row that has no name */
/* NULL: there is no such format. */
const struct format *format_find(const char *name);
/* By the name of the file (NULL: none) and by what stands in it. NULL: it could be anything. */
const struct format *format_guess(const char *name, const char *text, size_t length);

/* What the table is made of; each says in its own file which part of its format it knows. */
void json_items_read(const char *text, size_t length, struct format_input *input);
void taskwarrior_data_read(const char *text, size_t length, struct format_input *input);
void todotxt_read(const char *text, size_t length, struct format_input *input);
void todotxt_write(struct format_output *output, const json_t *task);
void csv_read(const char *text, size_t length, struct format_input *input);
void csv_begin(struct format_output *output);
void csv_write(struct format_output *output, const json_t *task);
void markdown_read(const char *text, size_t length, struct format_input *input);
void markdown_write(struct format_output *output, const json_t *task);
void markdown_end(struct format_output *output);
void icalendar_read(const char *text, size_t length, struct format_input *input);

/* A member's text; NULL where there is none. */
const char *format_text(const json_t *task, const char *name);
/* A random uuid (v4), for what refers to another task of the same source. */
#define FORMAT_UUID_SIZE 37
void format_make_uuid(char ret_uuid[FORMAT_UUID_SIZE]);
