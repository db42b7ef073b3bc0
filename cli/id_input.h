/* IDS from standard input, for which a dash stands on the command line. */
#pragma once

#include "arguments.h"

#include <stdio.h>

/*
 * Where one of the words is a dash that stands for IDS, read them from the stream to its end, one or more a line, and
 * put them in its place, as one word. That is any word, but behind IDS alone where the words are changes, whose text
 * may have dashes; with --filter none is. ERROR_NOT_FOUND: there are none; ERROR_INVALID_PARAMS, with the line: one is
 * no id, or there are two dashes.
 */
enum error id_input_read(struct arguments *arguments, enum command_words kind, FILE *stream, struct trouble *trouble);
