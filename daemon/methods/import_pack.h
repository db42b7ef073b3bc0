/*
 * Items as they wait in the store: read and checked once, so that the commit, which may be of a hundred thousand, need
 * not parse them again. All of an item's own fields stand in the order of their table, in text, parted by control
 * characters (ECMA-48 C0: unit, record and group separators) that no text of a task may hold; where one does, it is
 * escaped, and whoever takes the value refuses it. Nothing but the daemon that wrote it reads it.
 */
#pragma once

#include "common/buffer.h"
#include "methods/import_item.h"

#define IMPORT_PACK_END '\x1D' /* behind every position, whether there is an item or not */

void import_pack_write(struct buffer *out, const struct import_item *item);

/* The uuid that it begins with, for whoever wants no more of it. false: these bytes are no item. */
bool import_pack_uuid(const char *bytes, size_t length, char ret_uuid[TASK_UUID_LENGTH + 1]);

/* The item, its texts in the arena. false: these bytes are none. */
bool import_pack_read(const char *bytes, size_t length, struct arena *arena, struct import_item *ret_item);
