/* The names of what iCalendar and we call differently. */
#include "methods/ical_field.h"

#include "auth/secret.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/custom_field.h"

#include <stdio.h>
#include <string.h>

/* --- custom fields --- */

/* Properties of text or of any form, whose names are good ones for a field. */
static const struct {
	const char *property, *name;
	bool is_text;
} plain_fields[] = {
	{ "LOCATION", "location", true },
	{ "URL", "url", false },
};

/* Those that say something else, so that no field becomes one of them. */
static const char *const taken_properties[] = { "BEGIN", "CATEGORIES", "COMMENT", "COMPLETED", "CREATED", "DESCRIPTION",
	"DTSTAMP", "DTSTART", "DUE", "DURATION", "END", "LAST-MODIFIED", "LOCATION", "PRIORITY", "RECURRENCE-ID",
	"RELATED-TO", "STATUS", "SUMMARY", "URL" };

static bool is_taken(const char *property)
{
	for (size_t i = 0; i < COUNT_OF(taken_properties); i++)
		if (!strcmp(taken_properties[i], property))
			return true;
	return false;
}

/* In small letters with _ for -, or in capitals with - for _. */
static void turn_name(const char *prefix, const char *name, bool is_property, char *ret_name, size_t size)
{
	(void)snprintf(ret_name, size, "%s%s", prefix, name);
	for (char *at = ret_name; *at; at++)
		if (is_property)
			*at = text_ascii_upper(*at);
		else
			*at = text_ascii_lower(*at);
	for (char *at = ret_name; (at = strchr(at, is_property ? '_' : '-'));)
		*at = is_property ? '-' : '_';
}

bool ical_field_name(const char *property, char ret_name[TASK_CUSTOM_NAME_LIMIT + 1])
{
	const char *prefix = strncmp(property, "X-", 2) != 0 ? "ical_" : "";

	for (size_t i = 0; i < COUNT_OF(plain_fields); i++)
		if (!strcmp(plain_fields[i].property, property)) {
			(void)snprintf(ret_name, TASK_CUSTOM_NAME_LIMIT + 1, "%s", plain_fields[i].name);
			return true;
		}
	if (strlen(prefix) + strlen(property) > TASK_CUSTOM_NAME_LIMIT || strchr(property, '_'))
		return false;
	turn_name(prefix, property, false, ret_name, TASK_CUSTOM_NAME_LIMIT + 1);
	return !custom_field_check_name(ret_name, NULL);
}

bool ical_field_property(const char *name, char ret_property[ICAL_PROPERTY_SIZE])
{
	bool is_ical = strncmp(name, "ical_", 5) == 0 && name[5];

	for (size_t i = 0; i < COUNT_OF(plain_fields); i++)
		if (!strcmp(plain_fields[i].name, name)) {
			(void)snprintf(ret_property, ICAL_PROPERTY_SIZE, "%s", plain_fields[i].property);
			return true;
		}
	if (!is_ical && (strncmp(name, "x_", 2) != 0 || !name[2] || !strncmp(name, "x_taskctl_", 10)))
		return false;
	turn_name("", is_ical ? name + 5 : name, true, ret_property, ICAL_PROPERTY_SIZE);
	return !is_taken(ret_property);
}

bool ical_field_is_text(const char *property)
{
	for (size_t i = 0; i < COUNT_OF(plain_fields); i++)
		if (!strcmp(plain_fields[i].property, property))
			return plain_fields[i].is_text;
	return false;
}

/* --- our own --- */

const char *const ical_own_fields[] = { "project", "wait", "scheduled", "until", "started", "deleted", "series",
	"occurrence", "spent", "recur", "recur_from", "recur_count", "recur_zone", "recur_base", NULL };

void ical_own_property(const char *field, char ret_property[ICAL_OWN_SIZE])
{
	turn_name(ICAL_OWN_PREFIX, field, true, ret_property, ICAL_OWN_SIZE);
}

const char *ical_own_field(const char *property)
{
	for (size_t i = 0; ical_own_fields[i]; i++) {
		char own[ICAL_OWN_SIZE];

		ical_own_property(ical_own_fields[i], own);
		if (!strcmp(own, property))
			return ical_own_fields[i];
	}
	return NULL;
}

/* --- UIDs --- */

static bool is_uuid(const char *uid)
{
	for (size_t i = 0; i < TASK_UUID_LENGTH; i++)
		if (i == 8 || i == 13 || i == 18 || i == 23 ? uid[i] != '-'
							    : !strchr("0123456789abcdefABCDEF", uid[i]) || !uid[i])
			return false;
	return !uid[TASK_UUID_LENGTH] && strspn(uid, "0-") != TASK_UUID_LENGTH;
}

static void format_uuid(unsigned char bytes[16], char ret_uuid[TASK_UUID_LENGTH + 1])
{
	bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x80);
	bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
	for (size_t i = 0, at = 0; i < 16; i++, at += 2) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			ret_uuid[at++] = '-';
		(void)snprintf(ret_uuid + at, 3, "%02x", bytes[i]);
	}
}

void ical_uid_uuid(const char *uid, const char *recurrence, char ret_uuid[TASK_UUID_LENGTH + 1])
{
	const char *const parts[] = { "iCalendar UID", uid, recurrence };
	unsigned char digest[SECRET_DIGEST_SIZE];

	if (!recurrence && is_uuid(uid)) {
		for (size_t i = 0; i <= TASK_UUID_LENGTH; i++)
			ret_uuid[i] = text_ascii_lower(uid[i]);
		return;
	}
	secret_digest(parts, recurrence ? 3 : 2, digest);
	format_uuid(digest, ret_uuid);
}

const char *ical_uid(const struct task *task)
{
	char uuid[TASK_UUID_LENGTH + 1];

	for (size_t i = 0; i < task->custom_count; i++) {
		if (strcmp(task->custom[i].name, ICAL_UID_FIELD) != 0)
			continue;
		ical_uid_uuid(task->custom[i].value, NULL, uuid);
		if (!strcmp(uuid, task->uuid))
			return task->custom[i].value;
	}
	return task->uuid;
}
