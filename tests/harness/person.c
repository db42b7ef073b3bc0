/* Signing up and logging in, as every test needs it. */
#include "harness/person.h"

#include "common/memory.h"
#include "harness/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void person_join(struct person *person, struct line_client *client, const char *email)
{
	json_auto_t *credentials = json_pack("{s:s,s:s}", "email", email, "password", PERSON_PASSWORD);
	json_auto_t *account = line_client_result(client, "account.signup", json_incref(credentials));
	json_auto_t *login = line_client_result(client, "auth.login", json_incref(credentials));

	assert_string_equal(text_at(account, "email"), email);
	(void)snprintf(person->email, sizeof(person->email), "%s", email);
	person->access_token = memory_strdup(text_at(login, "access_token"));
	person->refresh_token = memory_strdup(text_at(login, "refresh_token"));
}

void person_join_new(struct person *person, struct line_client *client)
{
	static unsigned count;
	char email[64];

	(void)snprintf(email, sizeof(email), "person%u@example.com", ++count);
	person_join(person, client, email);
}

void person_deinit(struct person *person)
{
	free(person->access_token);
	free(person->refresh_token);
	*person = (struct person){ 0 };
}

json_t *person_params(const struct person *person, const char *format, ...)
{
	json_error_t error;
	json_t *params;
	va_list values;

	va_start(values, format);
	params = json_vpack_ex(&error, 0, format, values);
	va_end(values);
	if (!params)
		fail_msg("json_pack(\"%s\"): %s", format, error.text);
	assert_int_equal(json_object_set_new(params, "access_token", json_string(person->access_token)), 0);
	return params;
}

json_int_t person_add_task(const struct person *person, struct line_client *client, const char *title)
{
	json_auto_t *result = line_client_result(client, "task.add", person_params(person, "{s:s}", "title", title));

	return integer_at(json_object_get(result, "task"), "id");
}
