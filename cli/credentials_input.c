/* No password is ever taken from argv or the environment, which others can read. */
#include "credentials_input.h"

#include "common/text.h"
#include "prompt.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD_LIMIT 4096u /* far over what the daemon takes */

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

static enum error ask_twice(struct buffer *password, struct trouble *trouble)
{
	struct buffer again;
	enum error error;

	buffer_init(&again);
	error = prompt_line("Password again: ", PROMPT_SECRET, &again, trouble);
	if (!error && (again.length != password->length || memcmp(again.data, password->data, again.length) != 0))
		error = trouble_usage(trouble, "the two passwords differ; nothing was done");
	buffer_wipe(&again);
	buffer_deinit(&again);
	return error;
}

static enum error read_password(const struct arguments *arguments, enum password_asking asking, struct buffer *password,
	struct trouble *trouble)
{
	enum error error;

	if (arguments->password_fd >= 0)
		return read_descriptor(arguments->password_fd, password, trouble);
	error = prompt_line("Password: ", PROMPT_SECRET, password, trouble);
	if (!error && password->length && asking == PASSWORD_TWICE)
		return ask_twice(password, trouble);
	return explain_missing_terminal(error, "--password-stdin or --password-fd N", trouble);
}

static enum error read_email(const struct arguments *arguments, struct buffer *email, struct trouble *trouble)
{
	if (!arguments->email)
		return explain_missing_terminal(
			prompt_line("Email: ", PROMPT_ECHO, email, trouble), "--email EMAIL", trouble);
	buffer_append_text(email, arguments->email);
	return ERROR_NONE;
}

static enum error pack(
	const struct buffer *email, const struct buffer *password, json_t **ret_params, struct trouble *trouble)
{
	if (!email->length || !text_is_utf8(email->data, email->length))
		return trouble_usage(trouble, email->length ? "the email is not UTF-8" : "no email was given");
	if (!password->length || !text_is_utf8(password->data, password->length))
		return trouble_usage(trouble, password->length ? "the password is not UTF-8" : "no password was given");
	if (memchr(password->data, '\0', password->length))
		return trouble_usage(trouble, "the password has a NUL byte in it");
	*ret_params = json_pack(
		"{s:s%, s:s%}", "email", email->data, email->length, "password", password->data, password->length);
	return ERROR_NONE;
}

enum error credentials_input_read(
	const struct arguments *arguments, enum password_asking asking, json_t **ret_params, struct trouble *trouble)
{
	struct buffer email;
	struct buffer password;
	enum error error;

	buffer_init(&email);
	buffer_init(&password);
	error = read_email(arguments, &email, trouble);
	if (!error)
		error = read_password(arguments, asking, &password, trouble);
	if (!error)
		error = pack(&email, &password, ret_params, trouble);
	buffer_wipe(&password);
	buffer_deinit(&password);
	buffer_deinit(&email);
	return error;
}

void credentials_input_wipe(json_t *params)
{
	const json_t *password = json_object_get(params, "password");

	if (password)
		explicit_bzero((char *)(uintptr_t)json_string_value(password), json_string_length(password));
	json_decref(params);
}
