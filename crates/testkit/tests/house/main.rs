//! Journeys through the whole house. Run on SQLite, and on PostgreSQL with `TANDEM_TEST_DATABASE`.

mod across;
mod bad_input;
mod chain;
mod closing;
mod coverage;
mod ending;
mod growth;
mod history;
mod imports;
mod lists;
mod nodes;
mod offers;
mod pages;
mod postgres;
mod proposals;
mod reading;
mod rest;
mod rights;
mod search;
mod sentences;
mod strangers;
mod undo;
