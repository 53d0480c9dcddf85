-- The rhythm of those who decide together, and what they note of their ten minutes.
create table rhythm (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  weekday text,
  agreement_on text
);
create unique index rhythm_product on rhythm (product) where removed_at is null;
create table week_note (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  monday text not null,
  body text not null,
  member text not null references member (id)
);
create unique index week_note_monday on week_note (product, monday) where removed_at is null;
