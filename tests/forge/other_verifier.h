/*
 * A second opinion on access tokens: written from what taskd-protocol(7) says and sharing no parser, no comparison and
 * no cryptography with daemon/auth/token.c, so that the two are wrong together only where the rule is.
 */
#pragma once

#include "forge/forger.h"

#include <stdbool.h>

/* Keys, issuer, lifetime and time are the forger's. */
bool other_verifier_accepts(const struct forger *forger, const char *token, size_t length);

/* Only three canonical segments, the key's `alg` in the first, and the third is its HMAC over the others. */
bool other_verifier_is_signed(const struct forger_key *key, const char *token, size_t length);
