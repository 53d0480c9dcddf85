-- Runs of tests, what each said of the criteria, and the tests that verify a criterion by their names.
create table run (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  suite text not null,
  commit_id text not null,
  branch text not null,
  link text not null,
  ran_at bigint not null,
  form text not null,
  digest text not null,
  passed bigint not null,
  failed bigint not null,
  skipped bigint not null,
  broke text not null,
  loose text not null,
  loose_count bigint not null,
  remarks text not null,
  member text not null references member (id)
);
create index run_product on run (product, ran_at, id);
create index run_digest on run (product, digest);
create index run_suite on run (product, suite, branch, ran_at);
create index run_commit on run (product, commit_id);
create table run_result (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  run text not null references run (id),
  criterion text not null references criterion (id),
  came text not null,
  flaky bigint not null,
  name text not null,
  said text not null,
  ran_at bigint not null,
  bound text not null
);
create index run_result_criterion on run_result (criterion, ran_at, id);
create index run_result_run on run_result (run);
create table test_name (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  criterion text not null references criterion (id),
  name text not null
);
create unique index test_name_once on test_name (product, name, criterion) where removed_at is null;
create index test_name_criterion on test_name (criterion);
-- When the text of a criterion was changed last, and whether its tests came to both ends on one commit.
alter table criterion add column edited_at bigint;
alter table criterion add column flaky bigint not null default 0;
