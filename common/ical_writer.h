/*
 * Content lines of iCalendar as they are written (RFC 5545 §3.1): in CRLF, folded at 75 bytes and never within a UTF-8
 * character. A line is begun with its name, given parameters, and ended with its value.
 */
#pragma once

#include "common/buffer.h"

struct ical_writer {
	struct buffer *out; /* borrowed */
	size_t start;       /* of the line that is being written */
};

void ical_writer_init(struct ical_writer *writer, struct buffer *out);

void ical_writer_begin(struct ical_writer *writer, const char *name);
/* Quoted where it has to be, and by RFC 6868 what quotes do not cover. */
void ical_writer_param(struct ical_writer *writer, const char *name, const char *value);
/* A TEXT: commas, semicolons, backslashes and line feeds are escaped. */
void ical_writer_end_text(struct ical_writer *writer, const char *text);
/* A list of them. */
void ical_writer_end_texts(struct ical_writer *writer, const char *const *texts, size_t count);
/* A value of another type, or whatever else is to stand behind the name as it is. */
void ical_writer_end(struct ical_writer *writer, const char *value);

/* A whole line in one call. */
void ical_writer_text(struct ical_writer *writer, const char *name, const char *text);
void ical_writer_value(struct ical_writer *writer, const char *name, const char *value);
