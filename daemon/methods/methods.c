/* The tables of all methods. */
#include "methods/methods.h"

#include <stddef.h>

const struct method *const method_tables[] = {
	account_methods,
	new_password_methods,
	export_methods,
	auth_methods,
	session_methods,
	token_methods,
	task_methods,
	system_methods,
	operator_methods,
	upkeep_methods,
	NULL,
};
