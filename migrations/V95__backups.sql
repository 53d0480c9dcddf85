-- Backups that were made.
create table backup (
    id text primary key,
    product text references product (id),
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    removed_at bigint,
    file text not null,
    rows_in bigint not null,
    bytes bigint not null
);
create index backup_made on backup (created_at);

-- How much room it all takes.
create view machine_size as select page_count * page_size as bytes from pragma_page_count(), pragma_page_size();
