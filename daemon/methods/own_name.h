/* Names that people give to what is their account's own: contexts, reports. */
#pragma once

#include "rpc/params.h"
#include "rpc/request.h"

#define OWN_NAME_LIMIT 32u  /* bytes */
#define OWN_NAMES_MOST 100u /* of a kind, in an account */

/* Letters, digits, _ and -. ERROR_INVALID_PARAMS, field "name". */
enum error own_name_check(struct request *request, const struct text_param *name);

/* Names among which the one that was meant may be. */
struct own_names {
	struct arena *arena;
	const char *names[OWN_NAMES_MOST + 64]; /* the account's own, and built-in ones; ends with NULL */
	size_t count;
};

void own_names_add(struct own_names *names, const char *name);

/* ERROR_NOT_FOUND: there is no such `kind`, and what may have been meant. */
enum error own_name_refuse_unknown(
	struct request *request, const char *field, const char *kind, const char *name, const struct own_names *names);
