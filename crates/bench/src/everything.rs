//! Every page and each of its other sights on the large product, since what nobody thinks of measuring is what turns out to be slow.

use crate::{
    client::Client,
    machine::Watched,
    product::{LARGE, Made},
};
use app::Clock;
use std::time::Instant;

/// So many of the slowest are named, and so many of the longest.
const NAMED: usize = 8;

pub fn everything(server: &Watched, made: &Made) {
    let mut client = Client::new(server.port, &made.token, &made.session);
    let (story, feature) = made.numbers[1];
    let day = web::when::day(Clock::System.now() - 30 * 86_400_000);
    let here = |address: String| {
        let things = [("{initiative}", made.bet), ("{feature}", feature), ("{story}", story + 500), ("{sprint}", 1)];
        things.iter().fold(address, |address, (name, number)| address.replace(name, &number.to_string())).replace("{day}", &day)
    };
    let mut seen = vec![];
    for address in kernel::wing::pages().flat_map(|page| page.addresses(LARGE)).map(here) {
        // The first time may pay for what is kept.
        client.send("GET", &address, None);
        let began = Instant::now();
        let (status, size) = client.send("GET", &address, None);
        assert!(status == 200, "{address}: {status}");
        seen.push((began.elapsed().as_secs_f64() * 1000.0, size as f64 / 1000.0, address));
    }
    seen.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("\n{} pages and other sights, each once: median {:.1} ms. What takes longest:", seen.len(), seen[seen.len() / 2].0);
    seen.iter().take(NAMED).for_each(|(ms, _, address)| println!("{ms:>9.1} ms  {address}"));
    seen.sort_by(|a, b| b.1.total_cmp(&a.1));
    println!("What is longest:");
    seen.iter().take(NAMED).for_each(|(_, size, address)| println!("{size:>9.0} kB  {address}"));
}
