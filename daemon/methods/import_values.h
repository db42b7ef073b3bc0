/*
 * Values as an import brings them, out of JSON. Each is ERROR_INVALID_PARAMS with the member's name as the field when
 * it is none of its kind; texts live in the reader's arena.
 */
#pragma once

#include "methods/import_item.h"
#include "tasks/date.h"

enum error import_value_text(
	struct import_reader *reader, const char *name, const json_t *value, const char **ret_text);

/* Seconds since the epoch, as a number or as its digits; RFC 3339 and ISO 8601 in UTC; else any date that task.add
 * takes. */
enum error import_value_time(
	struct import_reader *reader, const char *name, const json_t *value, enum date_edge edge, int64_t *ret_seconds);

enum error import_value_integer(struct import_reader *reader, const char *name, const json_t *value, int64_t minimum,
	int64_t maximum, int64_t *ret_integer);

/* All 36 characters, in small letters. */
enum error import_value_uuid(
	struct import_reader *reader, const char *name, const json_t *value, const char **ret_uuid);

/* An array of them, sorted and without duplicates. */
enum error import_value_uuids(struct import_reader *reader, const char *name, const json_t *value, size_t limit,
	const char *const **ret_uuids, size_t *ret_count);

/* Objects whose members are called `at_name` and `text_name`, in the order of time. */
enum error import_value_annotations(struct import_reader *reader, const json_t *value, const char *at_name,
	const char *text_name, struct task *task);

/* The value of a custom field as text: a string as it is, a number as it is written. */
enum error import_value_custom(
	struct import_reader *reader, const char *name, const json_t *value, const char **ret_text);
