/* The file of the signing keys: read strictly, written so that a power cut leaves the old one or the new one. */
#include "auth/key_file.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_LIMIT (KEY_RING_LIMIT * 2048u)
#define LINE_LIMIT 512u /* of a key, as it is written here */

const char *const key_algorithm_names[] = { "HS256", "HS384", "HS512", NULL };
static const char *const status_names[] = { "active", "verify", NULL };

const size_t key_file_secret_sizes[] = { [KEY_HS256] = 32, [KEY_HS384] = 48, [KEY_HS512] = 64 };

/* --- one key from its JSON --- */

struct reading {
	const char *path;
	struct refusal *refusal;
};

static enum error refuse_file(const struct reading *reading, const char *finding)
{
	return refuse(reading->refusal, ERROR_INVALID_PARAMS, NULL, "%s: %s", reading->path, finding);
}

static int find_name(const char *const *names, const json_t *value)
{
	const char *text = json_string_value(value);

	for (int i = 0; text && names[i]; i++)
		if (!strcmp(names[i], text))
			return i;
	return -1;
}

static bool has_only_known_members(const json_t *object, const char *const *known)
{
	const char *name;
	json_t *value;

	json_object_foreach ((json_t *)(uintptr_t)object, name, value) {
		const char *const *candidate = known;

		while (*candidate && strcmp(*candidate, name) != 0)
			candidate++;
		if (!*candidate)
			return false;
	}
	return true;
}

static bool is_key_id(const json_t *value)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const char *text = json_string_value(value);
	size_t length = json_string_length(value);

	return text && length > 0 && length <= KEY_ID_LIMIT && strspn(text, letters) == length;
}

/* The secret, in memory that is locked, guarded and left out of core dumps. */
static const unsigned char *read_secret(const json_t *value, size_t *ret_size)
{
	unsigned char bytes[KEY_SIZE_LIMIT + 3];
	size_t length = json_string_length(value);
	unsigned char *secret;

	if (!json_is_string(value) || length * 3 / 4 > KEY_SIZE_LIMIT ||
		!text_base64url_decode(json_string_value(value), length, bytes, ret_size))
		return NULL;
	secret = memory_require(sodium_malloc(*ret_size ? *ret_size : 1));
	memcpy(secret, bytes, *ret_size);
	sodium_memzero(bytes, sizeof(bytes));
	(void)sodium_mprotect_readonly(secret);
	return secret;
}

static bool is_time(const json_t *value)
{
	return json_is_integer(value) && json_integer_value(value) >= 0;
}

static enum error read_key(const struct reading *reading, const json_t *object, struct key *ret_key)
{
	static const char *const members[] = { "kid", "alg", "k", "created", "status", "verify_until", "retired",
		NULL };
	int algorithm = find_name(key_algorithm_names, json_object_get(object, "alg"));
	int status = find_name(status_names, json_object_get(object, "status"));
	struct key key = { 0 };

	if (!json_is_object(object) || !has_only_known_members(object, members))
		return refuse_file(reading, "a key has a member that is not known");
	if (!is_key_id(json_object_get(object, "kid")))
		return refuse_file(reading, "a kid must be 1 to 64 letters, digits, - and _");
	if (algorithm < 0 || status < 0 || !is_time(json_object_get(object, "created")))
		return refuse_file(
			reading, "a key needs alg (HS256, HS384, HS512), status (active, verify) and created");
	if (status == KEY_VERIFY &&
		(!is_time(json_object_get(object, "verify_until")) || !is_time(json_object_get(object, "retired"))))
		return refuse_file(reading, "a key of status verify needs verify_until and retired");
	key.algorithm = (enum key_algorithm)algorithm;
	key.status = (enum key_status)status;
	(void)snprintf(key.id, sizeof(key.id), "%s", json_string_value(json_object_get(object, "kid")));
	key.created_at = json_integer_value(json_object_get(object, "created"));
	key.verify_until = json_integer_value(json_object_get(object, "verify_until"));
	key.retired_at = json_integer_value(json_object_get(object, "retired"));
	key.secret = read_secret(json_object_get(object, "k"), &key.secret_size);
	if (!key.secret)
		return refuse_file(reading, "a k is not canonical base64url of at most 128 bytes");
	*ret_key = key;
	if (key.secret_size < key_file_secret_sizes[key.algorithm])
		return refuse_file(reading, "a key is shorter than its algorithm asks for (RFC 7518 §3.2)");
	return ERROR_NONE;
}

