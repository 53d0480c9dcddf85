-- What has to hold of a card in a column, what happens at its limit, and what keeps stories from going on.
alter table board_column add column policy text not null default '';
create table blocker (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  story text not null references story (id),
  reason text not null,
  lifter text references member (id),
  raised_by text references member (id),
  lifted_at bigint,
  lifted_by text references member (id),
  outcome text not null
);
create index blocker_story on blocker (product, story);
create index blocker_lifter on blocker (product, lifter) where lifted_at is null and removed_at is null;
create index blocker_lifted on blocker (product, lifted_at, id) where lifted_at is not null and removed_at is null;
create table board_rule (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  at_limit text not null
);
create index board_rule_product on board_rule (product);
create table over_limit (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  story text not null references story (id),
  board_column text not null references board_column (id),
  reason text not null,
  member text references member (id)
);
create index over_limit_column on over_limit (product, board_column, created_at, id);
