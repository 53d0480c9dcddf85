-- How far a feature's stories are is asked for by feature: for cards of the roadmap, the bets on Home and the gaps of the thread.
create index story_tally_feature on story_tally (product, feature, stage, stories, ready);
drop index feature_initiative;
create index feature_initiative on feature (initiative, id, product) where removed_at is null;
-- Whether a thing is tied to any of a noun is told by the index alone.
drop index relation_from;
create index relation_from on relation (from_id, verb, to_noun, removed_at);
drop index relation_to;
create index relation_to on relation (to_id, verb, from_noun, removed_at);
