-- The chain: people, who decides what, strategy, roadmap, backlog, sprints, acceptance.
-- Ids are 32 hexadecimal digits, times are milliseconds since 1970 (UTC), days are 2026-11-23.

create table product (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  key text not null unique,
  name text not null,
  about text not null,
  way text not null,
  ready_list text not null,
  done_list text not null
);

create table agreement (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  research text not null,
  customers text not null,
  strategy text not null,
  roadmap text not null,
  commitments text not null,
  priorities text not null,
  announcements text not null,
  backlog text not null,
  estimates text not null,
  sprints text not null,
  work text not null,
  acceptance text not null,
  progress text not null,
  agreement text not null
);

create table member (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  email text not null unique,
  password_hash text,
  administrator bigint not null,
  answers_for text references member (id),
  zone text not null,
  theme text not null
);

create table session (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  token_hash text not null unique,
  agent text not null,
  expires_at bigint not null,
  ended_at bigint
);

create table ticket (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  kind text not null,
  token_hash text not null unique,
  email text not null,
  member text references member (id),
  hats text not null,
  expires_at bigint not null,
  used_at bigint
);

create table api_token (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  token_hash text not null unique,
  name text not null,
  can_write bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);

create table membership (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  hats text not null,
  worn text,
  lent text not null,
  seen_at bigint not null
);

create table vision (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  for_whom text not null,
  who text not null,
  is_a text not null,
  that text not null,
  unlike text not null,
  ours text not null,
  note text not null
);

create table confirmation (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  vision text not null references vision (id),
  member text not null references member (id),
  question text not null
);

create table objective (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  why text not null,
  rank text not null,
  share double precision,
  starts_on text,
  ends_on text,
  state text not null
);

create table key_result (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  objective text not null references objective (id),
  title text not null,
  unit text not null,
  start_value double precision not null,
  target double precision not null,
  current_value double precision not null,
  confidence double precision
);

create table measurement (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  key_result text not null references key_result (id),
  on_day text not null,
  amount double precision not null,
  confidence double precision,
  note text not null,
  member text
);

create table need (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  statement text not null,
  segment text not null,
  importance double precision,
  satisfaction double precision
);

create table evidence (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  kind text not null,
  quote text not null,
  source text not null,
  url text not null,
  customer text not null,
  segment text not null,
  noted_on text not null
);

create table relation (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  from_noun text not null,
  from_id text not null,
  verb text not null,
  to_noun text not null,
  to_id text not null
);

create table initiative (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  title text not null,
  body text not null,
  horizon text not null,
  rank text not null,
  state text not null,
  hypothesis text not null,
  key_result text references key_result (id),
  from_value double precision,
  to_value double precision,
  confidence double precision,
  size text not null,
  starts_on text,
  ends_on text
);

create table feature (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  title text not null,
  body text not null,
  initiative text references initiative (id),
  horizon text not null,
  rank text not null,
  state text not null
);

create table board_column (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  stage text not null,
  rank text not null,
  wip bigint
);

create table sprint (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  name text not null,
  goal text not null,
  starts_on text not null,
  ends_on text not null,
  state text not null,
  started_at bigint,
  closed_at bigint,
  committed text not null,
  result text not null
);

create table story (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  kind text not null,
  title text not null,
  body text not null,
  persona text not null,
  wants text not null,
  so_that text not null,
  points double precision,
  feature text references feature (id),
  rank text not null,
  stage text not null,
  board_column text references board_column (id),
  sprint text references sprint (id),
  assignee text references member (id),
  labels text not null,
  ready_at bigint,
  started_at bigint,
  handed_over_at bigint,
  settled_at bigint,
  blocked_since bigint,
  blocked_reason text not null,
  origin text,
  origin_url text,
  extra text not null
);

create table criterion (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  story text not null references story (id),
  number bigint not null,
  rank text not null,
  form text not null,
  body text not null,
  state text not null,
  checked_by text,
  checked_at bigint,
  note text not null
);

create table verdict (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  story text not null references story (id),
  sprint text,
  accepted bigint not null,
  reason text not null,
  member text not null,
  hat text,
  quoted text not null
);

create table comment (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  about_noun text not null,
  about_id text not null,
  about_label text not null,
  parent text,
  body text not null,
  member text not null,
  assistant text,
  resolved_at bigint
);

create table proposal (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  reason text not null,
  area text not null,
  state text not null,
  author text not null,
  assistant text,
  hat text,
  door text not null,
  commands text not null,
  effects text not null,
  considered text not null,
  needs text not null,
  passed_over text not null,
  due_on text,
  review_on text,
  settled_at bigint,
  number bigint,
  note text not null,
  supersedes text,
  seal text not null
);

create table signature (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  proposal text not null references proposal (id),
  member text not null,
  hat text not null,
  agrees bigint not null,
  note text not null
);

create table import_run (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  format text not null,
  file_name text not null,
  member text,
  counts text not null,
  report text not null
);

create table activity (
  id text primary key,
  act text not null,
  at bigint not null,
  product text,
  member text,
  assistant text,
  hat text,
  door text not null,
  command text not null,
  area text,
  kind text not null,
  noun text not null,
  noun_id text not null,
  label text not null,
  changes text not null,
  proposal text,
  reason text
);

-- What a request with an idempotency key was answered.
create table receipt (
  id text primary key,
  at bigint not null,
  answer text not null
);

-- Without statistics the embedded database takes the index that fits most columns, so those of large tables
-- begin with the product that every look-up names, and end with the order it wants.
create unique index agreement_product on agreement (product);
create unique index membership_member on membership (member, product);
create index membership_product on membership (product);
create index session_member on session (member);
create index vision_product on vision (product, number);
create index confirmation_vision on confirmation (vision);
create index objective_product on objective (product, rank);
create index key_result_objective on key_result (objective);
create index key_result_product on key_result (product);
create index measurement_key_result on measurement (key_result);
create index need_product on need (product);
create index evidence_product on evidence (product, created_at);
create index relation_from on relation (from_id);
create index relation_to on relation (to_id);
create index relation_product on relation (product);
create unique index initiative_number on initiative (product, number);
create unique index feature_number on feature (product, number);
create index feature_initiative on feature (initiative);
create index board_column_product on board_column (product, rank);
create unique index sprint_number on sprint (product, number);
create unique index story_number on story (product, number);
create index story_rank on story (product, rank);
create unique index story_origin on story (product, origin);
create index story_sprint on story (product, sprint, rank);
create index story_feature on story (product, feature, rank);
create index story_stage on story (product, stage, rank);
create index story_assignee on story (product, assignee, rank);
create index criterion_story on criterion (story);
create index verdict_story on verdict (story);
create index verdict_product on verdict (product, created_at);
create index comment_about on comment (about_id);
create index proposal_product on proposal (product, state);
create index signature_proposal on signature (proposal);
create index import_run_product on import_run (product);
create index activity_product on activity (product, at);
create index activity_noun on activity (product, noun_id, at);
create index activity_act on activity (act);
create index receipt_at on receipt (at);
