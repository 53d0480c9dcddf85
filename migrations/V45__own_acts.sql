-- One's own acts are walked from act to act, each by its first line alone.
drop index activity_own;
create index activity_own on activity (product, member, coalesce(assistant, ''), act) where undoable = 1 or takes is not null;
