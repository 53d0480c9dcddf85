-- Retrospectives: what was noted at them, what was put together, and what was agreed on.
create table retro (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  sprint text references sprint (id),
  style text not null,
  columns text not null,
  anonymous bigint not null,
  dots bigint not null,
  statements text not null,
  ballot text not null,
  revealed_at bigint,
  voting_at bigint,
  voted_at bigint,
  ended_at bigint,
  people bigint not null,
  sums text not null
);
create unique index retro_product on retro (product, number);
create table retro_theme (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  retro text not null references retro (id),
  name text not null,
  dots bigint not null
);
create index retro_theme_retro on retro_theme (retro);
create table retro_note (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  retro text not null references retro (id),
  pile bigint not null,
  member text references member (id),
  body text not null,
  theme text references retro_theme (id),
  dots bigint not null
);
create index retro_note_retro on retro_note (retro);
create index retro_note_theme on retro_note (theme) where theme is not null;
create table retro_action (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  retro text not null references retro (id),
  what text not null,
  owner text references member (id),
  due_on text,
  kept text not null,
  settled_at bigint,
  note text not null
);
create index retro_action_retro on retro_action (retro);
create index retro_action_open on retro_action (product, kept);
