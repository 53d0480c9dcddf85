-- Whether one's last act was an import is asked before an older act is taken back in its place.
create index activity_imports on activity (product, member, act) where noun = 'import_run';
