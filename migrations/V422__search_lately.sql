-- What was written last, as the words that full text knows: it is told of many texts together.
create table search_lately (
  doc integer primary key,
  title text not null,
  body text not null
);
