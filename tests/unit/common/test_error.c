/* The table of errors says what the protocol's and the command line's manuals say. */
#include "testing.h"

#include "common/error.h"
#include "common/text.h"

struct promise {
	enum error error;
	int code;
	const char *kind;
	int exit_status;
};

static const struct promise promises[] = {
	{ ERROR_PARSE, -32700, "parse_error", 6 },
	{ ERROR_INVALID_REQUEST, -32600, "invalid_request", 6 },
	{ ERROR_UNKNOWN_METHOD, -32601, "unknown_method", 6 },
	{ ERROR_INVALID_PARAMS, -32602, "invalid_params", 2 },
	{ ERROR_INTERNAL, -32603, "internal", 6 },
	{ ERROR_UNAUTHENTICATED, 401, "unauthenticated", 4 },
	{ ERROR_FORBIDDEN, 403, "forbidden", 4 },
	{ ERROR_NOT_FOUND, 404, "not_found", 1 },
	{ ERROR_CONFLICT, 409, "conflict", 3 },
	{ ERROR_GONE, 410, "gone", 1 },
	{ ERROR_TOO_LARGE, 413, "too_large", 2 },
	{ ERROR_RATE_LIMITED, 429, "rate_limited", 6 },
	{ ERROR_UNAVAILABLE, 503, "unavailable", 6 },
	{ ERROR_DEADLINE, 504, "deadline", 6 },
	{ ERROR_STORAGE, 507, "storage", 6 },
};

static void every_error_has_its_code_kind_and_exit_status(void **state)
{
	(void)state;
	assert_int_equal(COUNT_OF(promises), ERROR_COUNT - 1);
	for (size_t i = 0; i < COUNT_OF(promises); i++) {
		const struct error_info *info = error_info(promises[i].error);

		assert_int_equal(info->code, promises[i].code);
		assert_string_equal(info->kind, promises[i].kind);
		assert_int_equal(info->exit_status, promises[i].exit_status);
		assert_non_null(info->message);
	}
}

static void no_error_is_done(void **state)
{
	(void)state;
	assert_int_equal(error_info(ERROR_NONE)->code, 0);
	assert_int_equal(error_info(ERROR_NONE)->exit_status, 0);
	assert_ptr_equal(error_info(ERROR_COUNT), error_info(ERROR_INTERNAL));
}

static void a_kind_leads_back_to_its_error(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(promises); i++)
		assert_int_equal(error_from_kind(promises[i].kind), promises[i].error);
	assert_int_equal(error_from_kind("of_the_future"), ERROR_INTERNAL);
	assert_int_equal(error_from_kind(""), ERROR_INTERNAL);
	assert_int_equal(error_from_kind("none"), ERROR_INTERNAL);
}

static void a_refusal_carries_what_was_said(void **state)
{
	struct refusal refusal = { .is_storage_final = true, .retry_after_ms = 5 };

	(void)state;
	assert_int_equal(refuse(&refusal, ERROR_CONFLICT, "id", "task %d waits", 3), ERROR_CONFLICT);
	assert_int_equal(refusal.error, ERROR_CONFLICT);
	assert_string_equal(refusal.field, "id");
	assert_string_equal(refusal.message, "task 3 waits");
	assert_int_equal(refusal.retry_after_ms, 0);
	assert_false(refusal.is_storage_final);
	assert_int_equal(refuse(NULL, ERROR_GONE, NULL, "gone"), ERROR_GONE);
}

static void rate_limited_and_unavailable_always_say_when_to_come_back(void **state)
{
	struct refusal refusal;

	(void)state;
	(void)refuse_plainly(&refusal, ERROR_RATE_LIMITED);
	assert_true(refusal.retry_after_ms > 0);
	(void)refuse(&refusal, ERROR_UNAVAILABLE, NULL, "shutting down");
	assert_true(refusal.retry_after_ms > 0);
}

static void plain_words_come_from_the_table(void **state)
{
	struct refusal refusal;

	(void)state;
	assert_int_equal(refuse_plainly(&refusal, ERROR_UNAUTHENTICATED), ERROR_UNAUTHENTICATED);
	assert_string_equal(refusal.message, "Not authenticated");
	assert_string_equal(refusal.field, "");
}

static void a_long_message_is_cut_behind_a_whole_character(void **state)
{
	char euros[3 * 200 + 1] = "";
	struct refusal refusal;

	(void)state;
	for (size_t shift = 0; shift < 3; shift++) {
		memset(euros, 'x', shift);
		for (size_t i = 0; i < 199; i++)
			memcpy(euros + shift + 3 * i, "€", 4);
		(void)refuse(&refusal, ERROR_INVALID_PARAMS, euros, "%s", euros);
		assert_true(text_is_utf8(refusal.message, strlen(refusal.message)));
		assert_true(strlen(refusal.message) + 3 >= sizeof(refusal.message) - 1);
		assert_true(text_is_utf8(refusal.field, strlen(refusal.field)));
		assert_true(strlen(refusal.field) + 3 >= sizeof(refusal.field) - 1);
	}
}

static void a_refusal_can_be_made_of_itself(void **state)
{
	struct refusal refusal;

	(void)state;
	(void)refuse(&refusal, ERROR_INVALID_PARAMS, "due", "not a time");
	(void)refuse(&refusal, ERROR_CONFLICT, refusal.field, "line 3: %s", refusal.message);
	assert_string_equal(refusal.field, "due");
	assert_string_equal(refusal.message, "line 3: not a time");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_has_its_code_kind_and_exit_status),
		cmocka_unit_test(no_error_is_done),
		cmocka_unit_test(a_kind_leads_back_to_its_error),
		cmocka_unit_test(a_refusal_carries_what_was_said),
		cmocka_unit_test(rate_limited_and_unavailable_always_say_when_to_come_back),
		cmocka_unit_test(plain_words_come_from_the_table),
		cmocka_unit_test(a_long_message_is_cut_behind_a_whole_character),
		cmocka_unit_test(a_refusal_can_be_made_of_itself),
	};

	return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
