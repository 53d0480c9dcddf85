//! The page of the workspace.

use crate::{rows, views};
use web::{
    At, Page, PageSpec, Response, Router, Spot, Web,
    app::{Credential, jobs},
    get,
};

pub(crate) const WORKSPACE: PageSpec = PageSpec {
    path: "/workspace",
    name: "Workspace",
    stand: Spot::Menu,
    icon: "settings",
    under: "workspace",
    live: &["backup", "dead_letter"],
    administrators: true,
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new().route("/workspace", get(page))
}

async fn page(at: At) -> Response {
    let app = at.house.app.clone();
    let own = match &at.visitor.credential {
        Credential::Session(hash) => Some(hash.clone()),
        _ => None,
    };
    at.page(move |look| {
        let given_up = look.number("select count(*) from dead_letter where removed_at is null", &[])?;
        let shown = views::Shown {
            standing: jobs::standing(look.reader)?,
            given_up,
            mails: app.mails(),
            kept: app.backups(),
            backups: rows::backups(look.reader)?,
            size: rows::size(look)?,
            own,
            sign_ins: rows::sign_ins(look)?,
            tokens: rows::tokens(look)?,
            shared: rows::shared(look)?,
        };
        Ok(Page::of(&WORKSPACE, views::workspace(look.scope, &shown)))
    })
    .await
}
