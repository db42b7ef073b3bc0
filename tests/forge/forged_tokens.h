/* The attacks on access tokens, as a table: what the daemon must refuse, and controls that it must not. */
#pragma once

#include "forge/forger.h"

extern const struct forgery forged_tokens[];
extern const size_t forged_token_count;
