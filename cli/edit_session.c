/* Write, edit, compare, change; again where the daemon does not take it. */
#include "edit_session.h"

#include "bulk.h"
#include "common/buffer.h"
#include "common/cleanup.h"
#include "editor.h"
#include "file_read.h"
#include "file_write.h"
#include "prompt.h"
#include "report.h"
#include "task_form.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FORM_LIMIT ((size_t)1024 * 1024) /* bytes of an edited text; a note has 256 KiB */

static const char how_to[] = "Nothing behind a colon clears. The note stands below the dashes.\n"
			     "Lines up there that begin with # are not read.\n";

struct edit_session {
	struct invocation *invocation;
	json_t *task;
	char folder[PATH_MAX]; /* empty: there is none */
	char path[PATH_MAX];
	struct buffer form;  /* of the task as it is */
	struct buffer shown; /* what the file held before it was edited */
	struct buffer text;  /* and then */
	bool is_worked_on;   /* the text is worth keeping */
};

static json_int_t task_id(const struct edit_session *session)
{
	return json_integer_value(json_object_get(session->task, "id"));
}

/* --- the file --- */

static enum error refuse_file(const struct edit_session *session, const char *what, struct trouble *trouble)
{
	return trouble_set(trouble, ERROR_STORAGE, "cannot %s %s: %s", what, session->path, strerror(errno));
}

/* A folder of its own, so that nobody else sees what the editor puts beside the file. */
static enum error make_folder(struct edit_session *session, struct trouble *trouble)
{
	const char *parent = getenv("TMPDIR");
	char folder[PATH_MAX - 64];
	int length = snprintf(folder, sizeof(folder), "%s/taskctl-edit.XXXXXX", parent && *parent ? parent : "/tmp");

	if (length < 0 || (size_t)length >= sizeof(folder))
		return trouble_usage(trouble, "TMPDIR is too long");
	if (!mkdtemp(folder))
		return trouble_set(trouble, ERROR_STORAGE, "cannot make a folder in %s: %s",
			parent && *parent ? parent : "/tmp", strerror(errno));
	(void)snprintf(session->folder, sizeof(session->folder), "%s", folder);
	(void)snprintf(
		session->path, sizeof(session->path), "%s/task-%" JSON_INTEGER_FORMAT ".md", folder, task_id(session));
	return ERROR_NONE;
}

static enum error write_file(const struct edit_session *session, struct trouble *trouble)
{
	AUTO_CLOSE int fd = open(session->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0 || !file_write_all(fd, session->shown.data, session->shown.length))
		return refuse_file(session, "write", trouble);
	return ERROR_NONE;
}

static enum error read_file(struct edit_session *session, struct trouble *trouble)
{
	AUTO_CLOSE int fd = open(session->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	buffer_truncate(&session->text, 0);
	if (fd < 0 || !file_read_all(fd, FORM_LIMIT, &session->text))
		return refuse_file(session, "read", trouble);
	return ERROR_NONE;
}

/* With what the editor left beside it. */
static void remove_folder(struct edit_session *session)
{
	DIR *folder = opendir(session->folder);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			(void)unlinkat(dirfd(folder), entry->d_name, 0);
	if (folder)
		(void)closedir(folder);
	(void)rmdir(session->folder);
}

/* --- one round --- */

static bool is_as_shown(const struct edit_session *session)
{
	return session->text.length == session->shown.length &&
	       (!session->text.length || memcmp(session->text.data, session->shown.data, session->text.length) == 0);
}

/* A failing editor may have written before. */
static enum error edit(struct edit_session *session, struct trouble *trouble)
{
	enum error error = write_file(session, trouble);
	enum error failure;

	if (error)
		return error;
	client_close(&session->invocation->client); /* one without a request would be closed meanwhile */
	error = editor_run(session->path, trouble);
	failure = read_file(session, error ? NULL : trouble);
	if (!failure && !is_as_shown(session))
		session->is_worked_on = true;
	return error ? error : failure;
}

static enum error compare(struct edit_session *session, json_t *changes, struct trouble *trouble)
{
	if (session->text.length && memchr(session->text.data, '\0', session->text.length))
		return trouble_usage(trouble, "the text has a NUL in it");
	return task_form_compare(buffer_text(&session->form), buffer_text(&session->text), changes, trouble);
}

static enum error change(struct edit_session *session, json_t *changes, struct trouble *trouble)
{
	static const struct bulk_act modify = { .method = "task.modify", .infinitive = "Change", .past = "Changed" };

	(void)json_object_set(changes, "id", json_object_get(session->task, "id"));
	(void)json_object_set(changes, "if_version", json_object_get(session->task, "version"));
	return bulk_run(session->invocation, &modify, changes, trouble);
}

static enum error take(struct edit_session *session, struct trouble *trouble)
{
	json_auto_t *changes = json_object();
	enum error error = compare(session, changes, trouble);

