/* Crockford's base 32: 25 letters and digits, in groups of five. */
#include "auth/reset_code.h"

#include "auth/secret.h"
#include "common/text.h"

#include <string.h>

#define CODE_LETTERS 25u

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void digest_code(const char *letters, unsigned char ret_digest[SECRET_DIGEST_SIZE])
{
	const char *const parts[] = { "reset code", letters };

	secret_digest(parts, 2, ret_digest);
}

static void make_letters(char ret_letters[CODE_LETTERS + 1])
{
	unsigned char bytes[CODE_LETTERS];

	secret_random(bytes, sizeof(bytes));
	for (unsigned i = 0; i < CODE_LETTERS; i++)
		ret_letters[i] = alphabet[bytes[i] % 32];
	ret_letters[CODE_LETTERS] = '\0';
	secret_wipe(bytes, sizeof(bytes));
}

enum error reset_code_make(struct db *db, int64_t account_id, int64_t now, struct arena *arena, const char **ret_text,
	int64_t *ret_expires_at)
{
	char letters[CODE_LETTERS + 1];
	unsigned char digest[SECRET_DIGEST_SIZE];
	struct reset_code code = { .hash = digest,
		.hash_length = sizeof(digest),
		.created_at = now,
		.expires_at = now + RESET_CODE_SECONDS,
		.tries_left = RESET_CODE_TRIES };
	enum error error;

	make_letters(letters);
	digest_code(letters, digest);
	error = reset_store_put(db, account_id, &code);
	if (!error) {
		*ret_text = arena_printf(arena, "%.5s-%.5s-%.5s-%.5s-%.5s", letters, letters + 5, letters + 10,
			letters + 15, letters + 20);
		*ret_expires_at = code.expires_at;
	}
	secret_wipe(letters, sizeof(letters));
	return error;
}

/* The letter that was meant; NUL: none. */
static char read_letter(char letter)
{
	letter = text_ascii_upper(letter);
	if (letter == 'O')
		return '0';
	if (letter == 'I' || letter == 'L')
		return '1';
	if (letter && strchr(alphabet, letter))
		return letter;
	return '\0';
}

static bool read_letters(const char *text, char ret_letters[CODE_LETTERS + 1])
{
	size_t count = 0;

	for (; *text; text++) {
		char letter = read_letter(*text);

		if (*text == ' ' || *text == '-')
			continue;
		if (!letter || count == CODE_LETTERS)
			return false;
		ret_letters[count++] = letter;
	}
	ret_letters[count] = '\0';
	return count == CODE_LETTERS;
}

static bool is_right(const struct reset_code *code, const char *text, int64_t now)
{
	char letters[CODE_LETTERS + 1] = "";
	unsigned char digest[SECRET_DIGEST_SIZE];
	bool is_form = read_letters(text, letters);

	digest_code(letters, digest);
	secret_wipe(letters, sizeof(letters));
	return code->tries_left > 0 && now < code->expires_at && code->hash_length == sizeof(digest) && is_form &&
	       secret_is_equal(code->hash, digest, sizeof(digest));
}

enum error reset_code_check(
	struct db *db, int64_t account_id, const char *text, int64_t now, struct arena *arena, bool *ret_is_right)
{
	struct reset_code code = { .tries_left = 0 };
	enum error error = reset_store_find(db, account_id, arena, &code);

	if (error && error != ERROR_NOT_FOUND)
		return error;
	if (is_right(&code, text, now)) {
		*ret_is_right = true;
		return reset_store_remove(db, account_id);
	}
	*ret_is_right = false;
	return reset_store_take_try(db, account_id);
}
