//! Journeys through the whole house. Run on SQLite, and on PostgreSQL with `TANDEM_TEST_DATABASE`.

mod across;
mod bad_input;
mod chain;
mod closing;
mod contract;
mod coverage;
mod ending;
mod facts;
mod growth;
mod history;
mod import_cases;
mod imports;
mod lists;
mod nodes;
mod offers;
mod pages;
mod palette;
mod postgres;
mod proposals;
mod reading;
mod removed;
mod rest;
mod rights;
mod search;
mod strangers;
mod undo;
