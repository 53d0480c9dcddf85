-- People and groups outside of the team, when they were told and what was promised to them.
create table stakeholder (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  kind text not null,
  role text not null,
  member text references member (id),
  power text not null,
  interest text not null,
  wants text not null,
  channel text not null,
  every_days bigint,
  since text not null,
  keeper text references member (id)
);
create index stakeholder_member on stakeholder (product, member) where member is not null;
create index stakeholder_product on stakeholder (product, lower(name), id);
create table contact (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  stakeholder text not null references stakeholder (id),
  happened_on text not null,
  channel text not null,
  note text not null,
  member text not null references member (id),
  by_noun text not null,
  by_id text
);
create index contact_stakeholder on contact (product, stakeholder, happened_on);
create table promise (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  stakeholder text not null references stakeholder (id),
  what text not null,
  due_on text,
  kept text not null,
  settled_on text,
  note text not null,
  member text references member (id),
  on_noun text not null,
  on_id text
);
create index promise_stakeholder on promise (product, stakeholder, kept);
-- A link may be made for one stakeholder.
alter table shared_link add column whom text;
create index shared_link_whom on shared_link (product, whom) where whom is not null;
