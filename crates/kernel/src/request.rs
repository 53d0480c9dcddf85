//! A request to another machine as data: what is sent where. Sending it, and judging where it may go, is done once
//! (`crates/outbound`), and only by the runner of jobs.

use crate::Json;
use uuid::Uuid;

/// Begins the addresses of our own pages in a request. No machine has this name (RFC 2606); where people reach the house
/// takes its place when it is sent.
pub const HERE: &str = "https://here.invalid";

/// One request: JSON, posted to an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The thing that it is sent for. What came of it is kept under this.
    pub of: Uuid,
    /// Its noun, by which pages follow it.
    pub noun: &'static str,
    pub address: String,
    /// What it is about, in a few words that tell nothing of the content.
    pub about: String,
    pub body: Json,
    /// It is signed with the key of the thing that it is sent for.
    pub signed: bool,
}
