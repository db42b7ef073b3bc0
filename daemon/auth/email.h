/* What may be the email of an account. */
#pragma once

#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>

#define EMAIL_LIMIT 254u /* bytes (RFC 5321 §4.5.3.1, erratum 1690) */

/* ASCII addr-spec with a dot-atom local part (RFC 5322 §3.4.1). ERROR_INVALID_PARAMS, field "email", saying what is
 * wrong. */
enum error email_check(const char *email, size_t length, struct refusal *refusal);
bool email_is_equal(const char *a, const char *b);
