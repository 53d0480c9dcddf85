-- Reviews: what came of them, what was shown, what was said, which is evidence.
create table review (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  sprint text not null references sprint (id),
  held_on text,
  body text not null
);
create unique index review_sprint on review (sprint) where removed_at is null;
create table demo_note (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  sprint text not null references sprint (id),
  story text not null references story (id),
  body text not null,
  member text references member (id)
);
create index demo_note_sprint on demo_note (sprint);
create table review_feedback (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  sprint text not null references sprint (id),
  story text references story (id),
  name text not null,
  member text references member (id),
  body text not null,
  evidence text not null references evidence (id)
);
create index review_feedback_sprint on review_feedback (sprint);
create index review_feedback_story on review_feedback (story) where story is not null;
create index review_feedback_evidence on review_feedback (evidence);
