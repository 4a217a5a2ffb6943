-- The truth about reminders. The scheduled job is only the alarm: it may be lost, doubled or late.
create table reminder (
  id uuid not null,
  task_id uuid not null references task (id) on delete cascade,
  user_id uuid not null references "user" (id) on delete cascade,
  remind_at timestamptz not null,
  state text not null check (state in ('pending', 'fired')),
  fired_at timestamptz,
  primary key (task_id, id)
);
create index reminder_pending on reminder (remind_at) where state = 'pending';

create table delivery (
  event_id uuid primary key,
  reminder_id uuid not null,
  task_id uuid not null references task (id) on delete cascade,
  user_id uuid not null references "user" (id) on delete cascade,
  remind_at timestamptz not null,
  channel text not null,
  status text not null check (status in ('delivered', 'retrying', 'failed')),
  attempt integer not null,
  at timestamptz not null,
  error text,
  retry_at timestamptz
);
create index delivery_task on delivery (task_id, at);

create table notification (
  id uuid primary key,
  user_id uuid not null references "user" (id) on delete cascade,
  kind text not null,
  task_id uuid,
  title text not null,
  body text not null,
  created_at timestamptz not null,
  read_at timestamptz
);
create index notification_user on notification (user_id, created_at desc, id desc);
create index notification_unread on notification (user_id) where read_at is null;
