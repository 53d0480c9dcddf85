-- A run that should not count is taken back with a reason.
alter table run add column taken_back text not null default '';
