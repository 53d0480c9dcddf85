//! Practice cases.
