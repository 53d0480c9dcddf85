//! What may be asked besides the internet at large, as whoever runs the house says.

use crate::is_public;
use ipnet::IpNet;
use std::{net::IpAddr, str::FromStr};

/// Hosts and ranges of one's own network that requests may go to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    hosts: Vec<String>,
    nets: Vec<IpNet>,
}

impl FromStr for Allowed {
    type Err = String;

    /// Names, addresses and ranges between commas: `chat.intern.example,10.0.0.0/8`.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut allowed = Allowed::default();
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            match (word.parse::<IpNet>(), word.parse::<IpAddr>()) {
                (Ok(net), _) => allowed.nets.push(net),
                (_, Ok(address)) => allowed.nets.push(address.into()),
                _ if word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)) => allowed.hosts.push(plain(word)),
                _ => return Err(format!("{word:?} is no host; write names, addresses or ranges such as 10.0.0.0/8, without https:// or a port")),
            }
        }
        Ok(allowed)
    }
}

/// A name as it is compared.
fn plain(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

impl Allowed {
    /// Whether a host is named, so that wherever its name leads is allowed.
    pub fn names(&self, host: &str) -> bool {
        self.hosts.contains(&plain(host))
    }

    /// Whether an address was allowed that would not be otherwise.
    pub fn has(&self, address: IpAddr) -> bool {
        self.nets.iter().any(|net| net.contains(&address.to_canonical()))
    }

    /// Whether requests may go to an address.
    pub fn lets(&self, address: IpAddr) -> bool {
        is_public(address) || self.has(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_ranges_are_told_apart() {
        let allowed: Allowed = "Chat.Intern.example, 10.0.0.0/8,127.0.0.1 ,fd00::/8".parse().unwrap();
        assert!(allowed.names("chat.intern.example.") && !allowed.names("intern.example"));
        for (address, lets) in
            [("10.2.3.4", true), ("::ffff:10.2.3.4", true), ("127.0.0.1", true), ("127.0.0.2", false), ("fd12::1", true), ("1.1.1.1", true)]
        {
            assert_eq!(allowed.lets(address.parse().unwrap()), lets, "{address}");
        }
        assert!("https://chat.example".parse::<Allowed>().is_err());
        assert!("chat.example:8080".parse::<Allowed>().is_err());
        assert_eq!("".parse::<Allowed>(), Ok(Allowed::default()));
    }
}
