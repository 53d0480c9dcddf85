-- A twin: the two databases tell the time in different words.
-- Work that commands leave behind, until it is done. Machinery, like receipts: without activity, and in no backup.
create table job (
    id text primary key,
    kind text not null,
    args text not null,
    about text not null,
    product text,
    actor text,
    made_at bigint not null,
    -- By the clock of the node that wrote it.
    due bigint not null,
    tries bigint not null,
    said text not null,
    -- Whoever holds it says so again and again, by the clock of the database, which all nodes share.
    lease text,
    leased_until bigint not null,
    done bigint not null
);
create index job_due on job (kind, due);

-- What was given up, until somebody has it tried again.
create table dead_letter (
    id text primary key,
    product text references product (id),
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    removed_at bigint,
    job text not null,
    kind text not null,
    about text not null,
    actor text,
    product_of text,
    args text not null,
    tries bigint not null,
    said text not null
);
create index dead_letter_open on dead_letter (created_at) where removed_at is null;

-- The word of an invitation's link that was mailed, beside the one that was shown.
alter table ticket add column mailed_hash text;
create unique index ticket_mailed on ticket (mailed_hash);

-- What time it is here.
create view machine_time as select (extract(epoch from clock_timestamp()) * 1000)::bigint as now;
