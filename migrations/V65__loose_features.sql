-- Features that no initiative holds, which Home and the gaps of the thread name.
create index feature_loose on feature (product, number) where initiative is null and state = 'open' and removed_at is null;
