-- What a sprint will have brought at its end.
alter table sprint add column deliverables text not null default '';
