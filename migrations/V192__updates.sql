-- What is told to whom it concerns, and what somebody is writing of it.
create table product_update (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  kind text not null,
  area text not null,
  title text not null,
  body text not null,
  member text not null references member (id),
  since bigint not null,
  until bigint not null,
  audience text not null,
  told text not null,
  by_link bigint not null
);
create index product_update_product on product_update (product, created_at, id);
create index product_update_kind on product_update (product, kind, created_at, id);
create table update_draft (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  kind text not null,
  title text not null,
  body text not null,
  until bigint not null
);
create unique index update_draft_own on update_draft (product, member, kind) where removed_at is null;
