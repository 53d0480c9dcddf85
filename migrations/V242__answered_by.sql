-- Who has answered without an account: machinery, without activity, order or time.
create table answered_by (
  round text not null,
  who text not null,
  primary key (round, who)
) without rowid;
