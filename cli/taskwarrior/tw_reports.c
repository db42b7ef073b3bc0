/* The table of reports. */
#include "common/cleanup.h"
#include "taskwarrior/tw_report.h"

#include <string.h>

#define WORK_COLUMNS                                                                                                   \
	"id,start.age,entry.age,depends,priority,project,tags,recur,scheduled.countdown,due.relative,"                 \
	"until.remaining,description,urgency"
#define WORK_LABELS "ID,Active,Age,Deps,P,Project,Tag,Recur,S,Due,Until,Description,Urg"

static const struct tw_report reports[] = {
	{ "active", "Active tasks", "id,start,start.age,priority,project,tags,due,description",
		"ID,Started,Active,P,Project,Tags,Due,Description", "+ACTIVE", "project+,start+" },
	{ "all", "All tasks",
		"id,status.short,uuid.short,entry.age,end.age,priority,project,tags.count,due,description",
		"ID,St,UUID,Age,Done,P,Project,Tags,Due,Description", "status:all", "entry-" },
	{ "blocked", "Blocked tasks", "id,depends,project,priority,due,start.active,entry.age,description",
		"ID,Deps,Proj,Pri,Due,Active,Age,Description", "+BLOCKED", "due+,priority-,start-,project+" },
	{ "blocking", "Blocking tasks", "id,uuid.short,depends,project,tags,due.relative,description,urgency",
		"ID,UUID,Deps,Project,Tags,Due,Description,Urg", "+BLOCKING", "urgency-,due+,entry+" },
	{ "completed", "Completed tasks",
		"id,uuid.short,entry,end,entry.age,depends,priority,project,tags,due,description",
		"ID,UUID,Created,Completed,Age,Deps,P,Project,Tags,Due,Description", "status:completed", "end+" },
	{ "list", "Most details of tasks",
		"id,start.age,entry.age,depends.indicator,priority,project,tags,due,description.count,urgency",
		"ID,Active,Age,D,P,Project,Tags,Due,Description,Urg", "status:pending -WAITING",
		"start-,due+,project+,urgency-" },
	{ "long", "All details of tasks",
		"id,start.active,entry,modified.age,depends,priority,project,tags,recur,wait.remaining,scheduled,due,"
		"until,description",
		"ID,A,Created,Mod,Deps,P,Project,Tags,Recur,Wait,Sched,Due,Until,Description",
		"status:pending -WAITING", "modified-" },
	{ "ls", "Few details of tasks",
		"id,start.active,depends.indicator,project,tags,due.countdown,description.count",
		"ID,A,D,Project,Tags,Due,Description", "status:pending -WAITING", "start-,description+" },
	{ "minimal", "Minimal details of tasks", "id,project,tags.count,description.count",
		"ID,Project,Tags,Description", "status:pending or status:waiting", "project+,description+" },
	{ "newest", "Newest tasks", "id,start.age,entry,entry.age,modified.age,priority,project,tags,due,description",
		"ID,Active,Created,Age,Mod,P,Project,Tags,Due,Description", "status:pending or status:waiting",
		"entry-" },
	{ "next", "Most urgent tasks", WORK_COLUMNS, WORK_LABELS, "status:pending -WAITING limit:page", "urgency-" },
	{ "oldest", "Oldest tasks", "id,start.age,entry,entry.age,modified.age,priority,project,tags,due,description",
		"ID,Active,Created,Age,Mod,P,Project,Tags,Due,Description", "status:pending or status:waiting",
		"entry+" },
	{ "overdue", "Overdue tasks", WORK_COLUMNS, WORK_LABELS, "+OVERDUE", "urgency-,due+" },
	{ "ready", "Most urgent actionable tasks", WORK_COLUMNS, WORK_LABELS, "+READY", "start-,urgency-" },
	{ "recurring", "Recurring tasks",
		"id,entry.age,priority,parent.short,project,tags,recur,due,description,urgency",
		"ID,Age,P,Parent,Project,Tags,Recur,Due,Description,Urg",
		"(status:pending and +CHILD) or (status:recurring and +PARENT)", "due+,urgency-,entry+" },
	{ "unblocked", "Unblocked tasks", "id,depends,project,priority,due,start.active,entry.age,description",
		"ID,Deps,Proj,Pri,Due,Active,Age,Description", "status:pending -WAITING -BLOCKED",
		"due+,priority-,start-,project+" },
	{ "waiting", "Waiting (hidden) tasks",
		"id,entry.age,priority,project,tags,wait,wait.remaining,scheduled,due,until,description",
		"ID,Age,P,Project,Tags,Wait,Remaining,Sched,Due,Until,Description", "+WAITING", "due+,wait+,entry+" },
};

const struct tw_report *tw_report_at(size_t index)
{
	return index < COUNT_OF(reports) ? &reports[index] : NULL;
}

const struct tw_report *tw_report_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(reports); i++)
		if (strcmp(reports[i].name, name) == 0)
			return &reports[i];
	return NULL;
}
