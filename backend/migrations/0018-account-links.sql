-- Whoever was here before addresses could have to be confirmed is mailed as before.
update "user" set "emailVerified" = true where not "emailVerified";

-- When a person was last mailed links of a kind, newest first: anybody may ask for one for any address.
create table account_link (
  user_id uuid not null references "user" (id) on delete cascade,
  purpose text not null,
  sent_at timestamptz[] not null,
  primary key (user_id, purpose)
);
