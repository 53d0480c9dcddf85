-- What a story or feature went on as in another product; its old key leads there.
alter table story add column moved_to text;
alter table feature add column moved_to text;
