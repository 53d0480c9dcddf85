//! Lists as one parameter, on whichever database the tests run.

use kernel::{Uuid, Value, list};
use testkit::House;

#[tokio::test]
async fn a_list_of_any_length_is_one_statement() {
    let h = House::new().await;
    let known = h.member("owner");
    for (others, found) in [(None, 0), (Some(0), 1), (Some(1), 1), (Some(1_000), 1)] {
        let mut ids: Vec<Uuid> = (0..others.unwrap_or(0)).map(|n| Uuid::from_u128(n as u128 + 1)).collect();
        ids.extend(others.map(|_| known));
        let read = h.app.store.read(move |reader| {
            let params = [Value::Text("owner@x.org".into()), list(ids)];
            reader.query("select id from member where email = $1 and id in each($2) and (id in each($2) or email = '')", &params)
        });
        assert_eq!(read.await.unwrap().len(), found, "{others:?} others");
    }
    let odd = ["o'hara", "\"quoted\"", "a,b", "{}", "owner@x.org"].map(str::to_owned);
    let found = h.app.store.read(|reader| reader.query("select id from member where email in each($1)", &[list(odd)])).await;
    assert_eq!(found.unwrap().len(), 1, "texts are texts, whatever they hold");
    let made = h.number("select max(created_at) from member").await;
    let numbers = list([7, made, -3]);
    let found = h.app.store.read(|reader| reader.query("select id from member where created_at in numbers($1)", &[numbers])).await;
    assert!(!found.unwrap().is_empty(), "and numbers are numbers");
}
