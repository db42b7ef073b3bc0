/* What a token says, for whoever holds it: the answer of RFC 7662 §2.2. */
#pragma once

#include "rpc/request.h"

/* {"active":false} for whatever is not good for this peer, without saying why; else its claims. */
enum error introspection_write(struct request *request, const char *token, size_t length);
