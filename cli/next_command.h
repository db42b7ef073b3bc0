/* What to type next, where neither the message nor its advice says so. */
#pragma once

#include "command.h"
#include "trouble.h"

/*
 * Fill in `trouble->next` by the error, by the field that is at fault, and by the command; NULL: none was found.
 * Methods that the daemon's message names become the commands that call them. Leaves alone what names a command or a
 * page already, and what a person has declined.
 */
void next_command_advise(const struct command *command, struct trouble *trouble);
