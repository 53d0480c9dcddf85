-- Releases with the plan of their launch, what is to be done for it, and what came of bets.
create table release (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  tier text not null,
  state text not null,
  target_on text,
  released_on text,
  go text,
  go_reason text not null,
  go_at bigint,
  segment text references segment (id),
  message text not null,
  pricing text not null,
  channels text not null,
  enablement text not null,
  risks text not null,
  measures text not null,
  notes text not null
);
create index release_product on release (product, state, released_on, id);
create table launch_task (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  release text not null references release (id),
  title text not null,
  doer text references member (id),
  due_on text,
  done_at bigint
);
create index launch_task_release on launch_task (product, release);
create table outcome (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  initiative text not null references initiative (id),
  verdict text not null,
  measured text not null,
  value double precision,
  confidence double precision,
  evidence text not null,
  learned text not null,
  next_step text,
  bet_confidence double precision,
  settled_on text not null,
  member text references member (id)
);
create index outcome_initiative on outcome (product, initiative);
create index outcome_settled on outcome (product, settled_on, id);
