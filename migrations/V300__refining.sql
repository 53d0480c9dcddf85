-- What refinement knows of a story: the persona it is for, hints that were put aside, when somebody said that it is still
-- wanted; its sub-tasks; and templates for new stories.
alter table story add column persona_of text;
alter table story add column hints_off text not null default '[]';
alter table story add column wanted_at bigint;
create table subtask (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  story text not null references story (id),
  rank text not null,
  title text not null,
  assignee text references member (id),
  done_at bigint,
  done_by text references member (id)
);
create index subtask_story on subtask (story, rank);
create index subtask_product on subtask (product);
create table story_template (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  kind text not null,
  persona text not null,
  wants text not null,
  so_that text not null,
  body text not null,
  labels text not null,
  criteria text not null,
  subtasks text not null
);
create index story_template_product on story_template (product, name, id);
-- What nobody has touched for long, and what was changed lately, without looking at every story.
create index story_touched on story (product, stage, updated_at);
-- What waits for what, without looking at every link.
create index relation_blocks on relation (product, to_id, from_id) where verb = 'blocks' and removed_at is null;
