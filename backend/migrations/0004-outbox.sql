-- Written in the transaction of the change, published by the relay, marked, and purged after a week.
create table outbox (
  seq bigint generated always as identity primary key,
  key text not null,
  entry json not null,
  created_at timestamptz not null default clock_timestamp(),
  available_at timestamptz not null default '-infinity',
  -- Number of the relay that publishes it just now; it lives while somebody holds its advisory lock.
  leased_by integer,
  attempts integer not null default 0,
  published_at timestamptz
) with (fillfactor = 70);
create index outbox_waiting on outbox (seq) where published_at is null;
create index outbox_waiting_key on outbox (key, seq) where published_at is null;
-- Rows come in the order of time: a few pages of this find what is to be purged.
create index outbox_created on outbox using brin (created_at);

-- Events whose effect is here, by consumer: a redelivery changes nothing.
create table inbox (
  consumer text not null,
  event_id uuid not null,
  handled_at timestamptz not null default now(),
  primary key (consumer, event_id)
);
create index inbox_handled on inbox (handled_at);

-- The answer to a POST with an Idempotency-Key, given again when the key comes again.
create table idempotency (
  user_id uuid not null references "user" (id) on delete cascade,
  key text not null,
  request_hash text not null,
  status integer,
  body json,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
create index idempotency_created on idempotency (created_at);
