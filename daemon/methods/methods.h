/* The tables of all methods, one for each namespace, or for a part of a large one. */
#pragma once

#include "rpc/method.h"

extern const struct method account_methods[];
extern const struct method auth_methods[];
extern const struct method export_methods[];
extern const struct method new_password_methods[];
extern const struct method session_methods[];
extern const struct method token_methods[];
extern const struct method task_methods[];
extern const struct method system_methods[];
extern const struct method operator_methods[];
extern const struct method upkeep_methods[];

/* NULL-terminated. */
extern const struct method *const method_tables[];
