/* A small JSON file that is only ever replaced as a whole. */
#include "credentials.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "file_write.h"
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME    "credentials.json"
#define LOCK_NAME    "credentials.lock"
#define FILE_VERSION 1
#define FILE_LIMIT   ((off_t)1024 * 1024)

void credentials_path(const struct credentials *credentials, char *ret_path, size_t size)
{
	(void)snprintf(ret_path, size, "%s/%s", credentials->folder, FILE_NAME);
}

static json_t *new_root(void)
{
	return json_pack("{s:i, s:{}}", "version", FILE_VERSION, "profiles");
}

void credentials_init(struct credentials *credentials, const char *folder)
{
	*credentials = (struct credentials){ .lock_fd = -1, .draft_fd = -1, .root = new_root() };
	(void)snprintf(credentials->folder, sizeof(credentials->folder), "%s", folder);
}

void credentials_deinit(struct credentials *credentials)
{
	credentials_abandon(credentials);
	json_decref(credentials->root);
	credentials->root = NULL;
}

/* --- reading --- */

static enum error refuse_damaged(const char *path, const char *reason, struct trouble *trouble)
{
	enum error error = trouble_set(trouble, ERROR_PARSE, "%s is damaged: %s", path, reason);

	trouble_advise(trouble, "log in again: taskctl login");
	if (trouble)
		trouble->exit_status = EXIT_AUTHENTICATION;
	return error;
}

static enum error check_access(const struct stat *found, const char *path, struct trouble *trouble)
{
	enum error error;

	if (!S_ISREG(found->st_mode) || found->st_size > FILE_LIMIT)
		return refuse_damaged(path, "it is no small regular file", trouble);
	if (found->st_uid != geteuid())
		return trouble_set(trouble, ERROR_FORBIDDEN, "%s belongs to user %u", path, (unsigned)found->st_uid);
	if (!(found->st_mode & 077))
		return ERROR_NONE;
	error = trouble_set(trouble, ERROR_FORBIDDEN, "others may read %s (mode %04o), which holds your token", path,
		(unsigned)found->st_mode & 07777);
	trouble_advise(trouble, "chmod 600 %s", path);
	return error;
}

static enum error read_all(int fd, struct buffer *out)
{
	ssize_t count;

	do {
		count = read(fd, buffer_reserve(out, 8192), 8192);
		if (count > 0)
			out->length += (size_t)count;
	} while (count > 0 || (count < 0 && errno == EINTR));
	return count < 0 ? ERROR_STORAGE : ERROR_NONE;
}

static enum error check_root(const json_t *root, const char *path, struct trouble *trouble)
{
	const json_t *version = json_object_get(root, "version");
	enum error error;

	if (!json_is_integer(version) || !json_is_object(json_object_get(root, "profiles")))
		return refuse_damaged(path, "it has no version or no profiles", trouble);
	if (json_integer_value(version) <= FILE_VERSION)
		return ERROR_NONE;
	error = trouble_set(trouble, ERROR_CONFLICT, "%s was written by a newer taskctl", path);
	trouble_advise(trouble, "use that one, or move the file away and log in again");
	return error;
}

static enum error parse_file(const struct buffer *content, const char *path, json_t **ret_root, struct trouble *trouble)
{
	json_error_t failure;
	json_auto_t *root =
		json_loadb(content->data ? content->data : "", content->length, JSON_REJECT_DUPLICATES, &failure);
	enum error error =
		root ? check_root(root, path, trouble) : refuse_damaged(path, "it is not whole JSON", trouble);

	if (!error)
		*ret_root = json_incref(root);
	return error;
}

static enum error load(int fd, const char *path, json_t **ret_root, struct trouble *trouble)
{
	struct stat found;
	struct buffer content;
	enum error error;

	if (fstat(fd, &found))
		return trouble_set(trouble, ERROR_STORAGE, "cannot read %s: %s", path, strerror(errno));
	error = check_access(&found, path, trouble);
	if (error)
		return error;
	buffer_init(&content);
	error = read_all(fd, &content);
	if (error)
		error = trouble_set(trouble, error, "cannot read %s: %s", path, strerror(errno));
	else
		error = parse_file(&content, path, ret_root, trouble);
	buffer_wipe(&content);
	buffer_deinit(&content);
	return error;
}

