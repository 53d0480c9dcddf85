-- From here on ids are kept in sixteen bytes (crates/store/src/sqlite/ids.rs): a program from before refuses such a file instead of
-- reading it wrong. Rows are packed as soon as this has run, before later migrations; what spans took out of activity is packed
-- here as well, for rows of backups: it came out in letters.
update story_span set sprint = packed(sprint) where typeof(sprint) = 'text';
