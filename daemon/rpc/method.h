/* What a call is: the row of a method. */
#pragma once

#include "rpc/params.h"
#include "rpc/request.h"

enum access {
	ACCESS_ANYONE,   /* no token; one that is sent is not looked at */
	ACCESS_ACCOUNT,  /* a valid token */
	ACCESS_OPERATOR, /* root or the daemon's own uid, with operator:true and no token */
};

/* What a personal access token must be allowed; a session may do everything. */
enum scope { SCOPE_SESSION_ONLY = 0, SCOPE_TASKS_READ = 1, SCOPE_TASKS_WRITE = 2, SCOPE_ANY_TOKEN = 4 };

/* A scope that a token may be given, by its name on the wire. A table ends with a NULL name. */
struct scope_name {
	const char *name;
	enum scope scope;
};
extern const struct scope_name method_scope_names[];

enum store_use { STORE_NONE, STORE_READ, STORE_WRITE };

/* A handler gets its own params struct, already bound. See request.h for the ways it may end. */
typedef enum error (*method_handler)(struct request *request, const void *params);

/* One row. A table ends with a row whose name is NULL. */
struct method {
	const char *name;    /* "task.add" */
	const char *summary; /* one sentence */
	enum access access;
	enum scope scope;
	enum store_use store;
	bool is_idempotent; /* takes an idempotency_key */
	bool is_secret;     /* carries passwords or tokens of its own: its bytes are wiped */
	const struct param *params;
	size_t params_size;
	/*
	 * The straight case has `handle` alone, run in a transaction by the method's store use.
	 * A method with slow pure work has three phases: `read` (short, in a read transaction; it may answer or refuse
	 * by itself), `work` (in the pool, without a transaction; NULL: there is none), `handle` (in a write
	 * transaction; checks that what `read` saw still holds). request->state goes from one to the next.
	 */
	method_handler read;
	method_handler work;
	method_handler handle;
};

/* Define FUNCTION_handler, which checks the params type here, so that the table needs no cast. */
#define METHOD_HANDLER(function, type)                                                                                 \
	static enum error function##_handler(struct request *request, const void *params)                              \
	{                                                                                                              \
		const type *typed = params;                                                                            \
		return function(request, typed);                                                                       \
	}

/* All methods, from the tables of the namespaces: found by name. */
struct method_registry;
struct method_registry *method_registry_new(
	const struct method *const *tables); /* NULL-terminated; tables are borrowed */
void method_registry_free(struct method_registry *registry);
const struct method *method_find(const struct method_registry *registry, const char *name);
/* The nearest name, for "did you mean", or NULL. */
const char *method_nearest(const struct method_registry *registry, const char *name);
/* In the order of names; NULL behind the last. */
const struct method *method_at(const struct method_registry *registry, size_t index);
