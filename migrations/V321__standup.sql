-- Stand-ups: what each one says on a day, when the team stood together, and when it is reminded.
create table standup_entry (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  on_day text not null,
  yesterday text not null,
  today text not null,
  blocked text not null
);
create index standup_entry_day on standup_entry (product, on_day, member);
create index standup_entry_member on standup_entry (product, member, on_day);
create table standup (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  on_day text not null,
  began_at bigint not null,
  minutes bigint not null,
  ended_at bigint,
  note text not null
);
create index standup_day on standup (product, on_day);
create table standup_rule (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  remind_at text not null,
  minutes bigint not null
);
create index standup_rule_product on standup_rule (product);