	if (error)
		return error;
	if (json_object_size(changes))
		return change(session, changes, trouble);
	report_say(session->invocation, "Nothing was changed.");
	return ERROR_NONE;
}

/* --- again --- */

/* Another text may be taken; where others have changed the task, or it is gone, none will. */
static bool can_mend(enum error error, const struct trouble *trouble)
{
	const char *field = trouble->refusal.field;

	if (strcmp(field, "if_version") == 0 || strcmp(field, "id") == 0 || strcmp(field, "series") == 0)
		return false;
	return error == ERROR_INVALID_PARAMS || error == ERROR_NOT_FOUND || error == ERROR_CONFLICT;
}

/* Without the comments on top: those are put there anew. */
static const char *skip_comments(struct buffer *text)
{
	const char *body = buffer_text(text);

	while (*body == '#') {
		body += strcspn(body, "\n");
		body += *body == '\n';
	}
	return body;
}

static void show_refusal(struct edit_session *session, const struct trouble *trouble)
{
	struct buffer *shown = &session->shown;

	buffer_truncate(shown, 0);
	task_form_append_comment(shown, trouble->refusal.message);
	task_form_append_comment(shown, "Save it as it is to give up.\n");
	task_form_append_comment(shown, how_to);
	buffer_append_text(shown, skip_comments(&session->text));
}

static enum error edit_again(struct edit_session *session, const struct trouble *said, struct trouble *trouble)
{
	enum error error;

	*trouble = (struct trouble){ 0 };
	show_refusal(session, said);
	error = edit(session, trouble);
	if (error || !is_as_shown(session))
		return error;
	*trouble = *said;
	return said->refusal.error;
}

static enum error edit_until_taken(struct edit_session *session, struct trouble *trouble)
{
	enum error error = edit(session, trouble);

	if (error)
		return error;
	error = take(session, trouble);
	while (can_mend(error, trouble) && prompt_is_possible()) {
		const struct trouble said = *trouble;

		error = edit_again(session, &said, trouble);
		if (error)
			return error;
		error = take(session, trouble);
	}
	return error;
}

/* --- the whole --- */

static enum error load(struct edit_session *session, json_t *id, json_t **ret_fields, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:o}", "id", id);
	json_auto_t *result = NULL;
	json_auto_t *fields = NULL;
	enum error error = invocation_call(session->invocation, "task.get", params, &result, trouble);

	if (!error)
		error = invocation_call(session->invocation, "field.list", NULL, &fields, trouble);
	if (error)
		return error;
	session->task = json_incref(json_object_get(result, "task"));
	*ret_fields = json_incref(json_object_get(fields, "fields"));
	return ERROR_NONE;
}

static enum error refuse_series(const struct edit_session *session, struct trouble *trouble)
{
	(void)trouble_set(trouble, ERROR_CONFLICT, "task %" JSON_INTEGER_FORMAT " is a series, and no task by itself",
		task_id(session));
	trouble_advise(
		trouble, "to change it: taskctl series modify %" JSON_INTEGER_FORMAT " CHANGES", task_id(session));
	return ERROR_CONFLICT;
}

static enum error begin(struct edit_session *session, json_t *id, struct trouble *trouble)
{
	json_auto_t *fields = NULL;
	enum error error = load(session, id, &fields, trouble);
	const char *status = error ? NULL : json_string_value(json_object_get(session->task, "status"));

	if (status && strcmp(status, "recurring") == 0)
		return refuse_series(session, trouble);
	if (error)
		return error;
	task_form_append(&session->form, session->task, fields);
	task_form_append_comment(&session->shown, how_to);
	buffer_append(&session->shown, session->form.data, session->form.length);
	return make_folder(session, trouble);
}

static void advise_text(const struct edit_session *session, struct trouble *trouble)
{
	char before[sizeof(trouble->advice)];

	(void)snprintf(before, sizeof(before), "%s", trouble->advice);
	trouble_advise(trouble, "your text is in %s%s%s", session->path, before[0] ? "; " : "", before);
}

/* Where it was taken, and where there is nothing in it, nothing is left of it. */
static void end(struct edit_session *session, enum error error, struct trouble *trouble)
{
	if (error && session->is_worked_on)
		advise_text(session, trouble);
	else if (session->folder[0])
		remove_folder(session);
	buffer_deinit(&session->form);
	buffer_deinit(&session->shown);
	buffer_deinit(&session->text);
	json_decref(session->task);
}

enum error edit_session_run(struct invocation *invocation, json_t *id, struct trouble *trouble)
{
	struct edit_session session = { .invocation = invocation };
	enum error error;

	buffer_init(&session.form);
	buffer_init(&session.shown);
	buffer_init(&session.text);
	error = begin(&session, id, trouble);
	if (!error)
		error = edit_until_taken(&session, trouble);
	end(&session, error, trouble);
	return error;
}
