/* Looks a password up among the common ones: blocks by halving, then entry by entry. */
#include "auth/common_passwords.h"

#include "auth/common_password_table.h"

struct entry {
	unsigned char text[COMMON_PASSWORD_BYTES_LIMIT];
	size_t length;
};

/* Read over the entry before, of which the beginning is shared. Gives where the next one stands. */
static uint32_t entry_read(struct entry *entry, uint32_t at)
{
	const struct common_password_table *table = &common_password_table;

	entry->length = table->bytes[at++];
	while (at < table->byte_count && table->bytes[at] >= COMMON_PASSWORD_SHARED_LIMIT)
		entry->text[entry->length++] = table->bytes[at++];
	return at;
}

static int lower(char letter)
{
	return letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : (unsigned char)letter;
}

static int compare(const char *password, size_t length, const struct entry *entry)
{
	for (size_t i = 0; i < length && i < entry->length; i++) {
		int difference = lower(password[i]) - entry->text[i];

		if (difference)
			return difference;
	}
	return (length > entry->length) - (length < entry->length);
}

/* The last block that does not begin behind the password. */
static uint32_t find_block(const char *password, size_t length)
{
	uint32_t low = 0, high = common_password_table.block_count;
	struct entry entry = { 0 };

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		(void)entry_read(&entry, common_password_table.blocks[middle]);
		if (compare(password, length, &entry) < 0)
			high = middle;
		else
			low = middle;
	}
	return common_password_table.blocks[low];
}

bool common_password_is(const char *password, size_t length)
{
	uint32_t at = find_block(password, length);
	struct entry entry = { 0 };

	while (at < common_password_table.byte_count) {
		int difference;

		at = entry_read(&entry, at);
		difference = compare(password, length, &entry);
		if (difference <= 0)
			return difference == 0;
	}
	return false;
}
