/* addr-spec of RFC 5322 §3.4.1, as far as mail systems and people use it: dot-atom @ host name. */
#include "auth/email.h"

#include <string.h>
#include <strings.h>

#define LOCAL_LIMIT 64u /* bytes (RFC 5321 §4.5.3.1.1) */
#define LABEL_LIMIT 63u /* bytes (RFC 1035 §2.3.4) */

static bool is_alphanumeric(char letter)
{
	return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

/* atext of RFC 5322 §3.2.3 */
static bool is_atext(char letter)
{
	return is_alphanumeric(letter) || (letter && strchr("!#$%&'*+/=?^_`{|}~-", letter));
}

static enum error refuse_email(struct refusal *refusal, const char *what)
{
	return refuse(refusal, ERROR_INVALID_PARAMS, "email", "%s; an email looks like ann@example.com", what);
}

static const char *find_fault_of_local(const char *local, size_t length)
{
	if (!length)
		return "nothing stands before the @";
	if (length > LOCAL_LIMIT)
		return "more than 64 characters stand before the @";
	for (size_t i = 0; i < length; i++) {
		if (local[i] == '.' && (i == 0 || i + 1 == length || local[i - 1] == '.'))
			return "a dot is misplaced before the @";
		if (local[i] != '.' && !is_atext(local[i]))
			return "a character before the @ is not allowed";
	}
	return NULL;
}

static const char *find_fault_of_label(const char *label, size_t length)
{
	if (!length)
		return "a dot is misplaced behind the @";
	if (length > LABEL_LIMIT)
		return "a part of the host name is longer than 63 characters";
	if (label[0] == '-' || label[length - 1] == '-')
		return "a part of the host name begins or ends with a hyphen";
	for (size_t i = 0; i < length; i++)
		if (!is_alphanumeric(label[i]) && label[i] != '-')
			return "a character behind the @ is not allowed";
	return NULL;
}

static const char *find_fault_of_domain(const char *domain, size_t length)
{
	const char *label = domain;

	if (!length)
		return "nothing stands behind the @";
	for (size_t i = 0; i <= length; i++) {
		const char *fault;

		if (i < length && domain[i] != '.')
			continue;
		fault = find_fault_of_label(label, (size_t)(domain + i - label));
		if (fault)
			return fault;
		label = domain + i + 1;
	}
	return NULL;
}

enum error email_check(const char *email, size_t length, struct refusal *refusal)
{
	const char *at = memchr(email, '@', length);
	const char *fault;

	if (length > EMAIL_LIMIT)
		return refuse_email(refusal, "the email is longer than 254 characters");
	if (!at)
		return refuse_email(refusal, "the email has no @");
	fault = find_fault_of_local(email, (size_t)(at - email));
	if (!fault)
		fault = find_fault_of_domain(at + 1, length - (size_t)(at - email) - 1);
	return fault ? refuse_email(refusal, fault) : ERROR_NONE;
}

bool email_is_equal(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}
