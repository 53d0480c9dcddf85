//! What a link tells, as a feed that readers of feeds come for. The word of the link is the whole secret, so it stands in
//! the address alone; what stands in the feed is escaped, and a reader that has it already gets it once.

use crate::{At, Path, errors, when};
use app::Feed as Told;
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Text};
use axum::{
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Refusal, Result};

pub async fn atom(at: At, Path(word): Path<String>) -> Response {
    let hash = app::secret::hash(&word);
    let told = match at.house.app.limits.link(&hash, &at.peer.counted()) {
        Ok(()) => at.house.app.visit_feed(hash).await,
        Err(refusal) => Err(refusal),
    };
    let written = told.and_then(|told| written(&told, &format!("{}/shared/{word}", at.origin())));
    let xml = match written {
        Ok(xml) => xml,
        Err(refusal) => return (errors::status(&refusal), refusal.sentence()).into_response(),
    };
    let tag = format!("\"{}\"", app::secret::hash(&xml));
    let head = [
        (header::ETAG, tag.as_str()),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    let known = at.headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    match known.is_some_and(|tags| tags.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)) {
        true => (StatusCode::NOT_MODIFIED, head).into_response(),
        false => (StatusCode::OK, head, xml).into_response(),
    }
}

fn written(told: &Told, address: &str) -> Result<String> {
    let at = |at: i64| FixedDateTime::parse_from_rfc3339(&when::iso(at)).map_err(|error| Refusal::broken(error.to_string()));
    let link = |rel: &str, href: String| Link { rel: rel.into(), href, ..Link::default() };
    let entry = |entry: &kernel::shared::Entry| -> Result<Entry> {
        Ok(Entry {
            title: Text::plain(entry.title.clone()),
            id: format!("urn:uuid:{}", entry.id),
            updated: at(entry.at)?,
            published: Some(at(entry.at)?),
            links: vec![link("alternate", format!("{address}#u-{}", entry.id.simple()))],
            content: Some(Content { value: Some(entry.html.clone()), content_type: Some("html".into()), ..Content::default() }),
            ..Entry::default()
        })
    };
    let feed = Feed {
        title: Text::plain(format!("{}: {}", told.product, crate::lower_first(told.says.trim_start_matches("The ")))),
        id: format!("urn:uuid:{}", told.link),
        // Where nothing has been told yet, the feed is as old as the link.
        updated: at(told.entries.first().map_or(told.since, |entry| entry.at))?,
        generator: Some(Generator { value: "Tandem".into(), ..Generator::default() }),
        links: vec![link("self", format!("{address}/feed.atom")), link("alternate", address.to_owned())],
        entries: told.entries.iter().map(entry).collect::<Result<_>>()?,
        ..Feed::default()
    };
    Ok(feed.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Uuid, shared::Entry};

    #[test]
    fn what_people_wrote_is_escaped_and_reads_back_as_it_was() {
        let html = "<p>a &amp; b ]]&gt; <b>c</b></p>".to_owned();
        let entry = Entry { id: Uuid::from_u128(7), title: "<script>&\"]]>".into(), html: html.clone(), at: 1_790_000_000_000 };
        let told = Told { link: Uuid::from_u128(1), product: "O & B".into(), says: "The updates", since: 0, entries: vec![entry] };
        let xml = written(&told, "https://t.example/shared/w").unwrap();
        assert!(!xml.contains("<script>") && !xml.contains("<b>"), "{xml}");
        let read = Feed::read_from(xml.as_bytes()).unwrap();
        assert_eq!(read.title.value, "O & B: updates");
        assert_eq!(read.entries[0].title.value, "<script>&\"]]>");
        assert_eq!(read.entries[0].content.as_ref().and_then(|content| content.value.clone()), Some(html));
        assert_eq!(read.updated.timestamp_millis(), 1_790_000_000_000);
    }
}
