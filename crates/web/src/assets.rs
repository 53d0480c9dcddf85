//! Files that pages load: embedded, named by their content, cached for ever.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::LazyLock};

macro_rules! files {
    ($($name:literal = $path:literal),* $(,)?) => { &[("tandem.css", STYLE.as_bytes()), ("tandem.js", SCRIPT.as_bytes()), $(($name, include_bytes!(concat!("../assets/", $path)) as &[u8])),*] };
}

/// Pieces put together, in this order, into one file that a page loads.
macro_rules! joined {
    ($folder:literal, $ending:literal, $before:literal, $after:literal: $($piece:literal)*) => {
        concat!($before, $(include_str!(concat!("../assets/", $folder, "/", $piece, ".", $ending))),*, $after)
    };
}

/// The look: what is general first; in the layer of the pages what is for small screens last.
const STYLE: &str = joined!("style", "css", "", "":
    "head" "reset" "tokens" "base" "frame" "parts" "palette" "who" "gates" "home" "columns" "filter" "rows" "labels" "facts" "fields" "board" "standup" "sprint" "roadmap" "timeline" "story" "acceptance" "talk" "decisions" "settling" "retro" "priorities" "poker" "strategy" "canvas"
    "customers" "portal" "research" "measures" "launch" "refining" "understanding" "stakeholders" "updates" "activity" "thread" "search" "import" "calendar" "notices" "shared" "webhooks" "chart" "files" "practice" "tools" "narrow" "sheet" "touch" "print");

/// The script: pieces of one function, which see each other.
const SCRIPT: &str = joined!("page", "js", "(() => {\n\"use strict\";\n", "})();\n":
    "base" "show" "sheet" "say" "touch" "act" "typed" "choose" "facts" "paste" "file" "attach" "drag" "grid" "refine" "filter" "keys" "canvas" "who" "palette" "notices" "names" "live" "company" "chart" "work" "timer" "talk" "rate" "settle" "join" "quote" "alike" "thread" "timeline" "tools");

const FILES: &[(&str, &[u8])] = files! {
    "bicycle.svg" = "bicycle.svg",
    "htmx.min.js" = "vendor/htmx.min.js",
    "hx-preload.min.js" = "vendor/hx-preload.min.js",
    "sortable.min.js" = "vendor/sortable.min.js",
    "markdown-toolbar.js" = "vendor/markdown-toolbar.js",
    "icons.svg" = "vendor/icons.svg",
    "inter-latin-wght-normal.woff2" = "vendor/inter-latin-wght-normal.woff2",
    "inter-latin-ext-wght-normal.woff2" = "vendor/inter-latin-ext-wght-normal.woff2",
};

/// The letters of the house for what is drawn outside of a browser: regular and strong, each of the first alphabet and the rest.
pub const LETTERS: &[&[u8]] = &[
    include_bytes!("../assets/vendor/inter-latin-400.ttf"),
    include_bytes!("../assets/vendor/inter-latin-600.ttf"),
    include_bytes!("../assets/vendor/inter-latin-ext-400.ttf"),
    include_bytes!("../assets/vendor/inter-latin-ext-600.ttf"),
];

/// Where a file is, and what is at a place.
struct Table {
    paths: HashMap<&'static str, String>,
    contents: HashMap<String, &'static [u8]>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { paths: HashMap::new(), contents: HashMap::new() };
    for (name, bytes) in FILES {
        let digest: String = Sha256::digest(bytes).iter().take(6).map(|b| format!("{b:02x}")).collect();
        let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
        let hashed = format!("{stem}-{digest}.{ending}");
        table.contents.insert(hashed.clone(), bytes);
        table.contents.insert((*name).to_owned(), bytes);
        table.paths.insert(name, format!("/assets/{hashed}"));
    }
    table
});

/// The path of a file, with its content's hash in it.
pub fn path(name: &str) -> &'static str {
    TABLE.paths.get(name).map_or("/assets/unknown", String::as_str)
}

/// Whether the one set has an icon of this name.
pub fn has_icon(name: &str) -> bool {
    const ICONS: &str = include_str!("../assets/vendor/icons.svg");
    ICONS.contains(&format!("id=\"{name}\""))
}

/// Answers with a file.
pub async fn serve(Path(name): Path<String>) -> Response {
    let Some(bytes) = TABLE.contents.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    let hashed = !FILES.iter().any(|(plain, _)| *plain == name);
    let cache = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, HeaderValue::from_static(cache))], *bytes).into_response()
}
