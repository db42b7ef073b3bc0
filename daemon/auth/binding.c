/* The rule that binds what was given to whoever it was given to. */
#include "auth/binding.h"

#define OVERFLOW_UID 65534u /* whom the kernel cannot name: binds nothing */

int64_t binding_of(enum session_binding binding, uid_t peer_uid)
{
	return binding == SESSION_BIND_STRICT && peer_uid != OVERFLOW_UID ? (int64_t)peer_uid : BINDING_NONE;
}

bool binding_serves(enum session_binding binding, int64_t bound_uid, uid_t peer_uid)
{
	if (binding == SESSION_BIND_OFF || bound_uid == BINDING_NONE)
		return true;
	return peer_uid != OVERFLOW_UID && bound_uid == (int64_t)peer_uid;
}
