/* The client's settings in the person's editor. */
#pragma once

#include "paths.h"
#include "trouble.h"

enum preferences_edit_end { PREFERENCES_AS_THEY_WERE, PREFERENCES_CHANGED };

/*
 * Let the person edit a draft, and make it the settings file when it is good. Where it is not, it is edited again if
 * somebody is there who wants that; else it stays where the error says, and the file is as it was. Where there is no
 * file yet the draft names all settings as comments.
 */
enum error preferences_edit(const struct paths *paths, enum preferences_edit_end *ret_end, struct trouble *trouble);
