/* The answers to what rpc asks from above: whose token is this, and was this key answered before. */
#pragma once

#include "rpc/dispatch.h"

/* The hooks over the services of the request. */
struct dispatch_hooks authenticate_hooks(void);
