/* The same places that the daemon looks for, with the checks that a client needs. */
#include "paths.h"

#include "common/cleanup.h"
#include "local_user.h"
#include "signs.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A relative path in these variables is invalid and counts as unset, says the specification. */
static const char *absolute_variable(const char *name)
{
	const char *value = getenv(name);

	return value && value[0] == '/' ? value : NULL;
}

static const char *find_home(void)
{
	static char from_file[PATH_MAX];
	const char *home = absolute_variable("HOME");

	if (home)
		return home;
	return local_user_find_home(LOCAL_USER_FILE, geteuid(), from_file) ? from_file : NULL;
}

/* sudo may keep HOME: root's files in there would lock their owner out. */
static enum error check_owner(const char *folder, struct trouble *trouble)
{
	struct stat found;
	enum error error;

	if (geteuid() != 0 || stat(folder, &found) || found.st_uid == 0)
		return ERROR_NONE;
	error = trouble_set(trouble, ERROR_FORBIDDEN, "root does not touch %s, which belongs to user %u", folder,
		(unsigned)found.st_uid);
	trouble_advise(trouble, "run it as that user, or for root itself: sudo -H taskctl whoami");
	return error;
}

static enum error join(const char *base, const char *middle, const char *last, char *ret_path, struct trouble *trouble)
{
	if (snprintf(ret_path, PATH_MAX, "%s%s%s", base, middle, last) >= PATH_MAX)
		return trouble_set(
			trouble, ERROR_INVALID_PARAMS, "the path is too long: %.64s%s", base, sign_text(SIGN_ELLIPSIS));
	return ERROR_NONE;
}

static enum error find_place(
	const char *variable, const char *below_home, const char *last, char *ret_path, struct trouble *trouble)
{
	const char *base = absolute_variable(variable);
	const char *home = base ? NULL : find_home();
	enum error error;

	if (!base && !home)
		return trouble_set(trouble, ERROR_INVALID_PARAMS, "no home folder: set HOME or %s", variable);
	error = check_owner(base ? base : home, trouble);
	if (error)
		return error;
	return base ? join(base, "", last, ret_path, trouble) : join(home, below_home, last, ret_path, trouble);
}

static enum error find_data(char *ret_path, struct trouble *trouble)
{
	const char *data = absolute_variable("TASKD_DATA");

	return data ? join(data, "", "", ret_path, trouble)
		    : find_place("XDG_DATA_HOME", "/.local/share", "/taskd", ret_path, trouble);
}

static bool is_our_folder(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == geteuid();
}

static void find_runtime(char *ret_path)
{
	const char *runtime = absolute_variable("XDG_RUNTIME_DIR");

	if (runtime && strlen(runtime) < PATH_MAX && is_our_folder(runtime)) {
		(void)snprintf(ret_path, PATH_MAX, "%s", runtime);
		return;
	}
	(void)snprintf(ret_path, PATH_MAX, "/run/user/%u", (unsigned)geteuid());
	if (!is_our_folder(ret_path))
		ret_path[0] = '\0';
}

enum error paths_find(struct paths *ret_paths, struct trouble *trouble)
{
	enum error error = find_place("XDG_CONFIG_HOME", "/.config", "/taskctl", ret_paths->config, trouble);

	if (!error)
		error = find_data(ret_paths->data, trouble);
	if (error)
		return error;
	find_runtime(ret_paths->runtime);
	if (ret_paths->runtime[0])
		return join(ret_paths->runtime, "/taskd", "/taskd.sock", ret_paths->socket, trouble);
	return join(ret_paths->data, "", "/taskd.sock", ret_paths->socket, trouble);
}

bool paths_read_noted_socket(const struct paths *paths, char *ret_path, size_t size)
{
	char note[PATH_MAX + 32];
	AUTO_CLOSE int fd = -1;
	ssize_t length;

	(void)snprintf(note, sizeof(note), "%s/taskd.socket-path", paths->data);
	fd = open(note, O_RDONLY | O_CLOEXEC);
	length = fd < 0 ? -1 : read(fd, ret_path, size - 1);
	if (length <= 0)
		return false;
	ret_path[length] = '\0';
	ret_path[strcspn(ret_path, "\n")] = '\0';
	return ret_path[0] == '/';
}
