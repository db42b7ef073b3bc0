/* The zone that taskctl names is the one in which the C library shows times. */
#include "zone_name.h"

#include "common/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ZONEINFO "/usr/share/zoneinfo"

static void a_zone_is_named_by_tz_else_by_the_link(void **state)
{
	char link[] = "/tmp/taskctl-zone.XXXXXX";
	const struct {
		const char *tz, *localtime, *name; /* NULL: none */
	} rows[] = {
		{ "Europe/Berlin", link, "Europe/Berlin" },
		{ ":Europe/Berlin", link, "Europe/Berlin" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", link, "CET-1CEST,M3.5.0,M10.5.0/3" },
		{ "", link, "UTC" },
		{ NULL, link, "Pacific/Apia" },
		{ link, link, "Pacific/Apia" },
		{ ":" ZONEINFO "/Pacific/Apia", "/nonexistent", "Pacific/Apia" },
		{ ":/etc/hostname", link, "/etc/hostname" }, /* the daemon says that it is no zone */
		{ NULL, "/etc/hostname", NULL },             /* a copy: the daemon's own zone is the same */
		{ NULL, "/nonexistent", NULL },
	};

	(void)state;
	assert_true(mkstemp(link) >= 0);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(symlink(ZONEINFO "/Pacific/Apia", link), 0);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char name[ZONE_NAME_SIZE];

		assert_int_equal(zone_name_find(rows[i].tz, rows[i].localtime, name), rows[i].name != NULL);
		if (rows[i].name)
			assert_string_equal(name, rows[i].name);
	}
	assert_int_equal(unlink(link), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_zone_is_named_by_tz_else_by_the_link) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
