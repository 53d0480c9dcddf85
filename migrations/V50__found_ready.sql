-- The lines of the definition of ready that people found to hold of a story.
alter table story add column found_ready text not null default '[]';
