-- When stories were settled and begun is read whole by a forecast: from the index alone.
create index story_settled on story (product, stage, settled_at, started_at, removed_at) where settled_at is not null;
