/* The tables of all methods, one for each namespace. */
#pragma once

#include "rpc/method.h"

extern const struct method account_methods[];
extern const struct method auth_methods[];
extern const struct method task_methods[];
extern const struct method system_methods[];

/* NULL-terminated. */
extern const struct method *const method_tables[];
