-- Machines that are told what happens in a product.
create table webhook (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  address text not null,
  shape text not null,
  hears text not null,
  member text not null references member (id),
  secret_at bigint,
  tried_at bigint,
  paused_at bigint,
  paused_because text not null
);
create index webhook_product on webhook (product) where removed_at is null;

-- Keys that the house signs with. No noun, so nothing that reads nouns knows them; a backup carries them.
create table signing_key (
  id text primary key,
  word text not null,
  made_at bigint not null
);

-- What left the house by request, and what came of it. Machinery: without activity, and in no backup.
create table delivery (
  -- The job's.
  id text primary key,
  sent_for text not null,
  kind text not null,
  args text not null,
  about text not null,
  body text not null,
  first_at bigint not null,
  last_at bigint not null,
  tries bigint not null,
  arrived bigint not null,
  status bigint,
  answer text not null,
  said text not null
);
create index delivery_of on delivery (sent_for, last_at);