enum error credentials_read(struct credentials *credentials, struct trouble *trouble)
{
	char path[sizeof(credentials->folder) + 32];
	json_t *root = NULL;
	AUTO_CLOSE int fd = -1;
	enum error error = ERROR_NONE;

	credentials_path(credentials, path, sizeof(path));
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 && errno != ENOENT && errno != ENOTDIR)
		return trouble_set(trouble, ERROR_FORBIDDEN, "cannot read %s: %s", path, strerror(errno));
	if (fd >= 0)
		error = load(fd, path, &root, trouble);
	if (error)
		return error;
	json_decref(credentials->root);
	credentials->root = root ? root : new_root();
	return ERROR_NONE;
}

static void read_profile(const char *email, const json_t *kept, struct profile *ret_profile)
{
	*ret_profile = (struct profile){
		.email = email,
		.instance = json_string_value(json_object_get(kept, "instance")),
		.socket = json_string_value(json_object_get(kept, "socket")),
		.session_id = json_string_value(json_object_get(kept, "session_id")),
		.access_token = json_string_value(json_object_get(kept, "access_token")),
		.refresh_token = json_string_value(json_object_get(kept, "refresh_token")),
		.user_id = json_integer_value(json_object_get(kept, "user_id")),
		.access_expires_at = json_integer_value(json_object_get(kept, "access_expires_at")),
		.refresh_expires_at = json_integer_value(json_object_get(kept, "refresh_expires_at")),
	};
}

bool credentials_find_at(const struct credentials *credentials, size_t index, struct profile *ret_profile)
{
	json_t *profiles = json_object_get(credentials->root, "profiles");
	const char *email;
	json_t *kept;

	json_object_foreach (profiles, email, kept) {
		if (!json_is_object(kept) || index-- > 0)
			continue;
		read_profile(email, kept, ret_profile);
		return true;
	}
	return false;
}

bool credentials_find(const struct credentials *credentials, const char *email, struct profile *ret_profile)
{
	for (size_t i = 0; credentials_find_at(credentials, i, ret_profile); i++)
		if (strcasecmp(ret_profile->email, email) == 0)
			return true;
	return false;
}

bool credentials_find_active(const struct credentials *credentials, struct profile *ret_profile)
{
	const char *email = json_string_value(json_object_get(credentials->root, "active"));

	return email && credentials_find(credentials, email, ret_profile);
}

bool credentials_is_active(const struct credentials *credentials, const char *email)
{
	const char *active = json_string_value(json_object_get(credentials->root, "active"));

	return active && strcasecmp(active, email) == 0;
}

/* --- editing --- */

static enum error refuse_draft(const struct credentials *credentials, struct trouble *trouble)
{
	return trouble_set(
		trouble, ERROR_STORAGE, "cannot write %s/%s: %s", credentials->folder, FILE_NAME, strerror(errno));
}

/* The lock keeps other writers out, so that one name for the draft is enough and a crash leaves at most one. */
static enum error make_draft(struct credentials *credentials, struct trouble *trouble)
{
	if (asprintf(&credentials->draft, "%s/%s.new", credentials->folder, FILE_NAME) < 0)
		abort();
	(void)unlink(credentials->draft);
	credentials->draft_fd = open(credentials->draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return credentials->draft_fd < 0 ? refuse_draft(credentials, trouble) : ERROR_NONE;
}

static enum error read_again(struct credentials *credentials, struct trouble *trouble)
{
	enum error error = credentials_read(credentials, trouble);

	if (error != ERROR_PARSE)
		return error;
	json_decref(credentials->root);
	credentials->root = new_root();
	return ERROR_NONE;
}

enum error credentials_begin(struct credentials *credentials, struct trouble *trouble)
{
	enum error error = folder_make(credentials->folder, trouble);

