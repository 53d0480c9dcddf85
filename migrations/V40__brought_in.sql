-- What another tool said of a story at the last import, so that a later one tells its changes from ours.
alter table story add column imported text not null default '{}';
-- Who wrote a comment in another tool.
alter table comment add column author text not null default '';
-- Where a feature came from, as a story has it.
alter table feature add column origin text;
create index feature_origin on feature (product, origin);
