create schema audit;

-- One line per event: the event's id is the natural key, so a redelivery finds its line already there.
create table audit.history_entry (
  event_id uuid primary key,
  -- The owner of the task's list: whose account takes this line with it.
  owner_id uuid not null,
  -- Null in a line about a list.
  task_id uuid,
  list_id uuid,
  type text not null,
  -- Version of the task or list after the change; null for what does not change it, such as a reminder.
  version integer,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  -- json, not jsonb: it is only ever given back as it came.
  changes json not null,
  -- When it was written down: its distance from the change is the lag of the pipeline.
  recorded_at timestamptz not null default clock_timestamp()
);

create index history_entry_task on audit.history_entry (task_id) where task_id is not null;
create index history_entry_owner on audit.history_entry (owner_id);

-- Accounts whose history is gone, and whose late events have to stay out.
create table audit.erased_account (
  user_id uuid primary key,
  deleted_at timestamptz not null
);
