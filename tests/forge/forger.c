/* Texts with placeholders, and the MAC over them. */
#include "forge/forger.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"

#include <ctype.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define KEY_ID_BYTES 9u

static const char usual_header[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"@<kid>\"}";
static const char usual_payload[] = "{\"iss\":\"@<issuer>\",\"aud\":\"taskctl\",\"sub\":\"@<account>\",\"sid\":"
				    "\"@<session>\",\"iat\":@<now>,\"exp\":@<now+900>}";
static const char usual_input[] = "@<header|encoded>.@<payload|encoded>";
static const char usual_token[] = "@<input>.@<mac|encoded>";

/* --- keys --- */

/* The same in every run, so that what fails once fails again. */
static void make_key(struct forger *forger, enum forger_key_name name, enum hmac_hash hash, size_t size)
{
	const unsigned char seed[randombytes_SEEDBYTES] = { (unsigned char)name };
	unsigned char bytes[KEY_ID_BYTES + HMAC_KEY_SIZE_LIMIT];
	struct forger_key *key = &forger->keys[name];

	randombytes_buf_deterministic(bytes, sizeof(bytes), seed);
	*key = (struct forger_key){ .hash = hash, .size = size };
	(void)text_base64url_encode(bytes, KEY_ID_BYTES, key->id);
	memcpy(key->secret, bytes + KEY_ID_BYTES, size);
}

static void set_secret(struct forger_key *key, const void *secret, size_t size)
{
	*key = (struct forger_key){ .size = size };
	memcpy(key->secret, secret, size);
}

static void retire_key(struct forger_key *key, int64_t retired_at, int64_t verify_until)
{
	key->is_retired = true;
	key->retired_at = retired_at;
	key->verify_until = verify_until;
}

static void derive_keys(struct forger_key *keys)
{
	const struct forger_key *active = &keys[FORGER_ACTIVE];
	char text[HMAC_KEY_SIZE_LIMIT * 4 / 3 + 3];
	size_t length = text_base64url_encode(active->secret, active->size, text);

	set_secret(&keys[FORGER_EMPTY], "", 0);
	set_secret(&keys[FORGER_WORD], "secret", 6);
	set_secret(&keys[FORGER_HALF], active->secret, active->size / 2);
	set_secret(&keys[FORGER_AS_TEXT], text, length);
	set_secret(&keys[FORGER_PUBLIC_ID], active->id, strlen(active->id));
}

void forger_init(struct forger *forger, const struct forger_key *active, int64_t now)
{
	struct forger_key *keys = forger->keys;

	*forger = (struct forger){ .now = now };
	make_key(forger, FORGER_ACTIVE, HMAC_SHA256, 32);
	if (active)
		keys[FORGER_ACTIVE] = *active;
	make_key(forger, FORGER_RETIRED, HMAC_SHA256, 32);
	retire_key(&keys[FORGER_RETIRED], now - 600, now + 1200);
	make_key(forger, FORGER_ENDED, HMAC_SHA256, 32);
	retire_key(&keys[FORGER_ENDED], now - 600, now);
	make_key(forger, FORGER_HS384, HMAC_SHA384, 48);
	retire_key(&keys[FORGER_HS384], now + 600, now + 1200);
	make_key(forger, FORGER_HS512, HMAC_SHA512, 64);
	retire_key(&keys[FORGER_HS512], now + 600, now + 1200);
	make_key(forger, FORGER_REMOVED, HMAC_SHA256, 32);
	derive_keys(keys);
}

/* --- the ring's file --- */

static json_t *describe_key(const struct forger_key *key)
{
	char secret[HMAC_KEY_SIZE_LIMIT * 4 / 3 + 3];
	json_t *entry;

	(void)text_base64url_encode(key->secret, key->size, secret);
	entry = json_pack("{s:s, s:s, s:s, s:i, s:s}", "kid", key->id, "alg", hmac_names[key->hash], "k", secret,
		"created", 0, "status", key->is_retired ? "verify" : "active");
	if (key->is_retired)
		(void)json_object_update_new(entry, json_pack("{s:I, s:I}", "retired", (json_int_t)key->retired_at,
							    "verify_until", (json_int_t)key->verify_until));
	return entry;
}

bool forger_write_ring(const struct forger *forger, const char *path)
{
	json_auto_t *root = json_pack("{s:[]}", "keys");
	char fresh[PATH_MAX];
	AUTO_CLOSE int fd = -1;

	for (size_t i = 0; i < FORGER_RING; i++)
		(void)json_array_append_new(json_object_get(root, "keys"), describe_key(&forger->keys[i]));
	(void)snprintf(fresh, sizeof(fresh), "%s.forged", path);
	fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	return fd >= 0 && json_dumpfd(root, fd, 0) == 0 && rename(fresh, path) == 0;
}

/* --- placeholders --- */

struct forging {
	const struct forger *forger;
	struct buffer header, payload, input, mac;
};

static bool is_name(const char *name, const char *text, size_t length)
{
	return strlen(name) == length && memcmp(name, text, length) == 0;
}

static bool append_text(const struct forging *forging, const char *name, size_t length, struct buffer *piece)
{
	const struct forger *forger = forging->forger;
	const struct {
		const char *name, *text;
	} texts[] = {
		{ "kid", forger->keys[FORGER_ACTIVE].id },
		{ "kid.retired", forger->keys[FORGER_RETIRED].id },
		{ "kid.ended", forger->keys[FORGER_ENDED].id },
		{ "kid.hs384", forger->keys[FORGER_HS384].id },
		{ "kid.hs512", forger->keys[FORGER_HS512].id },
		{ "kid.removed", forger->keys[FORGER_REMOVED].id },
		{ "issuer", forger->issuer },
		{ "session", forger->session },
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (is_name(texts[i].name, name, length)) {
			buffer_append_text(piece, texts[i].text);
			return true;
		}
	return false;
}

static bool append_part(const struct forging *forging, const char *name, size_t length, struct buffer *piece)
{
	const struct {
		const char *name;
		const struct buffer *bytes;
	} parts[] = {
		{ "header", &forging->header },
		{ "payload", &forging->payload },
		{ "input", &forging->input },
		{ "mac", &forging->mac },
	};

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if (is_name(parts[i].name, name, length)) {
			buffer_append(piece, parts[i].bytes->data, parts[i].bytes->length);
			return true;
		}
	return false;
}

/* NAME, NAME+SECONDS, NAME-SECONDS */
static bool append_number(const struct forging *forging, const char *text, size_t length, struct buffer *piece)
{
	const struct forger *forger = forging->forger;
	const struct {
		const char *name;
		int64_t value;
	} numbers[] = {
		{ "now", forger->now },
		{ "last", forger->now + forger->lifetime_limit }, /* the latest expiry of what is issued now */
		{ "future",
			forger->now + forger->delay + 61 }, /* the earliest that is still not yet when it is judged */
		{ "retired", forger->keys[FORGER_RETIRED].retired_at },
		{ "account", forger->account_id },
	};
	size_t name_length = strcspn(text, "+-|>");

	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		if (name_length <= length && is_name(numbers[i].name, text, name_length)) {
			int64_t offset = name_length < length ? strtol(text + name_length, NULL, 10) : 0;

			buffer_printf(piece, "%" PRId64, numbers[i].value + offset);
			return true;
		}
	return false;
}

/* xHH */
static bool append_byte(const char *text, size_t length, struct buffer *piece)
{
	char *end;
	long byte;

	if (length != 3 || text[0] != 'x')
		return false;
	byte = strtol(text + 1, &end, 16);
	buffer_append_char(piece, (char)byte);
	return end == text + 3;
}

/* COUNT*TEXT */
static bool append_repeated(const char *text, size_t length, struct buffer *piece)
{
	char *star;
	long count = strtol(text, &star, 10);

	if (!isdigit((unsigned char)*text) || *star != '*')
		return false;
	while (count-- > 0)
		buffer_append(piece, star + 1, length - (size_t)(star + 1 - text));
	return true;
}

/* --- changes --- */

static void replace(struct buffer *piece, const char *text, size_t length)
{
	buffer_truncate(piece, 0);
	buffer_append(piece, text, length);
}

static void change_encoded(struct buffer *piece)
{
	AUTO_FREE char *text = memory_alloc(piece->length * 2 + 4);

	replace(piece, text, text_base64url_encode(piece->length ? piece->data : "", piece->length, text));
}

/* Bits that mean nothing are set: the same bytes to whoever does not look. */
static void change_loose(struct buffer *piece)
{
	while (piece->length % 3 == 0)
		buffer_append_char(piece, ' ');
	change_encoded(piece);
	/* Where bits are unused, A, Q, g and w or every fourth letter end the text, and the next one follows each. */
	piece->data[piece->length - 1]++;
}

static void change_hex(struct buffer *piece)
{
	AUTO_FREE char *text = memory_alloc(piece->length * 2 + 1);

	(void)sodium_bin2hex(text, piece->length * 2 + 1, (const unsigned char *)piece->data, piece->length);
	replace(piece, text, piece->length * 2);
}

static void change_base64(struct buffer *piece)
{
	size_t size = sodium_base64_encoded_len(piece->length, sodium_base64_VARIANT_ORIGINAL);
	AUTO_FREE char *text = memory_alloc(size);

	(void)sodium_bin2base64(
		text, size, (const unsigned char *)piece->data, piece->length, sodium_base64_VARIANT_ORIGINAL);
	replace(piece, text, strlen(text));
}

static void change_upper(struct buffer *piece)
{
	for (size_t i = 0; i < piece->length; i++)
		piece->data[i] = (char)toupper((unsigned char)piece->data[i]);
}

/* The case of the first letter. */
static void change_swapped(struct buffer *piece)
{
	size_t i = 0;

	while (i < piece->length && !isalpha((unsigned char)piece->data[i]))
		i++;
	if (i < piece->length)
		piece->data[i] = (char)(piece->data[i] ^ 0x20);
}

static void change_reversed(struct buffer *piece)
{
	for (size_t i = 0, j = piece->length; i + 1 < j; i++) {
		char kept = piece->data[i];

		piece->data[i] = piece->data[--j];
		piece->data[j] = kept;
	}
}

static void change_cut(struct buffer *piece)
{
	buffer_truncate(piece, piece->length - 1);
}

static void change_halved(struct buffer *piece)
{
	buffer_truncate(piece, piece->length / 2);
}

static void change_doubled(struct buffer *piece)
{
	AUTO_FREE char *copy = memory_strndup(piece->data, piece->length);

	buffer_append(piece, copy, piece->length);
}

static void change_first_bit(struct buffer *piece)
{
	piece->data[0] = (char)(piece->data[0] ^ 0x80);
}

static void change_last_bit(struct buffer *piece)
{
	piece->data[piece->length - 1] = (char)(piece->data[piece->length - 1] ^ 1);
}

static void change_zeros(struct buffer *piece)
{
	memset(piece->data, 0, piece->length);
}

static void change_longer(struct buffer *piece)
{
	buffer_append_char(piece, '\0');
}

static const struct {
	const char *name;
	void (*apply)(struct buffer *piece);
} changes[] = {
	{ "encoded", change_encoded },
	{ "loose", change_loose },
	{ "hex", change_hex },
	{ "base64", change_base64 },
	{ "upper", change_upper },
	{ "swapped", change_swapped },
	{ "reversed", change_reversed },
	{ "cut", change_cut },
	{ "halved", change_halved },
	{ "doubled", change_doubled },
	{ "first_bit", change_first_bit },
	{ "last_bit", change_last_bit },
	{ "zeros", change_zeros },
	{ "longer", change_longer },
};

/* --- from a row to a token --- */

static bool change(const char *name, size_t length, struct buffer *piece)
{
	for (size_t i = 0; i < COUNT_OF(changes); i++)
		if (is_name(changes[i].name, name, length)) {
			changes[i].apply(piece);
			return true;
		}
	return false;
}

/* What stands between the brackets. */
static void expand_one(const struct forging *forging, const char *text, size_t length, struct buffer *out)
{
	size_t used = strcspn(text, "|>");
	struct buffer piece;
	bool is_known;

	buffer_init(&piece);
	is_known = append_text(forging, text, used, &piece) || append_part(forging, text, used, &piece) ||
		   append_number(forging, text, used, &piece) || append_byte(text, used, &piece) ||
		   append_repeated(text, used, &piece);
	while (is_known && used < length) {
		const char *name = text + used + 1;
		size_t name_length = strcspn(name, "|>");

		is_known = change(name, name_length, &piece);
		used += 1 + name_length;
	}
	if (!is_known)
		abort();
	buffer_append(out, piece.data, piece.length);
	buffer_deinit(&piece);
}

static void expand(const struct forging *forging, const char *text, struct buffer *out)
{
	const char *place;

	while ((place = strstr(text, "@<"))) {
		size_t length = strcspn(place + 2, ">");

		buffer_append(out, text, (size_t)(place - text));
		expand_one(forging, place + 2, length, out);
		text = place + 2 + length + 1;
	}
	buffer_append_text(out, text);
}

static void sign(const struct forger *forger, const struct forgery *forgery, struct forging *forging)
{
	struct forger_key key = forger->keys[forgery->key];
	unsigned char mac[HMAC_SIZE_LIMIT];
	size_t size;

	if (forgery->key == FORGER_PUBLIC_ISSUER)
		set_secret(&key, forger->issuer, strlen(forger->issuer));
	if (forgery->mac != MAC_OF_KEY)
		key.hash = (enum hmac_hash)(forgery->mac - MAC_HS256);
	size = hmac_sign(key.hash, key.secret, key.size, forging->input.data, forging->input.length, mac);
	buffer_append(&forging->mac, mac, size);
}

void forger_forge(const struct forger *forger, const struct forgery *forgery, struct buffer *token)
{
	struct forging forging = { .forger = forger };

	expand(&forging, forgery->header ? forgery->header : usual_header, &forging.header);
	expand(&forging, forgery->payload ? forgery->payload : usual_payload, &forging.payload);
	expand(&forging, forgery->input ? forgery->input : usual_input, &forging.input);
	sign(forger, forgery, &forging);
	expand(&forging, forgery->token ? forgery->token : usual_token, token);
	buffer_deinit(&forging.header);
	buffer_deinit(&forging.payload);
	buffer_deinit(&forging.input);
	buffer_deinit(&forging.mac);
}
