/*
 * What the functions mean that every driver must offer to the texts of filters.
 *
 * task_text_matches(MATCH, LAYOUT, PATTERN, TEXT): whether the text, or one of a list, matches (enum text_match); false
 * for NULL. ERROR_DEADLINE from the statement: see text_match.h.
 * task_bits_hold(PROGRAM, BITS): the value of a postfix notation of `v` (the next of BITS, '0' or '1'), `!`, `&`, `|`
 * and
 * `^`.
 * task_id_is_in(IDS, ID): whether a blob of int64_t, ascending, has the id; false for NULL.
 */
#pragma once

/* What stands in a column, as task_row_lists.h writes it. */
enum task_match_layout {
	TASK_MATCH_PLAIN,
	TASK_MATCH_WORDS, /* tags */
	TASK_MATCH_LINES, /* annotations: each with its time in front */
};

#define TASK_MATCH_BITS_LIMIT 512u /* of `v` */
