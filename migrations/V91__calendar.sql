-- Days on which nobody in a product works, and days on which a member does not.
create table holiday (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  on_day text not null,
  name text not null
);
create index holiday_product on holiday (product, on_day);
create table day_off (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  first_day text not null,
  last_day text not null
);
create index day_off_member on day_off (member, last_day);
