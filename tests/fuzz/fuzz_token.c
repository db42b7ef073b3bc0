/* Any bytes as a token: none that was not issued is accepted, and none reads or writes out of bounds. */
#include "auth/secret.h"
#include "auth/token.h"
#include "common/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NOW INT64_C(1800000000)

/* A ring that lives as long as the process; its file goes at once. */
static const struct key_ring *the_ring(void)
{
	static struct key_ring *ring;
	char folder[] = "/tmp/fuzz-token-XXXXXX";
	char path[64];

	if (ring)
		return ring;
	if (!secret_init() || !mkdtemp(folder) || key_ring_open(folder, NULL, true, KEY_HS256, NOW, &ring, NULL))
		abort();
	(void)snprintf(path, sizeof(path), "%s/keys.json", folder);
	(void)unlink(path);
	(void)rmdir(folder);
	return ring;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct token_rules rules = { .issuer = "taskd:fuzz", .lifetime_limit = 3600 };
	struct token_claims claims;
	char *token = memory_alloc(size);

	/* Of just its size: the sanitizer sees a byte that is read too far. */
	if (size)
		memcpy(token, data, size);
	if (token_verify(the_ring(), &rules, token, size, NOW, &claims) != ERROR_UNAUTHENTICATED)
		abort();
	(void)token_verify_signature(key_ring_active(the_ring()), token, size);
	free(token);
	return 0;
}
