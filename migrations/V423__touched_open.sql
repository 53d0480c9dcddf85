-- Of stories that were changed last all are found by one index; of those that nobody has touched for long only the open ones are
-- asked for, so an index of these alone is kept with each change.
drop index story_touched;
create index story_touched on story (product, updated_at) where stage = 'open' and removed_at is null;
