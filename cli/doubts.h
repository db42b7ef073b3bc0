/* Labels that are perhaps another one misspelt: what the daemon found doubtful, said to whoever wrote it. */
#pragma once

#include "invocation.h"

/*
 * The `doubts` of a result that shows one task or more, each as a sentence on stderr that ends in the command which
 * mends it; nothing with --quiet or --json. `words` are those of the title: a doubt about a field is told only where
 * one of them is that word, unquoted.
 */
void doubts_say(const struct invocation *invocation, const json_t *result, const struct word *words, size_t count);

/*
 * For a filter that found nothing: which of its labels no task has, and what is near. An empty text when there is
 * nothing to say; a daemon that does not answer is none either. A call.
 */
void doubts_explain_filter(struct invocation *invocation, const char *filter, struct buffer *out);

/* "No task matches.", and why, on stderr; nothing where a program reads. */
void doubts_say_nothing_found(struct invocation *invocation, const char *filter);
