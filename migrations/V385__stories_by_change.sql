-- What was changed lately: texts of stories that are compared are brought up to date by it.
create index story_updated on story (product, updated_at);
drop index story_settled_updated;
