-- The newest runs of a commit, of a suite and what each said of a criterion are looked up, however many there were before.
drop index run_commit;
create index run_commit on run (product, commit_id, ran_at, id);
drop index run_suite;
create index run_suite on run (product, suite, branch, ran_at, id);
drop index run_result_run;
create index run_result_run on run_result (run, criterion);
