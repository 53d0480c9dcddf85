-- Whether a member wants the updates of a product as letters.
create table update_wish (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  product_of text not null references product (id),
  stopped_at bigint
);
create unique index update_wish_own on update_wish (member, product_of) where removed_at is null;
-- What a member has read. Machinery: without activity; how many have is told, who has to nobody.
create table has_read (
  id text primary key,
  member text not null references member (id),
  thing text not null,
  at bigint not null,
  unique (member, thing)
);
create index has_read_thing on has_read (thing, member);
-- What people without an account ask about an update.
create table update_question (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  update_of text not null references product_update (id),
  link text not null references shared_link (id),
  name text not null,
  body text not null,
  state text not null,
  answer text not null,
  comment text references comment (id)
);
create index update_question_product on update_question (product, state, created_at);
create index update_question_update on update_question (update_of, created_at);
