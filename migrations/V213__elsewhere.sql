-- What another system calls a piece of evidence, each once in a product.
alter table evidence add column external_id text not null default '';
create index evidence_external on evidence (product, external_id) where external_id <> '';
