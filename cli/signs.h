/* The signs that we draw ourselves, in Unicode or in ASCII. What people wrote is never changed. */
#pragma once

#include "common/buffer.h"

#include <stdbool.h>

enum sign {
	SIGN_ELLIPSIS,
	SIGN_BULLET,
	SIGN_ARROW, /* from the left to the right */
	SIGN_DASH,
	SIGN_TIMES,
	SIGN_CHECK,
	SIGN_CROSS,
	SIGN_BAR,   /* a filled column of a bar */
	SIGN_TRACK, /* one that is not filled */
	SIGN_RULE,
	SIGN_WALL,
	SIGN_CORNER,
	SIGN_BRANCH,
	SIGN_COUNT, /* how many they are; none itself */
};

/*
 * Whether the terminal's text is UTF-8: LC_ALL, else LC_CTYPE, else LANG, whichever is set first (POSIX.1-2017 §8.2),
 * names that codeset in any spelling. Nothing set, "C" and "POSIX" are ASCII. No locale is loaded: that would cost more
 * than a request does.
 */
bool signs_are_utf8(void);

/* As signs_are_utf8 says; a static text. */
const char *sign_text(enum sign sign);

/* In Unicode wherever that may be: for what programs read, which is the same everywhere. */
const char *sign_utf8(enum sign sign);

/* Append a text of ours, its signs replaced by ASCII where the terminal wants that. */
void signs_append(struct buffer *out, const char *text);
