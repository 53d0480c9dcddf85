-- A line of activity says which act it takes back. With that a member's own acts, newest first, tell what can be taken
-- back next and what can be done again.
alter table activity add column takes text;
-- What was taken back before says nothing of it, so it is no step of its own.
update activity set undoable = 0 where command = 'act.undo';
create index activity_own on activity (product, member, act) where undoable = 1 or takes is not null;

-- What was removed, newest first.
create index activity_removed on activity (product, at, id) where did = 'removed';
