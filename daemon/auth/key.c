/* keys.json: read strictly, written so that a power cut leaves the old file or the new one. */
#include "auth/key.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_NAME        "keys.json"
#define CREDENTIAL_NAME  "taskd-keys"
#define FILE_LIMIT       65536
#define NEW_KEY_ID_BYTES 9u

struct key_ring {
	char path[PATH_MAX];
	bool is_read_only;
	uint64_t generation;
	size_t count;
	struct key keys[KEY_RING_LIMIT];
};

const char *const key_algorithm_names[] = { "HS256", "HS384", "HS512", NULL };
static const char *const status_names[] = { "active", "verify", NULL };

/* RFC 7518 §3.2: a key is at least as long as the hash. */
static const size_t key_sizes[] = { [KEY_HS256] = 32, [KEY_HS384] = 48, [KEY_HS512] = 64 };

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
	if (key.secret_size < key_sizes[key.algorithm])
		return refuse_file(reading, "a key is shorter than its algorithm asks for (RFC 7518 §3.2)");
	return ERROR_NONE;
}

/* --- the ring from its file --- */

static void forget_keys(struct key *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sodium_free((void *)(uintptr_t)keys[i].secret);
}

static enum error check_ring(const struct reading *reading, const struct key_ring *ring)
{
	unsigned active = 0;

	for (size_t i = 0; i < ring->count; i++) {
		active += ring->keys[i].status == KEY_ACTIVE;
		for (size_t j = 0; j < i; j++)
			if (!strcmp(ring->keys[i].id, ring->keys[j].id))
				return refuse_file(reading, "two keys have the same kid");
	}
	return active == 1 ? ERROR_NONE : refuse_file(reading, "exactly one key must have the status active");
}

static enum error read_keys(const struct reading *reading, const json_t *root, struct key_ring *ring)
{
	static const char *const members[] = { "keys", NULL };
	const json_t *list = json_object_get(root, "keys");
	enum error error = ERROR_NONE;

	if (!json_is_array(list) || !has_only_known_members(root, members))
		return refuse_file(reading, "it must be {\"keys\": […]} and nothing else");
	if (json_array_size(list) > KEY_RING_LIMIT)
		return refuse_file(reading, "it has more than 8 keys");
	for (size_t i = 0; !error && i < json_array_size(list); i++) {
		error = read_key(reading, json_array_get(list, i), &ring->keys[ring->count]);
		ring->count += ring->keys[ring->count].secret != NULL;
	}
	return error ? error : check_ring(reading, ring);
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
	if (found.st_size > FILE_LIMIT)
		return refuse_file(reading, "it is too large");
	return ERROR_NONE;
}

static enum error read_ring(const struct reading *reading, int fd, struct key_ring *ring)
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
	error = read_keys(reading, root, ring);
	json_decref(root);
	return error;
}

/* Read the file into a fresh ring, and only a whole one takes the place of what `ring` holds. */
static enum error load(struct key_ring *ring, struct refusal *refusal)
{
	const struct reading reading = { ring->path, refusal };
	struct key_ring fresh = { .is_read_only = ring->is_read_only, .generation = ring->generation + 1 };
	AUTO_CLOSE int fd = open(ring->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	enum error error;

	if (fd < 0)
		return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "%s: %s", ring->path,
			errno == ELOOP ? "it is a symbolic link: put the file itself there" : strerror(errno));
	error = read_ring(&reading, fd, &fresh);
	if (error) {
		forget_keys(fresh.keys, fresh.count);
		return error;
	}
	forget_keys(ring->keys, ring->count);
	memcpy(fresh.path, ring->path, sizeof(fresh.path));
	*ring = fresh;
	return ERROR_NONE;
}

/* --- a new ring --- */

