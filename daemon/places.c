/* The XDG base directories (specification 0.8), and what stands in for them. */
#include "places.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A relative path in these variables is invalid and counts as unset, says the specification. */
static const char *absolute_variable(const char *name)
{
	const char *value = getenv(name);

	return value && value[0] == '/' ? value : NULL;
}

static const char *find_home(void)
{
	const char *home = absolute_variable("HOME");
	const struct passwd *entry;

	if (home)
		return home;
	entry = getpwuid(geteuid());
	return entry && entry->pw_dir && entry->pw_dir[0] == '/' ? entry->pw_dir : NULL;
}

static enum error join(char *ret_path, const char *base, const char *middle, const char *last, struct refusal *refusal)
{
	int length = snprintf(ret_path, PATH_MAX, "%s%s%s", base, middle, last);

	if (length < 0 || length >= PATH_MAX)
		return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "the path of %s is too long", last);
	return ERROR_NONE;
}

static enum error find_place(
	const char *variable, const char *below_home, const char *last, char *ret_path, struct refusal *refusal)
{
	const char *base = absolute_variable(variable);
	const char *home = find_home();

	if (base)
		return join(ret_path, base, "", last, refusal);
	if (home)
		return join(ret_path, home, below_home, last, refusal);
	return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "no home folder: set HOME, or %s, or use --data", variable);
}

enum error places_find(struct places *ret_places, struct refusal *refusal)
{
	enum error error = find_place("XDG_DATA_HOME", "/.local/share", "/taskd", ret_places->data, refusal);

	if (error)
		return error;
	return find_place("XDG_CONFIG_HOME", "/.config", "/taskd/taskd.conf", ret_places->config, refusal);
}

static bool is_our_folder(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == geteuid();
}

void places_find_socket(const char *data_folder, char *ret_path)
{
	const char *runtime = absolute_variable("XDG_RUNTIME_DIR");
	char fallback[64];

	(void)snprintf(fallback, sizeof(fallback), "/run/user/%u", (unsigned)geteuid());
	if (!runtime && is_our_folder(fallback))
		runtime = fallback;
	if (runtime)
		(void)snprintf(ret_path, PATH_MAX, "%s/taskd/taskd.sock", runtime);
	else
		(void)snprintf(ret_path, PATH_MAX, "%s/taskd.sock", data_folder);
}

static enum error make_one(const char *path, struct refusal *refusal)
{
	struct stat found;
	int failure;

	if (mkdir(path, 0700) == 0)
		return ERROR_NONE;
	failure = errno;
	/* A parent on a read-only disk says EROFS although it is there. */
	if (stat(path, &found) == 0 && S_ISDIR(found.st_mode))
		return ERROR_NONE;
	return refuse(refusal, ERROR_STORAGE, NULL, "cannot make the folder %s: %s", path,
		strerror(failure == EEXIST ? ENOTDIR : failure));
}

enum error places_make_folder(const char *path, struct refusal *refusal)
{
	char partial[PATH_MAX];
	enum error error;

	if (snprintf(partial, sizeof(partial), "%s", path) >= (int)sizeof(partial))
		return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "the path %.64s… is too long", path);
	for (char *slash = strchr(partial + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		error = make_one(partial, refusal);
		*slash = '/';
		if (error)
			return error;
	}
	return make_one(partial, refusal);
}
