//! Who is at the other end of a connection. Behind a proxy that the operator named, that is whom the proxy says;
//! anyone else who sends such headers is not believed.

use axum::http::{HeaderMap, header};
use ipnet::IpNet;
use std::{net::IpAddr, str::FromStr};

/// The proxies in front of Tandem, as configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<IpNet>);

impl FromStr for Proxies {
    type Err = String;

    /// Addresses and ranges between commas, such as `10.0.0.0/8,192.0.2.7`; `loopback` is this machine.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut nets = vec![];
        for word in text.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            match (word, word.parse::<IpNet>(), word.parse::<IpAddr>()) {
                ("loopback", ..) => nets.extend([IpNet::new_assert([127, 0, 0, 0].into(), 8), IpAddr::from(std::net::Ipv6Addr::LOCALHOST).into()]),
                (_, Ok(net), _) => nets.push(net),
                (_, _, Ok(address)) => nets.push(address.into()),
                _ => return Err(format!("{word:?} is no address; write an address, a range such as 10.0.0.0/8, or loopback")),
            }
        }
        Ok(Proxies(nets))
    }
}

impl Proxies {
    /// Whether an address is one of them.
    pub fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.contains(&address))
    }
}

/// The other end of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peer {
    pub address: Option<IpAddr>,
    /// A proxy of ours says that people come by HTTPS.
    pub https: bool,
    /// The host that people asked for.
    pub host: Option<String>,
}

impl Peer {
    /// Reads the connection's own address and, if it is a proxy of ours, what that says.
    pub fn of(proxies: &Proxies, address: Option<IpAddr>, headers: &HeaderMap) -> Peer {
        let address = address.map(|a| a.to_canonical());
        let host = headers.get(header::HOST).and_then(|v| v.to_str().ok()).map(str::to_owned);
        if !address.is_some_and(|a| proxies.has(a)) {
            return Peer { address, https: false, host };
        }
        let last =
            |name: &str| headers.get_all(name).iter().filter_map(|v| v.to_str().ok()).next_back().and_then(|v| v.rsplit(',').next()).map(str::trim);
        Peer {
            address: forwarded(proxies, headers).or(address),
            https: last("x-forwarded-proto").is_some_and(|proto| proto.eq_ignore_ascii_case("https")),
            host: last("x-forwarded-host").filter(|h| !h.is_empty()).map(str::to_owned).or(host),
        }
    }

    /// What limits count by: the address, or for IPv6 the network that one customer gets.
    pub fn counted(&self) -> String {
        match self.address {
            None => "somewhere".into(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => IpNet::new_assert(address.into(), 64).trunc().to_string(),
        }
    }
}

/// The list grows to the right, and only what our own proxies wrote is true: the first from the right that is none of
/// them is who asks.
fn forwarded(proxies: &Proxies, headers: &HeaderMap) -> Option<IpAddr> {
    let mut known = None;
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect();
    for word in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let word = word.trim();
        let Some(address) = word.parse().ok().or_else(|| word.parse().ok().map(|at: std::net::SocketAddr| at.ip())) else { break };
        let address = address.to_canonical();
        known = Some(address);
        if !proxies.has(address) {
            break;
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(proxies: &str, from: &str, headers: &[(&'static str, &str)]) -> Peer {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        Peer::of(&proxies.parse().unwrap(), Some(from.parse().unwrap()), &headers)
    }

    #[test]
    fn only_our_own_proxies_are_believed() {
        let claims = [("x-forwarded-for", "1.1.1.1, 2.2.2.2"), ("x-forwarded-proto", "https"), ("x-forwarded-host", "t.example"), ("host", "h")];
        let stranger = seen("", "127.0.0.1", &claims);
        assert_eq!((stranger.counted().as_str(), stranger.https, stranger.host.as_deref()), ("127.0.0.1", false, Some("h")));
        let ours = seen("loopback", "::ffff:127.0.0.1", &claims);
        assert_eq!((ours.counted().as_str(), ours.https, ours.host.as_deref()), ("2.2.2.2", true, Some("t.example")));
        assert_eq!(seen("loopback,2.2.2.0/24", "127.0.0.1", &claims).counted(), "1.1.1.1");
        assert_eq!(seen("loopback", "127.0.0.1", &[("x-forwarded-for", "1.1.1.1, junk")]).counted(), "127.0.0.1", "nobody can hide behind junk");
        assert_eq!(seen("loopback", "::1", &[]).counted(), "::/64");
        assert_eq!(seen("", "2001:db8:1:2:3:4:5:6", &[]).counted(), "2001:db8:1:2::/64");
    }

    #[test]
    fn proxies_are_addresses_or_ranges() {
        assert!("loopback, 10.0.0.0/8 ,::1".parse::<Proxies>().unwrap().has("10.9.8.7".parse().unwrap()));
        assert!("nginx".parse::<Proxies>().is_err());
    }
}
