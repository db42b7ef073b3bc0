/* What commands that change tasks do, and to which: a row for each. Pure. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

/* Which tasks a command has something to do for. */
enum tw_eligible { TW_ANY, TW_OPEN, TW_STARTED, TW_NOT_STARTED, TW_NOT_DELETED, TW_DELETED };

/* What becomes of the text behind the command: the title, a remark of each task, or what the command is about. */
enum tw_wording { TW_TEXT_TITLE, TW_TEXT_REMARK, TW_TEXT_OWN };

struct tw_act {
	const char *command;
	const char *method;
	const char *infinitive; /* "Complete", in the question */
	const char *doing;      /* "Completed", of each task; NULL: nothing is said */
	const char *past;       /* "Completed", of all */
	const char *ineligible; /* behind "Task 3 'Buy milk' "; NULL: nothing is said */
	const char *text;       /* the method's parameter for the text of the line; NULL: none */
	enum tw_eligible eligible;
	enum tw_wording wording;
	bool is_confirmed;  /* asked about even for one task */
	bool has_children;  /* the method wants to be told what becomes of them */
	bool makes_new;     /* what the method answers are new tasks */
	bool is_after_that; /* the line of each task shows the title that it has then */
};

/* The command must be one of them. */
const struct tw_act *tw_act_find(const char *command);

bool tw_act_is_for(const struct tw_act *act, const json_t *task);

/* The number of what is open, and the first digits of the uuid of what is not. */
#define TW_TASK_NAME_SIZE 24
void tw_act_name_task(const json_t *task, char ret_name[TW_TASK_NAME_SIZE]);
