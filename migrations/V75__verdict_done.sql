-- The definition of done as it was when the verdict was given.
alter table verdict add column done_list text not null default '[]';
