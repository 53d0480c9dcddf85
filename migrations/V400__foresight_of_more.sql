-- Questions about a sprint, a release or a key result, too. (Both tables are made anew because a question need no longer be about a
-- story.)
create table prediction_kept as select * from prediction;
drop table prediction;
create table forecast_question_anew (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  story text references story (id),
  due_on text not null,
  title text not null,
  member text not null references member (id),
  sprint text references sprint (id),
  release text references release (id),
  key_result text references key_result (id)
);
insert into forecast_question_anew select id, product, version, created_at, updated_at, removed_at, story, due_on, title, member, null, null, null from forecast_question;
drop table forecast_question;
alter table forecast_question_anew rename to forecast_question;
create index forecast_question_product on forecast_question (product, due_on, id);
create index forecast_question_story on forecast_question (story);
create index forecast_question_sprint on forecast_question (sprint) where sprint is not null;
create index forecast_question_release on forecast_question (release) where release is not null;
create index forecast_question_key_result on forecast_question (key_result) where key_result is not null;
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
insert into prediction select id, product, version, created_at, updated_at, removed_at, question, member, chance from prediction_kept;
drop table prediction_kept;
create index prediction_question on prediction (question);
create index prediction_member on prediction (product, member, id);
