/*
 * The form of the table of common passwords, on which its maker and its reader agree.
 *
 * Entries are in lower case, in the order of their bytes, and follow each other closely: one byte says how many bytes
 * are those of the entry before (less than COMMON_PASSWORD_SHARED_LIMIT), then come the others, none of which is that
 * small; so no length is needed. Each block begins with an entry that shares nothing, so that it can be searched for.
 * That is half the size of the words themselves, and exact. Hashes of 64 bits would take more, and could be wrong.
 */
#pragma once

#include <stdint.h>

#define COMMON_PASSWORDS_MINIMUM      10000u /* with fewer, nothing is built */
#define COMMON_PASSWORD_BYTES_LIMIT   64u    /* longer ones are not common */
#define COMMON_PASSWORD_SHARED_LIMIT  32u
#define COMMON_PASSWORD_BLOCK_ENTRIES 16u

struct common_password_table {
	const unsigned char *bytes;
	const uint32_t *blocks; /* where in the bytes each begins */
	uint32_t byte_count;
	uint32_t block_count;
	uint32_t entry_count;
};

/* Made by common_passwords_generate. */
extern const struct common_password_table common_password_table;
