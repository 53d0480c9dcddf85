-- Why a figure changed, and what may have been the cause.
create table inquiry (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  seen text not null,
  measure text references measure (id),
  counted text not null,
  compared text not null,
  data text not null,
  asking text not null,
  finding text not null
);
create index inquiry_product on inquiry (product, updated_at, id);
create index inquiry_measure on inquiry (measure) where measure is not null;
create table cause_note (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  inquiry text not null references inquiry (id),
  under text references cause_note (id),
  bone text not null,
  body text not null,
  slice text not null,
  held text not null,
  why text not null,
  story text references story (id)
);
create index cause_note_inquiry on cause_note (product, inquiry, created_at, id);
create index cause_note_under on cause_note (under) where under is not null;
create index cause_note_story on cause_note (story) where story is not null;
