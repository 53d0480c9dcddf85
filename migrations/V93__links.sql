-- Links for people without an account, and how often each was used.
create table shared_link (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  look text not null,
  name text not null,
  member text not null references member (id),
  token_hash text not null unique,
  shows text not null,
  expires_at bigint not null,
  revoked_at bigint
);
create index shared_link_product on shared_link (product, created_at);
create table link_use (
  id text primary key references shared_link (id),
  times bigint not null,
  last_at bigint not null
);
