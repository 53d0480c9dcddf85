-- A key result may read a measure, or be fed by the work that serves its objective; where it is neither, its values are typed.
alter table key_result add column measure text references measure (id);
alter table key_result add column fed_by text;
