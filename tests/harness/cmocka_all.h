/* cmocka with the headers that it asks for. */
#pragma once

#include <setjmp.h> /* IWYU pragma: keep */
#include <stdarg.h> /* IWYU pragma: keep */
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
