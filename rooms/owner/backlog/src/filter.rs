//! What stories are filtered by, in the backlog and on a board: the terms, what they ask of the database, and the values
//! that are found while one types.

use crate::{
    choices::{features_called, labels_called},
    labels,
    model::StoryKind,
    rows::Backlog,
};
use kernel::{Area, Column, Id, Look, Ref, Refusal, Result, Scope, Value, fields::Pointed, list, value::containing};
use serde::Deserialize;
use web::{Ago, At, Filter, FilterBar, IntoResponse, Markup, Query, Response, Term, errors, html, product_path};

const KIND: Term = Term {
    name: "kind",
    also: &["type"],
    says: "Type",
    values: &[("story", "Stories"), ("bug", "Bugs"), ("task", "Tasks"), ("spike", "Spikes")],
    open: false,
};
const IS: Term = Term {
    name: "is",
    also: &[],
    says: "State",
    values: &[
        ("ready", "Ready"),
        ("unready", "Not ready"),
        ("unestimated", "Without estimate"),
        ("blocked", "Blocked"),
        ("waiting", "Waiting for another story"),
    ],
    open: false,
};
const READY: Term =
    Term { name: "ready", also: &[], says: "Ready", values: &[("yes", "Marked as ready"), ("no", "Not marked as ready")], open: false };
const UPDATED: Term = Term {
    name: "updated",
    also: &["changed"],
    says: "Changed",
    values: &[("<1w", "In the last week"), ("<2w", "In the last two weeks"), (">8w", "Not for eight weeks"), (">13w", "Not for three months")],
    open: true,
};
const WHO: Term = Term { name: "who", also: &["assignee"], says: "Works on it", values: &[("me", "Mine"), ("nobody", "Unassigned")], open: true };
const STAGE: Term = Term {
    name: "stage",
    also: &[],
    says: "Stage",
    values: &[("doing", "In progress"), ("handed_over", "Handed over"), ("accepted", "Accepted"), ("dropped", "Dropped"), ("all", "All stages")],
    open: false,
};
const FEATURE: Term = Term { name: "feature", also: &[], says: "Feature", values: &[("none", "Without feature")], open: true };
const LABEL: Term = Term { name: "label", also: &[], says: "Label", values: &[], open: true };

const FIELD: Term = Term { name: "field", also: &[], says: "Own field", values: &[], open: true };

/// The terms of the backlog, for whatever is narrowed to some of its stories.
pub const TERMS: &[Term] = &[KIND, IS, READY, WHO, STAGE, FEATURE, LABEL, UPDATED, FIELD];
/// Those of a board, where the lanes are the stages.
pub const TERMS_OF_A_BOARD: &[Term] = &[KIND, IS, WHO, FEATURE, LABEL];

impl Backlog {
    /// What a page of the backlog is narrowed by.
    pub fn filter(&self) -> Filter {
        let said = [
            ("kind", &self.kind),
            ("is", &self.is),
            ("ready", &self.ready),
            ("updated", &self.updated),
            ("who", &self.who),
            ("stage", &self.stage),
            ("feature", &self.feature),
            ("label", &self.label),
            ("field", &self.field),
        ];
        Filter::read(TERMS, &self.q, &said.map(|(name, value)| (name, value.as_str())))
    }
}

/// The bar over a list of stories.
pub fn filter_bar(scope: &Scope, label: &str, page: &str, filter: &Filter, keeps: &[(&str, &str)], more: &[(&str, Vec<(String, String)>)]) -> Markup {
    let found_at = format!("{}/backlog/values", product_path(scope));
    let bar =
        FilterBar {
            label, placeholder: "Filter by words, or type: ready: label: updated: …", page, filter, keeps, more, found_at: Some(&found_at)
        };
    bar.view()
}

