-- What has been blocked longest, for Home.
create index story_blocked_since on story (product, blocked_since) where blocked_since is not null and removed_at is null;
