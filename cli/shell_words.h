/* Text split into words as a shell splits a simple command, without anything that a shell would put in. Pure. */
#pragma once

#include "common/arena.h"
#include "common/buffer.h"
#include "trouble.h"

#include <stddef.h>

/*
 * White space separates words; '…' is taken as it is, in "…" a backslash goes before " and \, and elsewhere before
 * any byte. $, *, ~, # and the like mean nothing. The array ends with NULL and lives in the arena.
 * ERROR_INVALID_PARAMS: a quote is never closed, or a backslash is the last byte.
 */
enum error shell_words_split(
	const char *text, struct arena *arena, char ***ret_words, size_t *ret_count, struct trouble *trouble);

/* Append the text as one word that a shell reads as it is. */
void shell_words_quote(struct buffer *out, const char *text);
