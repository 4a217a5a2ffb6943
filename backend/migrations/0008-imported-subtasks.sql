-- Which subtasks an import made, so that the same file again neither doubles them nor brings back what was deleted.
create table imported_subtask (
  id uuid primary key,
  task_id uuid not null references task (id) on delete cascade
);
create index imported_subtask_task on imported_subtask (task_id);

-- Only an import makes ids of version 5 for subtasks.
insert into imported_subtask (id, task_id)
select (subtask->>'id')::uuid, task.id
from task, jsonb_array_elements(task.subtasks) subtask
where subtask->>'id' like '________-____-5%'
order by task.created_at
on conflict do nothing;
