-- When a person last tested channels, newest first: a test is sent to somebody else's server.
create table channel_test (
  user_id uuid primary key references "user" (id) on delete cascade,
  tested_at timestamptz[] not null
);
