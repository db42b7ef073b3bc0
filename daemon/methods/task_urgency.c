/* By what coefficients the tasks of a request are urgent. */
#include "methods/task_urgency.h"

#include "store/urgency_store.h"

struct request_urgency {
	int64_t account_id; /* a job asks for one after the other */
	struct urgency_coefficients coefficients;
};

enum error task_urgency_find(struct request *request, const struct urgency_coefficients **ret_coefficients)
{
	struct request_urgency *urgency;
	enum error error;

	if (!request->urgency || request->urgency->account_id != request->who.account_id) {
		urgency = arena_alloc(request->arena, sizeof(*urgency));
		urgency->account_id = request->who.account_id;
		error = urgency_store_read(request->db, urgency->account_id, request->arena, &urgency->coefficients);
		if (error)
			return error;
		request->urgency = urgency;
	}
	*ret_coefficients = &request->urgency->coefficients;
	return ERROR_NONE;
}

enum error task_urgency_classify(struct request *request, struct task *task)
{
	const struct urgency_coefficients *coefficients;
	enum error error = task_urgency_find(request, &coefficients);

	if (!error)
		urgency_classify(task, coefficients, request->now);
	return error;
}
