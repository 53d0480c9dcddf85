-- Files that a job works on, in pieces, and how far it is. Machinery without activity; a backup carries them.
create table parcel (
  id text primary key,
  product text not null,
  member text not null,
  name text not null,
  head text not null,
  stand text not null,
  done bigint not null,
  whole bigint not null,
  told text not null,
  at bigint not null
);
create table parcel_piece (
  id text primary key,
  parcel text not null,
  nth bigint not null,
  -- In base64.
  body text not null,
  at bigint not null
);
create index parcel_piece_of on parcel_piece (parcel, nth);
