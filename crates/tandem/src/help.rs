//! Help: the user documentation of `docs/`, served by the program itself.

use kernel::{PageSpec, Refusal, Room, Spot};
use web::{At, Page, Path, PreEscaped, Response, Router, Web, errors, get, html, text::markdown};

const PAGES: &[(&str, &str, &str)] = &[
    ("start", "First steps", include_str!("../../../docs/start.md")),
    ("who-decides", "Who decides what", include_str!("../../../docs/who-decides.md")),
    ("priorities", "Priorities", include_str!("../../../docs/priorities.md")),
    ("deciding", "Deciding together", include_str!("../../../docs/deciding.md")),
    ("conversation", "Conversation", include_str!("../../../docs/conversation.md")),
    ("chain", "The chain", include_str!("../../../docs/chain.md")),
    ("customers", "Customers", include_str!("../../../docs/customers.md")),
    ("roadmap", "Roadmap", include_str!("../../../docs/roadmap.md")),
    ("portal", "Feedback portal", include_str!("../../../docs/portal.md")),
    ("planning", "Sprints and flow", include_str!("../../../docs/planning.md")),
    ("poker", "Planning poker", include_str!("../../../docs/poker.md")),
    ("surveys", "Kano surveys", include_str!("../../../docs/surveys.md")),
    ("research", "Research", include_str!("../../../docs/research.md")),
    ("strategy", "Strategy", include_str!("../../../docs/strategy.md")),
    ("measures", "Measures", include_str!("../../../docs/measures.md")),
    ("refinement", "Backlog and refinement", include_str!("../../../docs/refinement.md")),
    ("board", "Board and stand-up", include_str!("../../../docs/board.md")),
    ("verify", "Test results", include_str!("../../../docs/verify.md")),
    ("retro", "Review and retrospective", include_str!("../../../docs/retro.md")),
    ("code", "Code on stories", include_str!("../../../docs/code.md")),
    ("launch", "Launch and outcome", include_str!("../../../docs/launch.md")),
    ("thread", "The thread", include_str!("../../../docs/thread.md")),
    ("understanding", "Shared understanding", include_str!("../../../docs/understanding.md")),
    ("stakeholders", "Stakeholders", include_str!("../../../docs/stakeholders.md")),
    ("updates", "Updates", include_str!("../../../docs/updates.md")),
    ("practice", "The practice club", include_str!("../../../docs/practice.md")),
    ("practice-authoring", "Writing a challenge", include_str!("../../../docs/practice-authoring.md")),
    ("assistant", "A model that helps", include_str!("../../../docs/assistant.md")),
    ("import", "Importing a backlog", include_str!("../../../docs/import.md")),
    ("estimate", "Estimates", include_str!("../../../docs/estimate.md")),
    ("reports", "Reports", include_str!("../../../docs/reports.md")),
    ("forecast", "Forecasts", include_str!("../../../docs/forecast.md")),
    ("root-cause", "Root causes", include_str!("../../../docs/root-cause.md")),
    ("notices", "Notices", include_str!("../../../docs/notices.md")),
    ("phone", "On a phone", include_str!("../../../docs/phone.md")),
    ("keyboard", "Keyboard", include_str!("../../../docs/keyboard.md")),
    ("rest", "REST and tokens", include_str!("../../../docs/rest.md")),
    ("operate", "Running it", include_str!("../../../docs/operate.md")),
    ("scale", "How far it carries", include_str!("../../../docs/scale.md")),
    ("security", "Security", include_str!("../../../docs/security.md")),
];

const HELP: PageSpec = PageSpec {
    path: "/help",
    name: "Help",
    stand: Spot::Menu,
    icon: "circle-help",
    under: "help",
    sights: &[("rest", "/rest"), ("keyboard", "/keyboard"), ("operate", "/operate")],
    ..PageSpec::PLAIN
};

/// Help is read like a room.
pub(crate) static ROOM: Room = Room { name: "help", pages: &[HELP], ..Room::EMPTY };

pub fn routes() -> Router<Web> {
    Router::new().route("/help", get(contents)).route("/help/{page}", get(page))
}

async fn contents(at: At) -> Response {
    show(at, "start").await
}

async fn page(at: At, Path(page): Path<String>) -> Response {
    show(at, &page).await
}

/// A table that is wider than its place is scrolled, and nothing else is.
fn tables(html: &str) -> String {
    const OPEN: &str = r#"<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>"#;
    html.replace("<table>", OPEN).replace("</table>", "</table></div>")
}

async fn show(at: At, name: &str) -> Response {
    let Some((current, title, text)) = PAGES.iter().find(|(path, ..)| *path == name) else {
        return errors::page(&at, Refusal::NotFound).await;
    };
    at.page(move |look| {
        look.scope.who.signed_in()?;
        let body = html! {
            nav.chips aria-label="Help pages" { @for (path, title, _) in PAGES { a.chip href={ "/help/" (path) } aria-current=[(path == current).then_some("page")] { (title) } " " } }
            div.prose.help { (PreEscaped(tables(&markdown(text).into_string()))) }
            p { a href="/" { "Back to your product" } }
        };
        Ok(Page::of(&HELP, body).titled(format!("Help: {title}")))
    })
    .await
}
