/* Seeing to it that what an account leaves behind leaves the disk. */
#pragma once

#include "store/db.h"

/* A dispatch hook; `context` is not used. Logs when it has to be tried again. */
void erasure_run(void *context, struct db *db);
