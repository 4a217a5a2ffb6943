-- The address that an account is about to have: taken when the link that was mailed there is followed. One for each
-- account: another request takes its place, and whatever changes the password takes it away.
create table address_change (
  user_id uuid primary key references "user" (id) on delete cascade,
  token_hash text not null,
  email text not null,
  expires_at timestamptz not null
);
