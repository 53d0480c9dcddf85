-- Addresses to which mail servers, chats and browsers send evidence, each known by the hash of its word.
create table intake (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  kind text not null,
  member text not null references member (id),
  token_hash text not null,
  revoked_at bigint
);
create unique index intake_token on intake (token_hash);
alter table evidence add column came_in text;
create index evidence_came_in on evidence (came_in, created_at) where came_in is not null;
-- What another system calls a customer, and whoever looks after it here.
alter table customer add column external_id text not null default '';
alter table customer add column owner text;
create index customer_external on customer (product, external_id) where external_id <> '';
