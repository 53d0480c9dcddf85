//! Several nodes on one PostgreSQL: what happens on one is told on the other.

use app::{Address, App, Care, Clock};
use kernel::{json, matrix::Way};
use testkit::House;

fn open(address: Address) -> App {
    tandem::open(address, Care::Fast, Clock::held(1_790_000_000_000), 2).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_on_one_node_is_told_on_the_other() {
    if std::env::var_os("TANDEM_TEST_DATABASE").is_none() {
        // One embedded database has one node: news stays in the process.
        let h = House::new().await;
        let mut news = h.app.hub.subscribe();
        h.made("owner", "story.create", json!({ "title": "Here" }), "story").await;
        assert!(news.recv().await.unwrap().nouns.contains("story"));
        return;
    }
    let address = testkit::address();
    // Both start at once, on an empty schema.
    let (a, b) = (address.clone(), address.clone());
    let (first, second) = tokio::join!(tokio::task::spawn_blocking(move || open(a)), tokio::task::spawn_blocking(move || open(b)));
    let (first, second) = (first.unwrap(), second.unwrap());
    let mut news = second.hub.subscribe();
    // The listener needs a moment to stand; acts go on until one is heard.
    let h = House::over(first, Way::TwoPeople).await;
    let heard = tokio::time::timeout(std::time::Duration::from_secs(20), async {
        let mut n = 0;
        loop {
            n += 1;
            h.made("owner", "story.create", json!({ "title": format!("Far {n}") }), "story").await;
            if let Ok(Ok(told)) = tokio::time::timeout(std::time::Duration::from_millis(300), news.recv()).await {
                break told;
            }
        }
    });
    assert!(heard.await.expect("news within 20 seconds").node != second.hub.node());
    // Who is on one is seen on the other.
    let (product, mara) = (kernel::Uuid::from_u128(1), h.member("manager"));
    let mut arrivals = second.presence.subscribe();
    let _seat = h.app.presence.enter(product, mara, "Mara".into());
    h.app.announce(product).await.unwrap();
    let told = tokio::time::timeout(std::time::Duration::from_secs(20), arrivals.recv()).await;
    assert_eq!(told.unwrap().unwrap(), product);
    assert_eq!(second.company(product).await.unwrap().into_values().collect::<Vec<_>>(), ["Manager"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ends_on_one_node_ends_a_stream_on_the_other() {
    if std::env::var_os("TANDEM_TEST_DATABASE").is_none() {
        return; // One embedded database has one node.
    }
    let address = testkit::address();
    let (a, b) = (address.clone(), address.clone());
    let first = tokio::task::spawn_blocking(move || open(a)).await.unwrap();
    let second = tokio::task::spawn_blocking(move || open(b)).await.unwrap();
    let h = House::over(first, Way::TwoPeople).await;
    let cookie = h.cookie("developer").await;
    let mut news = second.hub.subscribe();
    let mut n = 0;
    // The listener needs a moment to stand; acts go on until one is heard.
    let heard = async {
        loop {
            n += 1;
            h.made("owner", "story.create", json!({ "title": format!("Far {n}") }), "story").await;
            if let Ok(Ok(_)) = tokio::time::timeout(std::time::Duration::from_millis(300), news.recv()).await {
                break;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), heard).await.expect("news within 20 seconds");
    let request = axum::http::Request::get("/live?product=ORB").header("cookie", &cookie).body(axum::body::Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(tandem::router(&tandem::house(second)), request).await.unwrap();
    assert_eq!(answer.status(), 200);
    let ended = people::EndSession { token_hash: app::secret::hash(&cookie["tandem=".len()..]) };
    people::run_inside(&h.app, &ended).await.unwrap();
    let whole = tokio::time::timeout(std::time::Duration::from_secs(20), axum::body::to_bytes(answer.into_body(), usize::MAX)).await;
    whole.expect("the stream ends on the other node").unwrap();
}
