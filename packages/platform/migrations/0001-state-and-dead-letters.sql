-- What services without tables of their own keep (state-store.ts). Keys belong to one service.
create table platform.state (
  service    text not null,
  key        text collate "C" not null,
  value      json not null,
  etag       text not null default gen_random_uuid()::text,
  expires_at timestamptz,
  primary key (service, key)
);

create index state_expiry on platform.state (expires_at) where expires_at is not null;

-- Events that a consumer could not handle: for people to look at and to replay.
create table platform.dead_letter (
  id        bigint generated always as identity primary key,
  consumer  text not null,
  topic     text not null,
  event_id  text not null,
  -- json and not jsonb: it has to take, unchanged, whatever came.
  event     json not null,
  error     text not null,
  attempts  integer not null,
  failed_at timestamptz not null default now(),
  -- A redelivery of what has failed already is the same dead letter.
  unique (consumer, topic, event_id)
);