	if (!error)
		error = folder_lock(credentials->folder, LOCK_NAME, &credentials->lock_fd, trouble);
	if (!error)
		error = read_again(credentials, trouble);
	if (!error)
		error = make_draft(credentials, trouble);
	if (error)
		credentials_abandon(credentials);
	return error;
}

void credentials_abandon(struct credentials *credentials)
{
	if (credentials->draft_fd >= 0) {
		(void)close(credentials->draft_fd);
		(void)unlink(credentials->draft);
	}
	if (credentials->lock_fd >= 0)
		(void)close(credentials->lock_fd);
	free(credentials->draft);
	credentials->draft = NULL;
	credentials->draft_fd = -1;
	credentials->lock_fd = -1;
}

/* So that the rename itself is on the disk. */
static bool sync_folder(const char *folder)
{
	AUTO_CLOSE int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd >= 0 && fsync(fd) == 0;
}

static bool replace_file(struct credentials *credentials)
{
	char path[sizeof(credentials->folder) + 32];
	char *text = memory_require(json_dumps(credentials->root, JSON_INDENT(2)));
	bool is_written = file_write_all(credentials->draft_fd, text, strlen(text)) &&
			  file_write_all(credentials->draft_fd, "\n", 1) && fsync(credentials->draft_fd) == 0;

	explicit_bzero(text, strlen(text));
	free(text);
	credentials_path(credentials, path, sizeof(path));
	if (!is_written || rename(credentials->draft, path))
		return false;
	(void)close(credentials->draft_fd);
	credentials->draft_fd = -1;
	return sync_folder(credentials->folder);
}

enum error credentials_commit(struct credentials *credentials, struct trouble *trouble)
{
	enum error error = replace_file(credentials) ? ERROR_NONE : refuse_draft(credentials, trouble);

	credentials_abandon(credentials);
	return error;
}

static void put_text(json_t *object, const char *key, const char *text)
{
	if (text)
		(void)json_object_set_new(object, key, json_string(text));
}

static void keep(struct credentials *credentials, const struct profile *profile)
{
	json_t *kept = json_object();

	put_text(kept, "instance", profile->instance);
	put_text(kept, "socket", profile->socket);
	(void)json_object_set_new(kept, "user_id", json_integer(profile->user_id));
	put_text(kept, "session_id", profile->session_id);
	put_text(kept, "access_token", profile->access_token);
	(void)json_object_set_new(kept, "access_expires_at", json_integer(profile->access_expires_at));
	put_text(kept, "refresh_token", profile->refresh_token);
	(void)json_object_set_new(kept, "refresh_expires_at", json_integer(profile->refresh_expires_at));
	(void)json_object_set_new(json_object_get(credentials->root, "profiles"), profile->email, kept);
}

void credentials_activate(struct credentials *credentials, const char *email)
{
	put_text(credentials->root, "active", email);
}

/* Activated last, because the email may be borrowed from what this replaces. */
void credentials_put(struct credentials *credentials, const struct profile *profile)
{
	keep(credentials, profile);
	credentials_activate(credentials, profile->email);
}

void credentials_replace(struct credentials *credentials, const char *email, const struct profile *profile)
{
	bool is_active = credentials_is_active(credentials, email);

	keep(credentials, profile);
	if (is_active)
		credentials_activate(credentials, profile->email);
	if (strcmp(email, profile->email) != 0)
		(void)json_object_del(json_object_get(credentials->root, "profiles"), email);
}

static bool holds_session(const json_t *kept, const char *session_id)
{
	const char *held = json_string_value(json_object_get(kept, "session_id"));

	return held && strcmp(held, session_id) == 0;
}

void credentials_remove_session(struct credentials *credentials, const char *session_id)
{
	json_t *profiles = json_object_get(credentials->root, "profiles");
	const char *active = json_string_value(json_object_get(credentials->root, "active"));
	const char *email;
	json_t *kept;
	void *next;

	json_object_foreach_safe(profiles, next, email, kept)
	{
		if (!holds_session(kept, session_id))
			continue;
		if (active && strcmp(active, email) == 0)
			(void)json_object_del(credentials->root, "active");
		active = json_string_value(json_object_get(credentials->root, "active"));
		(void)json_object_del(profiles, email);
	}
}
