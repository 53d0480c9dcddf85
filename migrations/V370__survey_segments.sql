-- Links to a survey may be for people of a segment, whose answers are then counted apart as well.
alter table survey add column segments text not null default '[]';
alter table survey_item add column apart text not null default '[]';
alter table survey_link add column segment text references segment (id);
