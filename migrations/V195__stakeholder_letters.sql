-- Stakeholders without an account may get updates as letters, and people belong to groups.
alter table stakeholder add column email text not null default '';
alter table stakeholder add column letters_stopped_at bigint;
alter table stakeholder add column within text references stakeholder (id);