static json_t *make_key(enum key_algorithm algorithm, int64_t now)
{
	unsigned char id[NEW_KEY_ID_BYTES], secret[KEY_SIZE_LIMIT];
	char id_text[NEW_KEY_ID_BYTES * 4 / 3 + 1], secret_text[KEY_SIZE_LIMIT * 4 / 3 + 3];
	json_t *key;

	randombytes_buf(id, sizeof(id));
	randombytes_buf(secret, key_sizes[algorithm]);
	(void)text_base64url_encode(id, sizeof(id), id_text);
	(void)text_base64url_encode(secret, key_sizes[algorithm], secret_text);
	key = json_pack("{s:s, s:s, s:s, s:I, s:s}", "kid", id_text, "alg", key_algorithm_names[algorithm], "k",
		secret_text, "created", (json_int_t)now, "status", status_names[KEY_ACTIVE]);
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(secret_text, sizeof(secret_text));
	return memory_require(key);
}

static enum error refuse_write(const char *path, struct refusal *refusal)
{
	return refuse(refusal, ERROR_STORAGE, NULL, "cannot write %s: %s", path, strerror(errno));
}

/* Temporary file, fsync, rename, fsync of the folder: before the first signature the key is on the disk. */
static enum error write_file(const char *path, const json_t *root, struct refusal *refusal)
{
	char fresh[PATH_MAX + 8], folder[PATH_MAX];
	AUTO_CLOSE int fd = -1;
	AUTO_CLOSE int folder_fd = -1;

	(void)snprintf(fresh, sizeof(fresh), "%s.new", path);
	(void)snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
	(void)unlink(fresh);
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || json_dumpfd(root, fd, JSON_INDENT(2)) || fsync(fd) || rename(fresh, path))
		return refuse_write(path, refusal);
	folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder_fd < 0 || fsync(folder_fd))
		return refuse_write(path, refusal);
	return ERROR_NONE;
}

static enum error create(const char *path, enum key_algorithm algorithm, int64_t now, struct refusal *refusal)
{
	json_t *root = json_pack("{s:[o]}", "keys", make_key(algorithm, now));
	enum error error = write_file(path, memory_require(root), refusal);

	json_decref(root);
	return error;
}

static bool is_there(const char *path)
{
	struct stat found;

	return lstat(path, &found) == 0;
}

static enum error find_file(struct key_ring *ring, const char *data_folder, const char *credentials_directory)
{
	if (credentials_directory) {
		(void)snprintf(ring->path, sizeof(ring->path), "%s/" CREDENTIAL_NAME, credentials_directory);
		ring->is_read_only = is_there(ring->path);
	}
	if (!ring->is_read_only)
		(void)snprintf(ring->path, sizeof(ring->path), "%s/" FILE_NAME, data_folder);
	return ERROR_NONE;
}

enum error key_ring_open(const char *data_folder, const char *credentials_directory, bool may_create,
	enum key_algorithm algorithm, int64_t now, struct key_ring **ret_ring, struct refusal *refusal)
{
	struct key_ring *ring = memory_array(1, sizeof(*ring));
	enum error error = find_file(ring, data_folder, credentials_directory);

	if (!is_there(ring->path)) {
		if (may_create)
			error = create(ring->path, algorithm, now, refusal);
		else
			error = refuse(refusal, ERROR_INVALID_PARAMS, NULL,
				"%s is missing beside an existing database: put it back from where the keys are kept",
				ring->path);
	}
	if (!error)
		error = load(ring, refusal);
	if (error) {
		key_ring_free(ring);
		return error;
	}
	*ret_ring = ring;
	return ERROR_NONE;
}

enum error key_ring_reload(struct key_ring *ring, struct refusal *refusal)
{
	return load(ring, refusal);
}

void key_ring_free(struct key_ring *ring)
{
	if (!ring)
		return;
	forget_keys(ring->keys, ring->count);
	free(ring);
}

const struct key *key_ring_active(const struct key_ring *ring)
{
	for (size_t i = 0; i < ring->count; i++)
		if (ring->keys[i].status == KEY_ACTIVE)
			return &ring->keys[i];
	return NULL;
}

const struct key *key_ring_find(const struct key_ring *ring, const char *id, size_t length)
{
	for (size_t i = 0; i < ring->count; i++)
		if (strlen(ring->keys[i].id) == length && !memcmp(ring->keys[i].id, id, length))
			return &ring->keys[i];
	return NULL;
}

uint64_t key_ring_generation(const struct key_ring *ring)
{
	return ring->generation;
}

bool key_ring_is_read_only(const struct key_ring *ring)
{
	return ring->is_read_only;
}
