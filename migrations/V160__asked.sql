-- What is asked and not answered yet, for whoever it waits for.
create index comment_asking on comment (asks, product) where asks is not null and resolved_at is null and removed_at is null;
create index poll_open on poll (product) where opened_at is null and removed_at is null;
