-- What lists are narrowed by, under names: a member's own until they are shared.
create table saved_filter (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  page text not null,
  name text not null,
  query text not null,
  shared bigint not null
);
create index saved_filter_product on saved_filter (product, page, created_at);
create index saved_filter_member on saved_filter (member);
