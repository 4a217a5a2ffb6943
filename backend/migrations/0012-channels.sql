-- Endpoints: the ways to reach a person that they add themselves. In-app and e-mail everybody has.
create table channel (
  id uuid primary key,
  user_id uuid not null references "user" (id) on delete cascade,
  kind text not null,
  name text not null,
  -- Where it leads, as far as it may be shown.
  place text not null,
  -- Address and secrets, encrypted for the notification service.
  sealed text not null,
  -- Tells the same endpoint when it is added again.
  address_hash text not null,
  is_on boolean not null default true,
  off_reason text,
  created_at timestamptz not null,
  unique (user_id, address_hash)
);
-- A browser is one person's at a time: whoever signs in there takes its push over.
create unique index channel_push on channel (address_hash) where kind = 'web-push';

-- What became of the last try on each channel; channel is in-app, email or the id of an endpoint.
create table channel_result (
  user_id uuid not null references "user" (id) on delete cascade,
  channel text not null,
  at timestamptz not null,
  error text,
  primary key (user_id, channel)
);

-- Why e-mail was switched off, where it was not by the person.
alter table "user" add column "emailOffReason" text;
alter table "user" add column "quietFrom" text;
alter table "user" add column "quietTo" text;
alter table "user" add column "digestAt" text;
alter table "user" add column "defaultReminder" integer;

-- When the next digest of a person is due.
create table digest (
  user_id uuid primary key references "user" (id) on delete cascade,
  next_at timestamptz not null
);
create index digest_next on digest (next_at);

-- Which endpoint a line of the delivery log is about.
alter table delivery add column channel_id uuid;

-- held: its time came in quiet hours, it goes out when they end. set_for: the time that the task sets; remind_at moves on
-- from there where a reminder repeats until the task is done.
alter table reminder add column held_until timestamptz;
alter table reminder add column set_for timestamptz;
alter table reminder drop constraint reminder_state_check;
alter table reminder add constraint reminder_state_check check (state in ('pending', 'held', 'fired'));
create index reminder_held on reminder (held_until) where state = 'held';

-- When a person last tested channels, newest first: a test is sent to somebody else's server.
create table channel_test (
  user_id uuid primary key references "user" (id) on delete cascade,
  tested_at timestamptz[] not null
);

-- When the reminder rang that a line of the log is about: one that repeats has rung again since.
alter table delivery add column fired_at timestamptz;

-- What is old of these two is taken away.
create index delivery_at on delivery using brin (at);
create index notification_created on notification using brin (created_at);
