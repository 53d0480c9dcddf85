-- How far a feature's stories are is asked for by feature. What is counted stands in no index, so that a count is changed in place.
create index story_tally_feature on story_tally (product, feature);
drop index relation_from;
create index relation_from on relation (from_id, verb, to_noun);
drop index relation_to;
create index relation_to on relation (to_id, verb, from_noun);
