-- Will a story be accepted by a day, and how likely each thinks it is.
create table forecast_question (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  story text not null references story (id),
  due_on text not null,
  title text not null,
  member text not null references member (id)
);
create index forecast_question_product on forecast_question (product, due_on, id);
create index forecast_question_story on forecast_question (story);
create table prediction (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  question text not null references forecast_question (id),
  member text not null references member (id),
  chance bigint not null
);
create index prediction_question on prediction (question);
create index prediction_member on prediction (product, member, id);
