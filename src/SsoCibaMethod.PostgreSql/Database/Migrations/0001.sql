-- The pending logins, the nodes that work for them, with what they test each other by, and the key ring where it is kept here too.
create table logins (
  id text primary key,
  added bigint generated always as identity,
  schema integer not null,
  version bigint not null,
  method text not null,
  state smallint not null,
  owner text,
  notification_token_hash text,
  hint_hash text,
  address_hash text,
  started_at timestamptz not null,
  ends_at timestamptz not null,
  keep_until timestamptz not null,
  payload bytea not null
);

create unique index logins_by_notification_token on logins (notification_token_hash) where notification_token_hash is not null;
create index logins_by_hint on logins (hint_hash, added) where hint_hash is not null;
create index logins_by_address on logins (address_hash, added) where address_hash is not null;
-- 0 is Starting, 2 is Waiting: what a node has to bring to its end.
create index logins_open_by_owner on logins (owner) where state in (0, 2);
create index logins_by_end on logins (keep_until);

create table nodes (
  node text primary key,
  lease_ends_at timestamptz not null,
  probe bytea
);

create table keys (
  id bigint primary key generated always as identity,
  name text,
  xml text not null
);
