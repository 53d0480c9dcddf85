//! Search: what is found, in which order, and the sentence that shows it. The same on both databases.

use kernel::{Value, json, terms};
use testkit::House;

/// What a search finds, as titles in order.
async fn found(h: &House, words: &str) -> Vec<String> {
    let path = format!("/products/ORB/search?q={}", web::text::encode(words));
    let hits = h.rest(&h.token("owner").await, "GET", &path, json!(null)).await.json();
    hits.as_array().unwrap().iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect()
}

async fn story(h: &House, title: &str, body: &str) -> String {
    h.made("owner", "story.create", json!({ "title": title, "body": body }), "story").await
}

#[tokio::test]
async fn words_are_found_however_they_are_written() {
    let h = House::new().await;
    for title in [
        "修复登录页面",
        "Die Straße nach Köln",
        "An e-mail for each refund",
        "Re-send the code",
        "Port it to C++",
        "Call the cat",
        "Leave .NET",
        "新しいログイン画面",
    ] {
        story(&h, title, "").await;
    }
    for (words, title) in [
        ("登录", "修复登录页面"),
        ("页面", "修复登录页面"),
        ("录", "修复登录页面"),
        ("ログイン", "新しいログイン画面"),
        ("strasse", "Die Straße nach Köln"),
        ("STRASSE koln", "Die Straße nach Köln"),
        ("email", "An e-mail for each refund"),
        ("e-mail", "An e-mail for each refund"),
        ("mail refu", "An e-mail for each refund"),
        ("resend", "Re-send the code"),
        ("re-send", "Re-send the code"),
        ("C++", "Port it to C++"),
        (".net", "Leave .NET"),
    ] {
        assert_eq!(found(&h, words).await, [title], "{words}");
    }
    for words in ["登页", "net.", "C#", "++", "", "\"*'", "fund"] {
        let all = found(&h, words).await;
        assert!(all.is_empty() || words == "net.", "{words}: {all:?}");
    }
    assert_eq!(found(&h, "c").await, ["Call the cat", "Port it to C++", "Re-send the code"]);
}

#[tokio::test]
async fn what_has_the_words_in_its_title_comes_first_and_the_newest_of_them() {
    let h = House::new().await;
    for (title, body) in [("Lantern one", ""), ("One", "has a lantern"), ("Lantern two", "lantern"), ("Two", "lantern")] {
        h.app.clock.forward(5);
        story(&h, title, body).await;
    }
    let order = ["Lantern two", "Lantern one", "Two", "One"];
    assert_eq!(found(&h, "lantern").await, order);
    // Edited, restored or learnt anew: the order stays.
    h.run("owner", "story.edit", json!({ "story": "1", "title": "Lantern one!" })).await.unwrap();
    let order = ["Lantern two", "Lantern one!", order[2], order[3]];
    assert_eq!(found(&h, "lantern").await, order);
    let registry = h.app.registry.clone();
    h.app.store.write(move |w| w.execute("delete from search_doc", &[]).and_then(|_| app::index_all(w, &registry))).await.unwrap();
    assert_eq!(found(&h, "lantern").await, order);
}

