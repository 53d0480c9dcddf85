-- What lists and counts lead by: many pieces of evidence come in at one moment, and among them the id decides.
drop index evidence_product;
create index evidence_product on evidence (product, created_at, id);
create index evidence_waiting on evidence (product, created_at, id) where dismissed is null and removed_at is null;
create index evidence_dismissed on evidence (product, created_at, id) where dismissed is not null and removed_at is null;
create index relation_supports on relation (product, from_id, to_id) where verb = 'supports' and removed_at is null;
create index need_scored on need (product, importance, satisfaction, id) where removed_at is null;
-- A label is looked for in the order of the backlog, without opening the rows of all others.
create index story_labelled on story (product, stage, rank, id, labels) where labels <> '[]' and removed_at is null;
