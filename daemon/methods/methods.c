/* The tables of all methods. */
#include "methods/methods.h"

#include <stddef.h>

const struct method *const method_tables[] = { account_methods, auth_methods, task_methods, system_methods, NULL };
