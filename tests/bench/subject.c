/* Start, speak to and end the taskd that is measured. */
#include "bench/subject.h"

#include "common/cleanup.h"
#include "common/wire.h"
#include "harness/cmocka_all.h"

#include <string.h>

#define CLIENTS 64

void subject_start(struct subject *subject, const char *const *environment)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };

	test_daemon_init(&subject->daemon);
	test_daemon_start(&subject->daemon, &(struct test_daemon_start){ .environment = environment });
	line_client_open(&client, subject->daemon.socket);
	person_join(&subject->person, &client, "ann@example.com");
}

void subject_end(struct subject *subject)
{
	test_daemon_deinit(&subject->daemon);
	person_deinit(&subject->person);
}

struct buffer subject_line(const struct subject *subject, const char *method, const char *format, ...)
{
	struct buffer line;
	json_auto_t *params = NULL;
	va_list values;

	va_start(values, format);
	params = json_vpack_ex(NULL, 0, format, values);
	va_end(values);
	assert_non_null(params);
	json_object_set_new(params, "access_token", json_string(subject->person.access_token));
	buffer_init(&line);
	wire_write_request(&line, 1, method, params);
	return line;
}

struct buffer subject_reply(const struct subject *subject, const struct buffer *line)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_FREE char *text = NULL;
	struct buffer reply;

	line_client_open(&client, subject->daemon.socket);
	line_client_send(&client, line->data, line->length);
	text = line_client_read(&client);
	buffer_init(&reply);
	buffer_append_text(&reply, text);
	buffer_append_char(&reply, '\n');
	return reply;
}

struct buffer subject_add_line(const struct subject *subject)
{
	return subject_line(subject, "task.add", "{s:s, s:s, s:[s, s], s:s}", "title",
		"Buy tulip bulbs before the frost", "project", "home.garden", "tags", "shop", "weekend", "due",
		"2030-11-23T14:00:00Z");
}

struct load_outcome subject_say(const struct subject *subject, const struct buffer *line, size_t count)
{
	return load_run(&(struct load){ .socket_path = subject->daemon.socket,
		.connections = count < CLIENTS ? count : CLIENTS,
		.lines = &line,
		.line_count = 1,
		.calls = count });
}
