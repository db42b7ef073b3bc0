/* Users are found in a file such as /etc/passwd, whatever else the system asks about users. */
#include "local_user.h"

#include "common/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define UID_UNTOUCHED 4711u

static char path[] = "/tmp/taskctl-users.XXXXXX";

static int write_users(void **state)
{
	static const char users[] = "root:x:0:0:root:/root:/bin/bash\n"
				    "taskd:x:998:998::/var/lib/taskd:/usr/sbin/nologin\n"
				    "# no user\n"
				    "homeless:x:1000:1000::none:/bin/sh\n"
				    "ann:x:1001:1001:Ann,,,:/home/ann:/bin/sh\n"
				    "also-ann:x:1001:1001::/home/other:/bin/sh";
	AUTO_CLOSE int fd = mkstemp(path);

	(void)state;
	return fd >= 0 && write(fd, users, strlen(users)) == (ssize_t)strlen(users) ? 0 : -1;
}

static int remove_users(void **state)
{
	(void)state;
	return unlink(path);
}

static void a_number_has_the_home_of_its_first_line(void **state)
{
	const struct {
		uid_t uid;
		const char *home; /* NULL: none */
	} rows[] = { { 0, "/root" }, { 998, "/var/lib/taskd" }, { 1000, NULL }, { 1001, "/home/ann" }, { 5, NULL } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char home[PATH_MAX];

		assert_int_equal(local_user_find_home(path, rows[i].uid, home), rows[i].home != NULL);
		if (rows[i].home)
			assert_string_equal(home, rows[i].home);
	}
}

static void a_name_is_found_as_a_whole(void **state)
{
	const struct {
		const char *name;
		bool is_there;
		uid_t uid;
	} rows[] = {
		{ "taskd", true, 998 },
		{ "also-ann", true, 1001 },
		{ "task", false, UID_UNTOUCHED },
		{ "# no user", false, UID_UNTOUCHED },
		{ "", false, UID_UNTOUCHED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		uid_t uid = UID_UNTOUCHED;

		assert_int_equal(local_user_find_uid(path, rows[i].name, &uid), rows[i].is_there);
		assert_int_equal(uid, rows[i].uid);
	}
}

static void without_the_file_there_is_nobody(void **state)
{
	char home[PATH_MAX];
	uid_t uid;

	(void)state;
	assert_false(local_user_find_home("/nonexistent", 0, home));
	assert_false(local_user_find_uid("/nonexistent", "root", &uid));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_has_the_home_of_its_first_line),
		cmocka_unit_test(a_name_is_found_as_a_whole),
		cmocka_unit_test(without_the_file_there_is_nobody),
	};

	return cmocka_run_group_tests(tests, write_users, remove_users);
}