#[tokio::test]
async fn what_was_indexed_in_an_older_form_is_learnt_anew() {
    let h = House::new().await;
    let kept = story(&h, "Kept", "").await;
    let gone = story(&h, "Gone", "").await;
    let emptied = [Value::Text(kept.clone())];
    h.app.store.write(move |w| w.index(kernel::Uuid::nil(), "story", kernel::Uuid::parse_str(&kept).unwrap(), None)).await.unwrap();
    assert!(found(&h, "kept").await.is_empty());
    let wrong = h.app.check().await.unwrap().wrong;
    assert!(wrong.len() == 1 && wrong[0].contains("is found by no search"), "{wrong:?}");
    // As a database of before looks: it is known, in a form of before, and its words are not.
    let product = h.text("select id from product".into()).await;
    let older = [Value::Text(product), emptied[0].clone()];
    let sql = match h.app.store.is_shared() {
        true => "insert into search_doc (product, noun, id, form, words) values ($1, 'story', $2, 0, '')",
        false => "insert into search_doc (product, noun, id, form) values ($1, 'story', $2, 0)",
    };
    h.app.store.write(move |w| w.execute(sql, &older)).await.unwrap();
    h.app.store.write(move |w| w.execute("update search_doc set form = 0 where id = $1", &[Value::Text(gone)])).await.unwrap();
    assert_eq!(h.app.index_anew().await.unwrap(), 2);
    assert_eq!(found(&h, "kept").await, ["Kept"]);
    assert_eq!(h.app.index_anew().await.unwrap(), 0);
    assert!(terms::FORM > 0 && h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn what_was_written_last_is_found_among_what_was_written_before() {
    let h = House::new().await;
    let mut all = vec![];
    for n in 0..60 {
        all.push(story(&h, &format!("Beacon {n}"), "It glows.").await);
        assert_eq!(found(&h, &format!("glows beacon {n}")).await[0], format!("Beacon {n}"), "at once");
    }
    // The newest stands before the older, wherever each stands by now; what has the word in its title before what has not.
    story(&h, "A lamp", "Less than a beacon.").await;
    let first = found(&h, "beacon").await;
    assert_eq!(&first[..3], ["Beacon 59", "Beacon 58", "Beacon 57"]);
    assert_eq!(found(&h, "less beac").await, ["A lamp"]);
    // What was changed is found by its new words alone, whether long ago or just now.
    for n in [3, 58] {
        h.run("owner", "story.edit", json!({ "story": all[n], "title": format!("Torch {n}") })).await.unwrap();
        assert_eq!(found(&h, &format!("torch {n}")).await, [format!("Torch {n}")]);
        assert!(!found(&h, &format!("beacon {n}")).await.contains(&format!("Torch {n}")));
        h.run("owner", "story.remove", json!({ "story": all[n] })).await.unwrap();
        assert!(found(&h, "torch").await.is_empty());
    }
    h.app.gather_index().await.unwrap();
    assert_eq!(&found(&h, "beacon").await[..2], ["Beacon 59", "Beacon 57"]);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn what_full_text_was_told_piece_by_piece_is_found_after_the_pieces_were_brought_together() {
    let h = House::new().await;
    for n in 0..160 {
        story(&h, &format!("Lantern {n}"), "It shines.").await;
    }
    let pieces = h.app.gather_index().await.unwrap();
    assert!(h.app.store.is_shared() || pieces > 0, "there were many pieces");
    assert_eq!(h.app.gather_index().await.unwrap(), 0, "nothing is left to be done");
    assert_eq!(found(&h, "lantern 70").await, ["Lantern 70"]);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn the_sentence_in_which_the_words_were_found_is_shown_and_marked() {
    let h = House::new().await;
    let id = story(&h, "Refund", "First things first. Customers wait for an **e-mail** & a call. Then not.").await;
    let page = h.get("owner", "/ORB/search?q=email+refund").await.text;
    assert!(page.contains("<mark>Refund</mark>") && page.contains("Customers wait for an <mark>e-mail</mark> &amp; a call."), "{page}");
    assert!(!page.contains("First things"));
    // A comment is told by what it is about, and leads to where it stands in its thread.
    let said = json!({ "about": "story", "id": id, "body": "I saw <b>that</b> in 登录页面。" });
    let comment = h.made("developer", "comment.add", said, "comment").await;
    let page = h.get("owner", "/ORB/search?q=%E7%99%BB%E5%BD%95").await.text;
    assert!(
        page.contains("I saw &lt;b&gt;that&lt;/b&gt; in <mark>登录</mark>页面。")
            && page.contains(&format!("conversation?thread={comment}#c-{comment}")),
        "{page}"
    );
    assert!(h.get("owner", "/ORB/find?q=%E7%99%BB%E5%BD%95").await.text.contains(&format!("#c-{comment}")));
    h.run("owner", "comment.resolve", json!({ "comment": comment, "resolved": true })).await.unwrap();
    let thread = h.get("owner", &format!("/ORB/conversation?thread={comment}")).await.text;
    assert!(
        thread.contains("talk-thread over")
            && thread.contains(&format!("id=\"t-{comment}\" open"))
            && thread.contains(&format!("id=\"c-{comment}\"")),
        "{thread}"
    );
    let page = h.get("owner", "/ORB/search?q=refund").await.text;
    assert!(page.contains("I saw &lt;b&gt;that&lt;/b&gt;"), "found by what it is about, it is still told by its own words: {page}");
    assert!(h.get("owner", "/ORB/search?q=bicycle").await.text.contains("Nothing has “<bdi>bicycle</bdi>” in it."));
    let told = h.rest(&h.token("owner").await, "GET", "/products/ORB/search?q=call", json!(null)).await.json();
    assert_eq!(told[0]["sentence"], "Customers wait for an e-mail & a call.");
}
