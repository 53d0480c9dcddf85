-- What a repository told before of a branch, and what it told last.
create index code_ref_which on code_ref (source, which);
create index code_ref_source on code_ref (source, happened_at, id);
