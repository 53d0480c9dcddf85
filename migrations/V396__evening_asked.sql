-- What was asked of the case of a club evening, with each answer.
alter table evening_answer add column asked text not null default '[]';
