-- A twin: a column may be made empty without making its table anew.
-- Questions about a sprint, a release or a key result, too.
alter table forecast_question alter column story drop not null;
alter table forecast_question add column sprint text references sprint (id);
alter table forecast_question add column release text references release (id);
alter table forecast_question add column key_result text references key_result (id);
create index forecast_question_sprint on forecast_question (sprint) where sprint is not null;
create index forecast_question_release on forecast_question (release) where release is not null;
create index forecast_question_key_result on forecast_question (key_result) where key_result is not null;
