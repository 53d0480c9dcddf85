-- How many stories stand before one is told by the index alone.
drop index story_stage;
create index story_stage on story (product, stage, rank, removed_at);
