-- Evidence that waits for nobody: dismissed, or split into the quotes that were taken from it.
alter table evidence add column dismissed text;
alter table evidence add column split_from text;
create index evidence_changed on evidence (product, updated_at);
-- Where the figures of a need are from: a survey with its day, or whose judgement they are.
alter table need add column figures_from text not null default '';
create index need_changed on need (product, updated_at);
