/* Strict form, HMAC by libsodium, flat JSON, claims. */
#include "forge/other_verifier.h"

#include "common/arena.h"
#include "common/cleanup.h"
#include "forge/flat_json.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define LENGTH_LIMIT 4096u
#define SKEW_SECONDS 60

struct segment {
	const char *text;
	size_t length;
	unsigned char bytes[LENGTH_LIMIT];
	size_t size;
};

struct parts {
	struct segment header, payload, signature;
	size_t input_length; /* header, dot, payload */
};

/* --- the form --- */

/* Canonical: what it decodes to encodes to it again. */
static bool read_segment(const char *text, size_t length, struct segment *segment)
{
	char again[LENGTH_LIMIT + 8];

	segment->text = text;
	segment->length = length;
	if (!length || sodium_base642bin(segment->bytes, sizeof(segment->bytes), text, length, NULL, &segment->size,
			       NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return false;
	(void)sodium_bin2base64(
		again, sizeof(again), segment->bytes, segment->size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return strlen(again) == length && memcmp(again, text, length) == 0;
}

static bool read_parts(const char *token, size_t length, struct parts *parts)
{
	size_t dots[2] = { 0 };
	size_t count = 0;

	if (length > LENGTH_LIMIT)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (token[i] != '.')
			continue;
		if (count == 2)
			return false;
		dots[count++] = i;
	}
	parts->input_length = dots[1];
	return count == 2 && read_segment(token, dots[0], &parts->header) &&
	       read_segment(token + dots[0] + 1, dots[1] - dots[0] - 1, &parts->payload) &&
	       read_segment(token + dots[1] + 1, length - dots[1] - 1, &parts->signature);
}

/* --- the signature --- */

static bool is_signed(const struct forger_key *key, const struct parts *parts)
{
	unsigned char mac[HMAC_SIZE_LIMIT];
	size_t size = hmac_sign(key->hash, key->secret, key->size, parts->header.text, parts->input_length, mac);

	return size == parts->signature.size && sodium_memcmp(mac, parts->signature.bytes, size) == 0;
}

/* --- header and payload --- */

static bool read_object(const struct segment *segment, size_t count, struct arena *arena, struct flat_json *ret_object)
{
	return flat_json_read((const char *)segment->bytes, segment->size, arena, ret_object) &&
	       ret_object->count == count;
}

static const char *text_of(const struct flat_json *object, const char *name)
{
	const struct flat_json_member *member = flat_json_find(object, name);

	return member && member->text ? member->text : "";
}

/* -1: there is none. */
static int64_t time_of(const struct flat_json *object, const char *name)
{
	const struct flat_json_member *member = flat_json_find(object, name);

	return member && !member->text ? member->number : -1;
}

static bool has_text(const struct flat_json *object, const char *name, const char *text)
{
	return !strcmp(text_of(object, name), text);
}

bool other_verifier_is_signed(const struct forger_key *key, const char *token, size_t length)
{
	CLEANUP(arena_deinit) struct arena arena;
	struct flat_json header;
	struct parts parts;

	arena_init(&arena);
	return read_parts(token, length, &parts) &&
	       flat_json_read((const char *)parts.header.bytes, parts.header.size, &arena, &header) &&
	       has_text(&header, "alg", hmac_names[key->hash]) && is_signed(key, &parts);
}

static const struct forger_key *find_key(const struct forger *forger, const struct flat_json *header)
{
	for (size_t i = 0; i < FORGER_RING; i++) {
		const struct forger_key *key = &forger->keys[i];

		if (has_text(header, "kid", key->id))
			return has_text(header, "typ", "JWT") && has_text(header, "alg", hmac_names[key->hash]) ? key
														: NULL;
	}
	return NULL;
}

/* A number that is written in one way only. */
static bool is_account(const char *text)
{
	char again[24];
	long long number = 0;

	if (sscanf(text, "%lld", &number) != 1 || number < 1)
		return false;
	(void)snprintf(again, sizeof(again), "%lld", number);
	return !strcmp(text, again);
}

/* 128 bits. */
static bool is_session(const char *text)
{
	struct segment segment;

	return read_segment(text, strlen(text), &segment) && segment.size == 16;
}

static bool is_of_its_time(const struct forger *forger, const struct forger_key *key, int64_t issued, int64_t expires)
{
	if (issued < 0 || issued > forger->now + SKEW_SECONDS || expires <= forger->now)
		return false;
	if (expires <= issued || expires - issued > forger->lifetime_limit)
		return false;
	return !key->is_retired || (issued <= key->retired_at && forger->now < key->verify_until);
}

static bool are_claims(const struct forger *forger, const struct forger_key *key, const struct flat_json *payload)
{
	return has_text(payload, "iss", forger->issuer) && has_text(payload, "aud", "taskctl") &&
	       is_account(text_of(payload, "sub")) && is_session(text_of(payload, "sid")) &&
	       is_of_its_time(forger, key, time_of(payload, "iat"), time_of(payload, "exp"));
}

bool other_verifier_accepts(const struct forger *forger, const char *token, size_t length)
{
	CLEANUP(arena_deinit) struct arena arena;
	struct flat_json header, payload;
	const struct forger_key *key;
	struct parts parts;

	arena_init(&arena);
	if (!read_parts(token, length, &parts) || !read_object(&parts.header, 3, &arena, &header))
		return false;
	key = find_key(forger, &header);
	return key && is_signed(key, &parts) && read_object(&parts.payload, 6, &arena, &payload) &&
	       are_claims(forger, key, &payload);
}
