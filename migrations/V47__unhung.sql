-- Stories still to be done that hang on no feature, as Home and the gaps in the thread list them.
create index story_unhung on story (product, stage, rank, id) where feature is null and stage in ('open', 'doing', 'handed_over') and removed_at is null;
