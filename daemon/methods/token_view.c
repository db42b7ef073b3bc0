/* The names of scopes come from the one table. */
#include "methods/token_view.h"

#include "rpc/method.h"

#include <stdio.h>

void token_view_write_scopes(struct json_writer *writer, int scopes)
{
	json_writer_key(writer, "scopes");
	json_writer_begin_array(writer);
	for (const struct scope_name *row = method_scope_names; row->name; row++)
		if (scopes & (int)row->scope)
			json_writer_text(writer, row->name);
	json_writer_end_array(writer);
}

void token_view_write_scope(struct json_writer *writer, int scopes)
{
	char text[64] = "";
	size_t length = 0;

	for (const struct scope_name *row = method_scope_names; row->name; row++)
		if (scopes & (int)row->scope)
			length += (size_t)snprintf(
				text + length, sizeof(text) - length, "%s%s", length ? " " : "", row->name);
	json_writer_member_text(writer, "scope", text);
}

void token_view_write_members(struct json_writer *writer, const struct personal_token *token)
{
	json_writer_member_text(writer, "id", token->id);
	json_writer_member_text(writer, "name", token->name);
	token_view_write_scopes(writer, token->scopes);
	json_writer_member_integer(writer, "uid", token->peer_uid);
	json_writer_member_time(writer, "created_at", token->created_at);
	if (token->last_used_at)
		json_writer_member_time(writer, "last_used_at", token->last_used_at);
	json_writer_member_time(writer, "expires_at", token->expires_at);
}
