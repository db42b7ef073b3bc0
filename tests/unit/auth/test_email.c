/* What may be an email. */
#include "auth/email.h"

#include "common/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#define X16 "aaaaaaaaaaaaaaaa"
#define X63 X16 X16 X16 "aaaaaaaaaaaaaaa"

static void emails_that_people_have_are_accepted(void **state)
{
	static const char *const emails[] = { "ann@example.com", "a@b", "ann.lee@example.co.uk", "ann+tag@example.com",
		"a!#$%&'*+/=?^_`{|}~-z@example.com", "ANN@EXAMPLE.COM", "1@2.3", "a@xn--bcher-kva.example",
		X63 "a@example.com", "a@" X63 ".com" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(emails); i++) {
		struct refusal refusal;

		if (email_check(emails[i], strlen(emails[i]), &refusal))
			fail_msg("%s: %s", emails[i], refusal.message);
	}
}

static void what_is_no_email_is_refused_and_not_mended(void **state)
{
	static const char *const texts[] = { "", "@", "ann", "ann@", "@example.com", " ann@example.com",
		"ann@example.com ", "ann@example.com\n", "ann@example.com.", "ann.@example.com", ".ann@example.com",
		"an..n@example.com", "ann@@example.com", "ann@exa@mple.com", "ann@.example.com", "ann@example..com",
		"ann@-example.com", "ann@example-.com", "ann@exam_ple.com", "\"ann\"@example.com", "ann(x)@example.com",
		"ann@[127.0.0.1]", "an n@example.com", "ann\t@example.com", "ann@b\xC3\xBC.example",
		"\xC3\xA4nn@example.com", "ann\x7F@example.com", "Ann <ann@example.com>",
		"ann@example.com,bob@example.com", X63 "aa@example.com", "a@" X63 "a.com" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct refusal refusal = { 0 };

		if (email_check(texts[i], strlen(texts[i]), &refusal) != ERROR_INVALID_PARAMS)
			fail_msg("accepted: \"%s\"", texts[i]);
		assert_string_equal(refusal.field, "email");
		assert_true(strlen(refusal.message) > 10);
	}
	assert_int_equal(email_check("a\0b@example.com", 15, NULL), ERROR_INVALID_PARAMS);
}

static void an_email_has_at_most_254_bytes(void **state)
{
	static const char email[] = "a@" X63 "." X63 "." X63 "." X16 X16 X16 "aaaaaaaaaaaaaaa";
	size_t length = sizeof(email) - 1;

	(void)state;
	assert_true(length > EMAIL_LIMIT);
	assert_int_equal(email_check(email, EMAIL_LIMIT, NULL), ERROR_NONE);
	assert_int_equal(email_check(email, EMAIL_LIMIT + 1, NULL), ERROR_INVALID_PARAMS);
}

static void ascii_case_makes_no_other_account(void **state)
{
	(void)state;
	assert_true(email_is_equal("Ann@Example.COM", "ann@example.com"));
	assert_false(email_is_equal("ann@example.com", "anne@example.com"));
	assert_false(email_is_equal("ann@example.com", "ann@example.co"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(emails_that_people_have_are_accepted),
		cmocka_unit_test(what_is_no_email_is_refused_and_not_mended),
		cmocka_unit_test(an_email_has_at_most_254_bytes),
		cmocka_unit_test(ascii_case_makes_no_other_account),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
