/* The time zones of this machine. */
#include "methods/zone_set.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/log.h"
#include "common/memory.h"
#include "methods/zone_names.h"

#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_LIMIT  ((size_t)128 * 1024) /* bytes; the largest of 2025 has 3 KiB */
#define ZONES_LIMIT 2048u                /* a full zoneinfo has some 1200 with all its copies */

struct entry {
	struct entry *next;
	struct zone *zone;
};

struct zone_set {
	char folder[PATH_MAX];
	const struct zone *local;
	struct zone *owned_local; /* when it is no member: from a copy of a file */
	struct arena arena;       /* of a local zone by rule */
	pthread_mutex_t mutex;    /* for what follows; zones themselves never change */
	size_t count;
	struct entry *entries;
	struct zone_names *names; /* NULL until somebody needs one */
};

/* --- files --- */

/* Names of zoneinfo, and nothing that leaves its folder or names a file twice. */
static bool is_plain_name(const char *name)
{
	bool is_start = true;

	if (strlen(name) > ZONE_NAME_LIMIT)
		return false;
	for (const char *at = name; *at; at++) {
		bool is_letter = isalnum((unsigned char)*at) || strchr("_+-", *at);

		if (!is_letter && (is_start || (*at != '/' && *at != '.')))
			return false;
		is_start = *at == '/';
	}
	return !is_start;
}

static bool read_bytes(const char *path, struct buffer *out)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat found;
	ssize_t count = 1;

	if (fd < 0 || fstat(fd, &found) || !S_ISREG(found.st_mode))
		return false;
	while (count > 0 && out->length <= FILE_LIMIT) {
		count = read(fd, buffer_reserve(out, 4096), 4096);
		out->length += count > 0 ? (size_t)count : 0;
	}
	return count == 0;
}

static struct zone *read_zone(const char *path, const char *name)
{
	struct zone *zone = NULL;
	struct buffer bytes;

	buffer_init(&bytes);
	if (read_bytes(path, &bytes))
		zone = zone_from_file(name, bytes.data, bytes.length);
	buffer_deinit(&bytes);
	return zone;
}

/* --- members --- */

static const struct zone *find_member(const struct zone_set *set, const char *name)
{
	for (const struct entry *entry = set->entries; entry; entry = entry->next)
		if (strcmp(zone_name(entry->zone), name) == 0)
			return entry->zone;
	return NULL;
}

static const struct zone *add_member(struct zone_set *set, const char *name)
{
	char path[PATH_MAX + ZONE_NAME_LIMIT + 2];
	struct zone *zone;
	struct entry *entry;

	if (set->count >= ZONES_LIMIT || !is_plain_name(name))
		return NULL;
	(void)snprintf(path, sizeof(path), "%s/%s", set->folder, name);
	zone = read_zone(path, name);
	if (!zone)
		return NULL;
	entry = memory_alloc(sizeof(*entry));
	*entry = (struct entry){ .next = set->entries, .zone = zone };
	set->entries = entry;
	set->count++;
	return zone;
}

static const struct zone *find_or_add(struct zone_set *set, const char *name)
{
	const struct zone *zone;

	(void)pthread_mutex_lock(&set->mutex);
	zone = find_member(set, name);
	if (!zone)
		zone = add_member(set, name);
	(void)pthread_mutex_unlock(&set->mutex);
	return zone;
}

/* The list of names is read when it is first needed, and does not change afterwards. */
static const char *nearest_name(struct zone_set *set, const char *name)
{
	(void)pthread_mutex_lock(&set->mutex);
	if (!set->names)
		set->names = zone_names_read(set->folder);
	(void)pthread_mutex_unlock(&set->mutex);
	return zone_names_nearest(set->names, name);
}

static const struct zone *find(struct zone_set *set, const char *name, struct arena *arena)
{
	const struct zone *zone;

	if (strcmp(name, "UTC") == 0)
		return &zone_utc;
	zone = find_or_add(set, name);
	return zone ? zone : zone_from_rule(name, arena);
}

enum error zone_set_find(struct zone_set *set, const char *name, struct arena *arena, const struct zone **ret_zone,
	struct refusal *refusal)
{
	const struct zone *zone = name ? find(set, name, arena) : set->local;
	const char *nearest;

	if (zone) {
		*ret_zone = zone;
		return ERROR_NONE;
	}
	nearest = refusal ? nearest_name(set, name) : NULL;
	if (nearest)
		return refuse(refusal, ERROR_INVALID_PARAMS, "timezone",
			"the time zone `%.64s` is not known here; did you mean `%s`?", name, nearest);
	return refuse(refusal, ERROR_INVALID_PARAMS, "timezone",
		"the time zone `%.64s` is not known here; write one as in Europe/Berlin", name);
}

/* --- the machine's own --- */

/* What stands behind zoneinfo/ in a path, or NULL. */
static const char *name_in_path(const char *path)
{
	static const char folder[] = "/zoneinfo/";
	const char *found = strstr(path, folder);

	return found ? found + sizeof(folder) - 1 : NULL;
}

/* A link is followed to its end, so that the name is zoneinfo's; a copy is read as it is. */
static const struct zone *find_by_path(struct zone_set *set, const char *path)
{
	char real[PATH_MAX];
	const char *name = realpath(path, real) ? name_in_path(real) : NULL;
	const struct zone *zone = name ? find(set, name, &set->arena) : NULL;

	if (zone)
		return zone;
	set->owned_local = read_zone(path, "local time");
	return set->owned_local;
}

static const struct zone *find_local(struct zone_set *set, const char *tz, const char *localtime)
{
	const struct zone *zone;

	if (!tz)
		/* No such file is how localtime(5) says UTC. */
		zone = access(localtime, F_OK) ? &zone_utc : find_by_path(set, localtime);
	else if (!*tz)
		zone = &zone_utc;
	else if (tz[*tz == ':'] == '/')
		zone = find_by_path(set, tz + (*tz == ':'));
	else
		zone = find(set, tz + (*tz == ':'), &set->arena);
	if (!zone)
		log_warning("the time zone %s is not known here; it is UTC instead", tz ? tz : localtime);
	return zone ? zone : &zone_utc;
}

struct zone_set *zone_set_new(const char *folder, const char *tz, const char *localtime)
{
	struct zone_set *set = memory_array(1, sizeof(*set));

	(void)snprintf(set->folder, sizeof(set->folder), "%s", folder);
	(void)pthread_mutex_init(&set->mutex, NULL);
	arena_init(&set->arena);
	set->local = find_local(set, tz, localtime);
	return set;
}

void zone_set_free(struct zone_set *set)
{
	if (!set)
		return;
	while (set->entries) {
		struct entry *entry = set->entries;

		set->entries = entry->next;
		zone_free(entry->zone);
		free(entry);
	}
	zone_free(set->owned_local);
	zone_names_free(set->names);
	arena_deinit(&set->arena);
	(void)pthread_mutex_destroy(&set->mutex);
	free(set);
}
