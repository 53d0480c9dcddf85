//! Requests to machines of others: the only code that makes any. Where one leads is judged after its name was looked up,
//! and the connection goes to the very address that was judged, so a name that answers otherwise the second time leads
//! nowhere. Redirects are not followed, and no proxy of the environment is used. An answer is read up to a limit.

mod addresses;
mod allowed;
mod client;
mod house;
mod model;
mod signature;
mod stream;

pub use addresses::is_public;
pub use allowed::Allowed;
pub use client::{Limits, Names, Outbound};
pub use house::Elsewhere;
pub use model::{Chat, Heard, Patience, Unheard};
pub use signature::signature;
