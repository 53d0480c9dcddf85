-- Canvases with notes in boxes, and risks.
create table canvas (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  kind text not null,
  title text not null,
  note text not null,
  segment text references segment (id),
  persona text references persona (id)
);
create index canvas_product on canvas (product, created_at, id);
create table risk (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  note text not null,
  likelihood text not null,
  impact text not null,
  response text not null,
  owner text references member (id),
  state text not null
);
create index risk_product on risk (product, updated_at, id);
create table canvas_note (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  canvas text not null references canvas (id),
  cell text not null,
  body text not null,
  rank text not null,
  need text references need (id),
  initiative text references initiative (id),
  feature text references feature (id),
  risk text references risk (id),
  assumption_test text references assumption_test (id)
);
create index canvas_note_canvas on canvas_note (product, canvas, rank, id);
create index canvas_note_need on canvas_note (need) where need is not null;
create index canvas_note_initiative on canvas_note (initiative) where initiative is not null;
create index canvas_note_feature on canvas_note (feature) where feature is not null;
create index canvas_note_risk on canvas_note (risk) where risk is not null;
create index canvas_note_assumption on canvas_note (assumption_test) where assumption_test is not null;
