-- What the model was asked, and what it answered. Machinery: without activity, and in no backup.
create table model_call (
  id text primary key,
  sent_for text not null,
  part text not null,
  member text,
  for_all bigint not null,
  kind text not null,
  model text not null,
  body text not null,
  at bigint not null,
  took bigint,
  answer text not null,
  said text not null
);
create index model_call_of on model_call (sent_for, part, at);
create index model_call_member on model_call (member, at);
create index model_call_at on model_call (at);

-- What a model said of an answer, beside what the checks found; its member's alone.
create table feedback (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  attempt text not null references attempt (id),
  model text not null,
  form bigint not null,
  wanted text not null,
  marks text not null
);
create index feedback_attempt on feedback (member, attempt, created_at);

-- An answer that its writer gave, so that people and models can be held against each other.
create table specimen (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  challenge text not null,
  title text not null,
  discipline text not null,
  answer text not null,
  attempt text not null references attempt (id)
);
create index specimen_given on specimen (created_at, id) where removed_at is null;

-- One holding of a model against people.
create table comparison (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  model text not null,
  form bigint not null,
  wanted bigint not null,
  answers bigint not null,
  pairs bigint not null,
  kappa double precision,
  exact double precision,
  bias double precision,
  ended_at bigint
);

-- The levels that somebody gave an answer, row by row: a member, or a model in a comparison.
create table specimen_mark (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  specimen text not null references specimen (id),
  member text references member (id),
  comparison text references comparison (id),
  levels text not null
);
create index specimen_mark_of on specimen_mark (specimen) where removed_at is null;
create index specimen_mark_comparison on specimen_mark (comparison) where comparison is not null;

-- What a model drafted for somebody, who may take parts of it over.
create table model_draft (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  what text not null,
  about text not null,
  about_id text,
  title text not null,
  model text not null,
  failed text not null,
  drafts text not null,
  ended_at bigint
);
create index model_draft_member on model_draft (product, member, created_at);
