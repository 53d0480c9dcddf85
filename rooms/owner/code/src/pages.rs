//! Where the addresses for code are made and revoked.

use crate::{
    model::*,
    receive,
    rows::{self, Line},
};
use kernel::{Noun, Scope};
use web::{
    At, Markup, Page, PageSpec, Response, Router, Web, Wing, act, asked_act, command_form, disclosure, empty, field, get, html, may, pill, post,
    several, time, who_decides,
};

pub(crate) const REPOSITORIES: PageSpec = PageSpec {
    path: "repositories",
    name: "Repositories",
    wing: Wing::Owner,
    under: "acceptance",
    live: &["code_source", "code_ref"],
    areas: &[AREA],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/{product}/repositories", get(page)).route("/code/{word}", post(receive::receive))
}

async fn page(at: At) -> Response {
    let origin = at.origin();
    at.page(move |look| {
        let lines = rows::lines(look)?;
        Ok(Page::of(&REPOSITORIES, view(look.scope, &lines, &origin)).primary(make(look.scope)))
    })
    .await
}

fn make(scope: &Scope) -> Markup {
    let fields = html! { (field("name", "The repository, such as orbit/app", "")) p.hint { "Its address is shown once; then make its secret." } };
    disclosure("make-source", "Add a repository", "primary", command_form(scope, AREA, "code_source.make", "Make its address", fields))
}

fn view(scope: &Scope, lines: &[Line], origin: &str) -> Markup {
    let key = scope.key(42);
    html! {
        p.lead { "Commits, branches and pull requests that name a story, such as " code { (key) } ", stand on it, as soon as the repository tells." }
        @if lines.is_empty() { (empty("git-branch", "No repository tells yet", if may(scope, AREA) { "Make an address for each repository, and enter it there as a webhook." } else { "Repositories are seen by those who have a say in the work." }, html! { p.hint { (who_decides(scope, AREA)) } })) }
        ul.lines { @for line in lines { @let s = &line.source; @let id = s.id().to_string(); li {
            div.what { strong { bdi { (s.name) } }
                p.hint { "made by " bdi { (line.by) } " " (time(scope, s.meta.created_at, scope.now)) " · "
                    @match line.last { Some(last) => { @if line.told > rows::MOST_COUNTED { "more than " } (several(line.told.min(rows::MOST_COUNTED), "piece")) " told, the last " (time(scope, last, scope.now)) } None => "nothing told yet" }
                    @if s.secret_at.is_none() && s.revoked_at.is_none() { " · without a secret it takes nothing" } } }
            @if s.revoked_at.is_some() { (pill("neutral", "revoked")) }
            @else {
                @if !line.here { (pill("neutral", "its maker has left")) }
                @if s.secret_at.is_none() { (act(scope, AREA, "code_source.new_secret", &[("code_source", &id)], "Make its secret", "")) }
                @else { (asked_act(scope, AREA, "code_source.new_secret", &[("code_source", &id)], "New secret", "plain", "The secret of before is worth nothing from then on. Enter the new one in the repository.")) }
                (act(scope, AREA, "code_source.revoke", &[("code_source", &id)], "Revoke", "plain"))
            }
        } } }
        details.more { summary { "How to set it up" }
            p { strong { "GitHub: " } "Settings, Webhooks, Add webhook. Payload URL is the address, content type " code { "application/json" } ", and Secret its secret. Send pushes and pull requests." }
            p { strong { "GitLab: " } "Settings, Webhooks, Add new webhook. URL is the address, and Secret token its secret. Trigger on push events and merge request events." }
            p { "Addresses look like " code { (origin) "/code/…" } ". A message that is not proven by the secret is refused. Of what is sent only titles, authors, links and states are kept." }
        }
    }
}
