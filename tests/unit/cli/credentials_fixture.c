/* A folder of our own, with a file of credentials that tests write and read. */
#include "credentials_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char one_profile[] = "{\"version\":1,\"active\":\"ann@example.com\",\"profiles\":{\"ann@example.com\":"
			   "{\"user_id\":7,\"session_id\":\"s1\",\"access_token\":\"a1\"}}}";

const struct profile ann = {
	.email = "ann@example.com",
	.instance = "taskd:1",
	.socket = "/run/taskd.sock",
	.session_id = "s1",
	.access_token = "a1",
	.refresh_token = "r1",
	.user_id = 7,
	.access_expires_at = 1800000000,
	.refresh_expires_at = 1900000000,
};

const struct profile bob = {
	.email = "bob@example.com",
	.session_id = "s2",
	.access_token = "a2",
	.user_id = 8,
};

int credentials_set_up(void **state)
{
	static struct fixture fixture;

	(void)snprintf(fixture.base, sizeof(fixture.base), "/tmp/test_credentials.XXXXXX");
	if (!mkdtemp(fixture.base))
		return -1;
	(void)snprintf(fixture.folder, sizeof(fixture.folder), "%s/config", fixture.base);
	(void)snprintf(fixture.file, sizeof(fixture.file), "%s/credentials.json", fixture.folder);
	*state = &fixture;
	return 0;
}

static void remove_content(const char *folder)
{
	DIR *directory = opendir(folder);
	const struct dirent *entry;

	if (!directory)
		return;
	while ((entry = readdir(directory)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			(void)unlinkat(dirfd(directory), entry->d_name, entry->d_type == DT_DIR ? AT_REMOVEDIR : 0);
	(void)closedir(directory);
}

int credentials_tear_down(void **state)
{
	const struct fixture *fixture = *state;

	remove_content(fixture->folder);
	remove_content(fixture->base);
	return rmdir(fixture->base);
}

void write_file(const struct fixture *fixture, const char *text, size_t length, mode_t mode)
{
	AUTO_FCLOSE FILE *file = NULL;

	(void)mkdir(fixture->folder, 0700);
	file = fopen(fixture->file, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fchmod(fileno(file), mode), 0);
}

void write_text(const struct fixture *fixture, const char *text)
{
	write_file(fixture, text, strlen(text), 0600);
}

bool is_there(const struct fixture *fixture, const char *name)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	return access(path, F_OK) == 0;
}

size_t count_files(const struct fixture *fixture)
{
	DIR *directory = opendir(fixture->folder);
	const struct dirent *entry;
	size_t count = 0;

	assert_non_null(directory);
	while ((entry = readdir(directory)))
		count += entry->d_name[0] != '.';
	(void)closedir(directory);
	return count;
}

enum error put(const struct fixture *fixture, const struct profile *profile)
{
	struct credentials credentials;
	enum error error;

	credentials_init(&credentials, fixture->folder);
	error = credentials_begin(&credentials, NULL);
	if (!error) {
		credentials_put(&credentials, profile);
		error = credentials_commit(&credentials, NULL);
	}
	credentials_deinit(&credentials);
	return error;
}

enum error read_error(const struct fixture *fixture, struct trouble *trouble)
{
	struct credentials credentials;
	enum error error;

	credentials_init(&credentials, fixture->folder);
	error = credentials_read(&credentials, trouble);
	credentials_deinit(&credentials);
	return error;
}

void expect_active(const struct credentials *credentials, const char *email)
{
	struct profile profile = { .email = NULL };

	assert_int_equal(credentials_find_active(credentials, &profile), email != NULL);
	if (email)
		assert_string_equal(profile.email, email);
}
