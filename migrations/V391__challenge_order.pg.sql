-- Within a difficulty those of the workspace stand in the order in which they were first published, which both databases
-- read alike from their ids.
drop index challenge_shelf;
create index challenge_shelf on challenge (kind, level, id) where withdrawn_at is null;
alter table challenge alter column code type text collate "default";
