/* What an account keeps by a name of its own. */
#include "named.h"

#include "report.h"

#include <stdio.h>

enum error named_change(
	struct invocation *invocation, const char *method, json_t *params, const char *done, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = invocation_change(invocation, method, params, &result, trouble);

	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	report_say(invocation, "%s %s.", done, json_string_value(json_object_get(params, "name")));
	return ERROR_NONE;
}

enum error named_delete(
	struct invocation *invocation, const char *method, const char *what, const char *again, struct trouble *trouble)
{
	const char *name = NULL;
	json_auto_t *params = NULL;
	char done[64];
	enum error error = invocation_take_word(invocation, what, &name, trouble);

	if (error)
		return error;
	params = json_pack("{s:s}", "name", name);
	if (!params)
		return trouble_usage(trouble, "the name is not UTF-8");
	(void)snprintf(done, sizeof(done), "Deleted %s", what);
	error = named_change(invocation, method, params, done, trouble);
	if (!error)
		report_say(invocation, "Undo does not bring it back; to make it anew: taskctl %s %s", again, name);
	return error;
}
