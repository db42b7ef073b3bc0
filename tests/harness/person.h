/* Somebody with an account, logged in. */
#pragma once

#include "harness/line_client.h"

#define PERSON_PASSWORD "correct horse battery"

struct person {
	char email[64];
	char *access_token;
	char *refresh_token;
};

/* Sign up with PERSON_PASSWORD and log in. */
void person_join(struct person *person, struct line_client *client, const char *email);

/* The same with an email that nobody had before. */
void person_join_new(struct person *person, struct line_client *client);

void person_deinit(struct person *person);

/* Parameters as json_pack makes them, with the person's access token; a new reference. "{}" for none. */
json_t *person_params(const struct person *person, const char *format, ...);

/* Add a task and give its id. */
json_int_t person_add_task(const struct person *person, struct line_client *client, const char *title);

#define AUTO_PERSON __attribute__((cleanup(person_deinit)))
