-- What is under way in no sprint is few, and looked for each time a board is shown.
create index story_adrift on story (product, rank, id) where sprint is null and stage in ('doing', 'handed_over') and removed_at is null;