/* --- the set from its file --- */

static enum error check_set(const struct reading *reading, const struct key_set *set)
{
	unsigned active = 0;

	for (size_t i = 0; i < set->count; i++) {
		active += set->keys[i].status == KEY_ACTIVE;
		for (size_t j = 0; j < i; j++)
			if (!strcmp(set->keys[i].id, set->keys[j].id))
				return refuse_file(reading, "two keys have the same kid");
	}
	return active == 1 ? ERROR_NONE : refuse_file(reading, "exactly one key must have the status active");
}

static enum error read_keys(const struct reading *reading, const json_t *root, struct key_set *set)
{
	static const char *const members[] = { "keys", NULL };
	const json_t *list = json_object_get(root, "keys");
	enum error error = ERROR_NONE;

	if (!json_is_array(list) || !has_only_known_members(root, members))
		return refuse_file(reading, "it must be {\"keys\": […]} and nothing else");
	if (json_array_size(list) > KEY_RING_LIMIT)
		return refuse(reading->refusal, ERROR_INVALID_PARAMS, NULL, "%s: it has more than %u keys",
			reading->path, KEY_RING_LIMIT);
	for (size_t i = 0; !error && i < json_array_size(list); i++) {
		error = read_key(reading, json_array_get(list, i), &set->keys[set->count]);
		set->count += set->keys[set->count].secret != NULL;
	}
	return error ? error : check_set(reading, set);
}

static enum error check_file(const struct reading *reading, int fd)
{
	struct stat found;

	if (fstat(fd, &found) || !S_ISREG(found.st_mode))
		return refuse_file(reading, "it is no regular file");
	if (found.st_uid != geteuid())
		return refuse(reading->refusal, ERROR_INVALID_PARAMS, NULL, "%s belongs to uid %u: chown it to uid %u",
			reading->path, (unsigned)found.st_uid, (unsigned)geteuid());
	if ((found.st_mode & 07777) != 0600 && (found.st_mode & 07777) != 0400)
		return refuse(reading->refusal, ERROR_INVALID_PARAMS, NULL,
			"%s has mode %04o, so others may know the keys: chmod 600 it, and rotate the keys",
			reading->path, (unsigned)(found.st_mode & 07777));
	if (found.st_size > (off_t)FILE_LIMIT)
		return refuse_file(reading, "it is too large");
	return ERROR_NONE;
}

static enum error read_set(const struct reading *reading, int fd, struct key_set *set)
{
	enum error error = check_file(reading, fd);
	json_error_t failure;
	json_t *root;

	if (error)
		return error;
	root = json_loadfd(fd, JSON_REJECT_DUPLICATES, &failure);
	if (!root)
		return refuse(reading->refusal, ERROR_INVALID_PARAMS, NULL, "%s:%d: not valid JSON", reading->path,
			failure.line);
	error = read_keys(reading, root, set);
	json_decref(root);
	return error;
}

enum error key_file_read(const char *path, struct key_set *ret_set, struct refusal *refusal)
{
	const struct reading reading = { path, refusal };
	struct key_set set = { 0 };
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	enum error error;

	if (fd < 0)
		return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "%s: %s", path,
			errno == ELOOP ? "it is a symbolic link: put the file itself there" : strerror(errno));
	error = read_set(&reading, fd, &set);
	if (error)
		key_file_forget(&set);
	else
		*ret_set = set;
	return error;
}

void key_file_forget(struct key_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		sodium_free((void *)(uintptr_t)set->keys[i].secret);
	set->count = 0;
}

/* --- the file from the set --- */

/* The text holds the secrets, so it lies in sodium memory too: jansson would leave copies on the heap. */
struct writing {
	char *text;
	size_t size;
	size_t length;
};

