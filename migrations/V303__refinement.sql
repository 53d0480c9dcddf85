-- Refinement: a session over the top of the backlog, and what was noted in it.
create table refinement (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  stories text not null,
  minutes bigint not null,
  at_story text,
  since bigint,
  spent text not null,
  ended_at bigint,
  made_ready text not null
);
create unique index refinement_number on refinement (product, number);
create table refinement_note (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  refinement text not null references refinement (id),
  story text references story (id),
  body text not null,
  member text references member (id)
);
create index refinement_note_refinement on refinement_note (refinement, created_at);
create index refinement_note_product on refinement_note (product);
