/* No password is ever taken from argv or the environment, which others can read. */
#include "credentials_input.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "prompt.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD_LIMIT 4096u /* far over what the daemon takes */

#define CURRENT_PASSWORD "password", "password", "Password: "
#define NEW_PASSWORD     "new_password", "new password", "New password: ", "New password again: "

const struct secret secrets_login[] = { { CURRENT_PASSWORD, NULL }, { NULL, NULL, NULL, NULL } };

const struct secret secrets_signup[] = { { CURRENT_PASSWORD, "Password again: " }, { NULL, NULL, NULL, NULL } };

const struct secret secrets_change_password[] = {
	{ "password", "password", "Current password: ", NULL },
	{ NEW_PASSWORD },
	{ NULL, NULL, NULL, NULL },
};

const struct secret secrets_reset[] = {
	{ "code", "code", "Code: ", NULL },
	{ NEW_PASSWORD },
	{ NULL, NULL, NULL, NULL },
};

static enum error read_descriptor(int fd, struct buffer *password, struct trouble *trouble)
{
	ssize_t count;

	do {
		count = read(fd, buffer_reserve(password, PASSWORD_LIMIT), PASSWORD_LIMIT);
		if (count > 0)
			password->length += (size_t)count;
	} while ((count > 0 && password->length <= PASSWORD_LIMIT) || (count < 0 && errno == EINTR));
	if (count < 0)
		return trouble_usage(trouble, "cannot read the password from descriptor %d: %s", fd, strerror(errno));
	if (password->length > PASSWORD_LIMIT)
		return trouble_usage(trouble, "the password is too long");
	if (password->length && password->data[password->length - 1] == '\n')
		password->length--;
	return ERROR_NONE;
}

static enum error explain_missing_terminal(enum error error, const char *options, struct trouble *trouble)
{
	if (error)
		trouble_advise(trouble, "without a terminal give it by %s", options);
	return error;
}

/* --- on the terminal --- */

static enum error ask_again(const struct secret *secret, const struct buffer *first, struct trouble *trouble)
{
	struct buffer again;
	enum error error;

	buffer_init(&again);
	error = prompt_line(secret->again, PROMPT_SECRET, &again, trouble);
	if (!error && (again.length != first->length || memcmp(again.data, first->data, again.length) != 0))
		error = trouble_usage(trouble, "the two passwords differ; nothing was done");
	buffer_wipe(&again);
	buffer_deinit(&again);
	return error;
}

static enum error ask(const struct secret *secret, struct buffer *answer, struct trouble *trouble)
{
	enum error error = prompt_line(secret->question, PROMPT_SECRET, answer, trouble);

	if (!error && answer->length && secret->again)
		return ask_again(secret, answer, trouble);
	return explain_missing_terminal(error, "--password-stdin or --password-fd N", trouble);
}

/* --- checking --- */

static enum error refuse_missing(const struct secret *secrets, size_t index, struct trouble *trouble)
{
	(void)trouble_usage(trouble, "no %s was given", secrets[index].name);
	if (secrets[1].member)
		trouble_advise(trouble, "without a terminal: the first line is the %s, the second the %s",
			secrets[0].name, secrets[1].name);
	return ERROR_INVALID_PARAMS;
}

static enum error put_secret(const struct secret *secrets, size_t index, const char *text, size_t length,
	json_t *params, struct trouble *trouble)
{
	if (!length)
		return refuse_missing(secrets, index, trouble);
	if (!text_is_utf8(text, length))
		return trouble_usage(trouble, "the %s is not UTF-8", secrets[index].name);
	if (memchr(text, '\0', length))
		return trouble_usage(trouble, "the %s has a NUL byte in it", secrets[index].name);
	(void)json_object_set_new(params, secrets[index].member, json_stringn(text, length));
	return ERROR_NONE;
}

/* --- both ways --- */

/* One secret is all of it; of two each is a line. */
static enum error split(
	const struct secret *secrets, const struct buffer *input, json_t *params, struct trouble *trouble)
{
	const char *text = input->length ? input->data : "";
	const char *line_end = secrets[1].member ? memchr(text, '\n', input->length) : NULL;
	size_t first = line_end ? (size_t)(line_end - text) : input->length;
	size_t second = line_end ? first + 1 : input->length;
	enum error error = put_secret(secrets, 0, text, first, params, trouble);

	if (error || !secrets[1].member)
		return error;
	return put_secret(secrets, 1, text + second, input->length - second, params, trouble);
}

static enum error read_given(
	const struct arguments *arguments, const struct secret *secrets, json_t *params, struct trouble *trouble)
{
	struct buffer input;
	enum error error;

	buffer_init(&input);
	error = read_descriptor(arguments->password_fd, &input, trouble);
	if (!error)
		error = split(secrets, &input, params, trouble);
	buffer_wipe(&input);
	buffer_deinit(&input);
	return error;
}

static enum error ask_all(const struct secret *secrets, json_t *params, struct trouble *trouble)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && secrets[i].member; i++) {
		struct buffer answer;

		buffer_init(&answer);
		error = ask(&secrets[i], &answer, trouble);
		if (!error)
			error = put_secret(secrets, i, answer.data, answer.length, params, trouble);
		buffer_wipe(&answer);
		buffer_deinit(&answer);
	}
	return error;
}

static enum error read_email(const struct arguments *arguments, struct buffer *email, struct trouble *trouble)
{
	const char *given = arguments->email ? arguments->email : arguments->account;

	if (!given)
		return explain_missing_terminal(
			prompt_line("Email: ", PROMPT_ECHO, email, trouble), "--email EMAIL", trouble);
	buffer_append_text(email, given);
	return ERROR_NONE;
}

static enum error put_email(const struct arguments *arguments, json_t *params, struct trouble *trouble)
{
	struct buffer email;
	enum error error;

	buffer_init(&email);
	error = read_email(arguments, &email, trouble);
	if (!error && (!email.length || !text_is_utf8(email.data, email.length)))
		error = trouble_usage(trouble, email.length ? "the email is not UTF-8" : "no email was given");
	if (!error)
		(void)json_object_set_new(params, "email", json_stringn(email.data, email.length));
	buffer_deinit(&email);
	return error;
}

static enum error read_params(const struct arguments *arguments, const struct secret *secrets, bool with_email,
	json_t **ret_params, struct trouble *trouble)
{
	json_t *params = json_object();
	enum error error = with_email ? put_email(arguments, params, trouble) : ERROR_NONE;

	if (!error)
		error = arguments->password_fd >= 0 ? read_given(arguments, secrets, params, trouble)
						    : ask_all(secrets, params, trouble);
	if (error)
		credentials_input_wipe(params);
	else
		*ret_params = params;
	return error;
}

enum error credentials_input_read(
	const struct arguments *arguments, const struct secret *secrets, json_t **ret_params, struct trouble *trouble)
{
	return read_params(arguments, secrets, true, ret_params, trouble);
}

enum error credentials_input_read_secrets(
	const struct arguments *arguments, const struct secret *secrets, json_t **ret_params, struct trouble *trouble)
{
	return read_params(arguments, secrets, false, ret_params, trouble);
}

void credentials_input_wipe(json_t *params)
{
	static const char *const members[] = { "password", "new_password", "code" };

	for (size_t i = 0; i < COUNT_OF(members); i++) {
		const json_t *secret = json_object_get(params, members[i]);

		if (secret)
			explicit_bzero((char *)(uintptr_t)json_string_value(secret), json_string_length(secret));
	}
	json_decref(params);
}
