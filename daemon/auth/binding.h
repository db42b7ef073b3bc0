/* Whom a session or a token serves: RFC 9700 §2.2.1's sender constraint, by the uid that the kernel attests. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum session_binding { SESSION_BIND_STRICT, SESSION_BIND_OFF };

#define BINDING_NONE (-1) /* serves every uid */

/* The uid that something made by this peer is bound to; BINDING_NONE where it is to nobody. */
int64_t binding_of(enum session_binding binding, uid_t peer_uid);

/* Whether what is bound so serves this peer. */
bool binding_serves(enum session_binding binding, int64_t bound_uid, uid_t peer_uid);
