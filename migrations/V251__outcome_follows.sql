-- What follows from an outcome is made of it and tied to it.
alter table outcome add column next_initiative text references initiative (id);
alter table outcome add column next_story text references story (id);
create index outcome_next_story on outcome (next_story) where next_story is not null;