/// What a filter asks of `story`, as conditions that go on a query; their values come to the parameters.
pub fn fitting(look: &mut Look, filter: &Filter, params: &mut Vec<Value>) -> Result<String> {
    fn bind(params: &mut Vec<Value>, value: Value) -> String {
        params.push(value);
        format!("${}", params.len())
    }
    let mut and = String::new();
    match filter.get("stage") {
        "" | "all" => {}
        stage => and += &format!(" and story.stage = {}", bind(params, Value::Text(stage.to_owned()))),
    }
    if !filter.words().is_empty() {
        let hits = look.reader.search(&[look.scope.product_id()?], filter.words(), &["story"], 200)?;
        and += &format!(" and story.id in each({})", bind(params, list(hits.into_iter().map(|(_, id)| id))));
        // Words in quotation marks stand together; what was found has them somewhere.
        for phrase in filter.phrases() {
            let (as_it_is, lower) = (bind(params, containing(phrase)), bind(params, containing(&phrase.to_lowercase())));
            let has = |field: &str| format!("story.{field} like {as_it_is} escape '!' or lower(story.{field}) like {lower} escape '!'");
            and += &format!(" and ({})", ["title", "body", "wants", "so_that"].map(has).join(" or "));
        }
    }
    if StoryKind::parse(filter.get("kind")).is_some() {
        and += &format!(" and story.kind = {}", bind(params, Value::Text(filter.get("kind").to_owned())));
    }
    match filter.get("label") {
        "" => {}
        label => {
            let mut names = labels::now_called(look, label)?;
            names.push(label.to_owned());
            let has = |name: &String| {
                let quoted = kernel::serde_json::to_string(name).unwrap_or_default();
                format!("story.labels like {} escape '!'", bind(params, containing(&quoted)))
            };
            // Said once more for the index of those that have any.
            and += &format!(" and story.labels <> '[]' and ({})", names.iter().map(has).collect::<Vec<_>>().join(" or "));
        }
    }
    match filter.get("feature") {
        "" => {}
        "none" => and.push_str(" and story.feature is null"),
        named => {
            let number = match Ref(named.to_owned()).resolve::<roadmap::Feature>(look.scope) {
                Ok(Pointed::Number(number)) => number,
                _ => return Err(Refusal::invalid("feature", "Name a feature by its number or key, such as ORB-12.")),
            };
            let (product, number) = (bind(params, look.scope.product_id()?.value()), bind(params, Value::Int(number)));
            and += &format!(" and story.feature = (select id from feature where product = {product} and number = {number})");
        }
    }
    match filter.get("field") {
        "" => {}
        asked => and += &format!(" and {}", fields::fits(look, fields::Thing::Story, "story.id", asked, params)?),
    }
    match filter.get("is") {
        "ready" => and.push_str(" and story.ready_at is not null"),
        "unready" => and.push_str(" and story.ready_at is null"),
        "unestimated" if look.tells(Area::Estimates) => and.push_str(" and story.points is null"),
        "blocked" => and.push_str(" and story.blocked_since is not null"),
        "waiting" => {
            let them = waiting(look)?;
            and += &format!(" and story.id in each({})", bind(params, them));
        }
        _ => {}
    }
    match filter.get("ready") {
        "yes" => and.push_str(" and story.ready_at is not null"),
        "no" => and.push_str(" and story.ready_at is null"),
        _ => {}
    }
    match filter.get("updated") {
        "" => {}
        said => {
            let Ago { longer, days } = Ago::read(said).map_err(|odd| Refusal::invalid("updated", odd))?;
            // To the minute, so that whoever asks again in it asks for the same.
            let since = bind(params, Value::Int(look.now() / 60_000 * 60_000 - days * 86_400_000));
            // What was changed lately is little, so the index of changes leads to it; of what was not there is much, met soon in
            // the order of the backlog, and the sign keeps that index out of it.
            and += &if longer { format!(" and +story.updated_at < {since}") } else { format!(" and story.updated_at >= {since}") };
        }
    }
    match filter.get("who") {
        "" => {}
        "nobody" => and.push_str(" and story.assignee is null"),
        who => {
            let them = someone(look, who)?;
            and += &format!(" and story.assignee in each({})", bind(params, list(them)));
        }
    }
    Ok(and)
}

/// So many that wait are looked at.
const MOST_WAITING: usize = 500;

/// The stories that another, which is not done yet, blocks. They are few, so they lead to their rows and not the other way.
fn waiting(look: &mut Look) -> Result<Value> {
    let sql = format!(
        "select distinct relation.to_id from relation join story on story.id = relation.from_id where relation.product = $1 and relation.verb = 'blocks'
         and relation.removed_at is null and story.removed_at is null and story.stage in ('open', 'doing', 'handed_over') limit {MOST_WAITING}"
    );
    let product = look.scope.product_id()?.value();
    let ids = look.query(&sql, &[product])?.into_iter().map(|mut row| row.take()).collect::<Result<Vec<kernel::Uuid>>>()?;
    Ok(list(ids))
}

/// The members that a filter names: `me`, an id, or a name of this product.
fn someone(look: &mut Look, named: &str) -> Result<Vec<Id<people::Member>>> {
    if named == "me" {
        return Ok(look.scope.who.member.map(Id::new).into_iter().collect());
    }
    if let Ok(id) = Id::<people::Member>::try_from(named) {
        return Ok(vec![id]);
    }
    let found: Vec<Id<people::Member>> = product::find_members(look, named, "")?.members.into_iter().map(|(member, _)| member.id).collect();
    match found.is_empty() {
        true => Err(Refusal::invalid("who", format!("Nobody here is called “{named}”."))),
        false => Ok(found),
    }
}

/// So many values are offered at once.
const OFFERED: usize = 8;

#[derive(Deserialize)]
pub(crate) struct Sought {
    term: String,
    #[serde(default)]
    q: String,
}

/// The values of a term that are called so: a piece of page, each value with its words.
pub(crate) async fn values(at: At, Query(sought): Query<Sought>) -> Response {
    let read = at.read(move |look| {
        let found = called(look, &sought.term, sought.q.trim())?;
        Ok(html! { @for (value, says) in found.into_iter().take(OFFERED) { a data-value=(value) { (says) } } })
    });
    match read.await {
        Ok(markup) => markup.into_response(),
        Err(refusal) => errors::problem(&refusal),
    }
}

fn called(look: &mut Look, term: &str, words: &str) -> Result<Vec<(String, String)>> {
    Ok(match term {
        "feature" => {
            let found = features_called(look, words, OFFERED)?;
            found.into_iter().map(|(number, title)| (look.scope.key(number), format!("{} {title}", look.scope.key(number)))).collect()
        }
        "label" => labels_called(look, words)?.into_iter().map(|label| (label.clone(), label)).collect(),
        "who" => product::find_members(look, words, "")?.members.into_iter().map(|(member, _)| (member.name.clone(), member.name)).collect(),
        _ => vec![],
    })
}
