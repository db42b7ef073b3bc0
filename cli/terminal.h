/* What a terminal shows: how wide, in which colours, and nothing that it would obey. */
#pragma once

#include "common/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* NULL-terminated, in the order of the enum. */
extern const char *const color_when_names[];

#define TERMINAL_UNLIMITED 0u

/* Columns of the terminal behind the stream, else of $COLUMNS; TERMINAL_UNLIMITED where neither says. */
unsigned terminal_width(FILE *stream);

/* Lines of the terminal behind the stream; TERMINAL_UNLIMITED where it is none. */
unsigned terminal_height(FILE *stream);

/* Whether TERM says that the terminal does nothing but print, or says nothing. */
bool terminal_is_dumb(void);

/* AUTO: a terminal that is not "dumb", and NO_COLOR unset or empty (no-color.org). */
bool terminal_has_colors(FILE *stream, enum color_when when);

/* Whether the stream is a terminal on which a line can be drawn over. */
bool terminal_can_redraw(FILE *stream);

/*
 * Append the text without what a terminal obeys: control characters (C0, DEL, C1), bidirectional overrides and bytes
 * that are not UTF-8 become U+FFFD. Line feeds and tabs too: a cell is one line.
 */
void terminal_clean(struct buffer *out, const char *text, size_t length);

/* The same, but line feeds and tabs stay: for text of several lines. */
void terminal_clean_lines(struct buffer *out, const char *text, size_t length);

/*
 * The same on one line, and so that a program can take it back: \t, \n, \r and \\ for a tab, a line feed, a carriage
 * return and a backslash, and \u with four hex digits for the other characters that a terminal obeys.
 */
void terminal_escape(struct buffer *out, const char *text, size_t length);

/* Whether a character in it is written from the right to the left (UAX #9: R, AL, AN). */
bool terminal_is_bidirectional(const char *text, size_t length);

/* Columns that clean text takes: by grapheme clusters (UAX #29), wide ones count two. */
size_t terminal_text_width(const char *text, size_t length);

/*
 * The bytes of clean text that fit into `width` columns, whole grapheme clusters only; `ret_width` says how many
 * columns they take.
 */
size_t terminal_fit(const char *text, size_t length, size_t width, size_t *ret_width);