static void put(struct writing *writing, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(struct writing *writing, const char *format, ...)
{
	size_t room = writing->size - writing->length;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(writing->text + writing->length, room, format, arguments);
	va_end(arguments);
	assert(length >= 0 && (size_t)length < room);
	writing->length += (size_t)length;
}

static void put_key(struct writing *writing, const struct key *key)
{
	put(writing, "  {\"kid\": \"%s\", \"alg\": \"%s\", \"k\": \"", key->id, key_algorithm_names[key->algorithm]);
	assert(writing->size - writing->length > KEY_SIZE_LIMIT * 4 / 3 + 3);
	writing->length += text_base64url_encode(key->secret, key->secret_size, writing->text + writing->length);
	put(writing, "\", \"created\": %" PRId64 ", \"status\": \"%s\"", key->created_at, status_names[key->status]);
	if (key->status == KEY_VERIFY)
		put(writing, ", \"retired\": %" PRId64 ", \"verify_until\": %" PRId64, key->retired_at,
			key->verify_until);
	put(writing, "}");
}

static bool write_whole(int fd, const char *text, size_t length)
{
	while (length) {
		ssize_t written = write(fd, text, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		text += written;
		length -= (size_t)written;
	}
	return true;
}

static bool write_set(int fd, const struct key_set *set)
{
	struct writing writing = { .size = (set->count + 1) * LINE_LIMIT };
	bool is_written;

	writing.text = memory_require(sodium_malloc(writing.size));
	put(&writing, "{\"keys\": [\n");
	for (size_t i = 0; i < set->count; i++) {
		put_key(&writing, &set->keys[i]);
		put(&writing, i + 1 < set->count ? ",\n" : "\n");
	}
	put(&writing, "]}\n");
	is_written = write_whole(fd, writing.text, writing.length);
	sodium_free(writing.text);
	return is_written;
}

static bool write_beside(const char *path, const struct key_set *set)
{
	AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	return fd >= 0 && write_set(fd, set) && !fsync(fd);
}

#define FRESH_SIZE (PATH_MAX + 8)

static void fresh_path(const char *path, char ret_fresh[FRESH_SIZE])
{
	(void)snprintf(ret_fresh, FRESH_SIZE, "%s.new", path);
}

void key_file_discard(const char *path)
{
	char fresh[FRESH_SIZE];

	fresh_path(path, fresh);
	(void)unlink(fresh);
}

static enum error refuse_write(const char *path, struct refusal *refusal)
{
	int cause = errno;

	key_file_discard(path);
	(void)refuse(
		refusal, ERROR_STORAGE, NULL, "cannot write %s: %s; the keys stay as they were", path, strerror(cause));
	if (refusal)
		refusal->is_storage_final = true;
	return ERROR_STORAGE;
}

enum error key_file_prepare(const char *path, const struct key_set *set, struct refusal *refusal)
{
	char fresh[FRESH_SIZE];

	fresh_path(path, fresh);
	(void)unlink(fresh);
	return write_beside(fresh, set) ? ERROR_NONE : refuse_write(path, refusal);
}

enum error key_file_install(const char *path, struct refusal *refusal)
{
	char fresh[FRESH_SIZE];

	fresh_path(path, fresh);
	return rename(fresh, path) ? refuse_write(path, refusal) : ERROR_NONE;
}

enum error key_file_replace(const char *path, const struct key_set *set, struct refusal *refusal)
{
	enum error error = key_file_prepare(path, set, refusal);

	return error ? error : key_file_install(path, refusal);
}

enum error key_file_settle(const char *path, struct refusal *refusal)
{
	char folder[PATH_MAX];
	AUTO_CLOSE int fd = -1;

	(void)snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0 && !fsync(fd))
		return ERROR_NONE;
	return refuse(refusal, ERROR_STORAGE, NULL,
		"%s was replaced, but whether that outlives a crash is not known (%s): no token is issued before a "
		"write of it succeeds, which every login tries",
		path, strerror(errno));
}
