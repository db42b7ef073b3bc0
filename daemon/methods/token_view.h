/* Scopes and personal tokens as clients see them. */
#pragma once

#include "common/json_writer.h"
#include "store/token_store.h"

/* The member "scopes", an array of names. */
void token_view_write_scopes(struct json_writer *writer, int scopes);
/* The member "scope", the names with a space between them (RFC 6749 §3.3). */
void token_view_write_scope(struct json_writer *writer, int scopes);
/* The members of a token, never its text or hash. */
void token_view_write_members(struct json_writer *writer, const struct personal_token *token);
