/* Which project or tag of an account a name was perhaps meant to be. */
#pragma once

#include "methods/label_list.h"
#include "rpc/request.h"

/*
 * The nearest label that some task of the account has, in the arena; NULL: none is near. Looks at the first 500 of the
 * kind. Names that differ in digits alone are not near: people count their projects.
 */
enum error label_near_find(
	struct request *request, const struct label_kind *kind, const char *name, const char **ret_near);
