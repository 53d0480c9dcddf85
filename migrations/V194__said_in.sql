-- Evidence that was taken from a remark.
alter table evidence add column said_in text references comment (id);
create index evidence_said_in on evidence (product, said_in) where said_in is not null;
