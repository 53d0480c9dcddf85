//! What is to be done in every product: the first stories of each backlog, in its own order.

use crate::pages::{Asked, seen};
use backlog::{Stage, StoryKind, face, kind_icon};
use kernel::{Area, Column, Look, ProductHead, Result, Uuid, Value, list, value::containing};
use std::collections::HashMap;
use web::{Filter, FilterBar, Markup, Term, html, pill, text::encode};

/// So many stories of each product are shown; the others stand in its own backlog.
const MOST: i64 = 15;

const TERMS: &[Term] = &[
    Term { name: "who", also: &["assignee"], says: "Works on it", values: &[("me", "Mine"), ("nobody", "Unassigned")], open: false },
    Term {
        name: "kind",
        also: &["type"],
        says: "Type",
        values: &[("story", "Stories"), ("bug", "Bugs"), ("task", "Tasks"), ("spike", "Spikes")],
        open: false,
    },
    Term {
        name: "stage",
        also: &[],
        says: "Stage",
        values: &[("doing", "In progress"), ("handed_over", "Handed over"), ("blocked", "Blocked")],
        open: false,
    },
];

/// A story as it is shown.
struct Line {
    number: i64,
    title: String,
    kind: StoryKind,
    stage: Stage,
    blocked: bool,
    assignee: Option<String>,
    /// How many of the product fit, this one among them.
    all: i64,
}

pub(crate) fn page(look: &mut Look, asked: &Asked) -> Result<Markup> {
    let said = [("who", asked.who.as_str()), ("kind", asked.kind.as_str()), ("stage", asked.stage.as_str())];
    let filter = Filter::read(TERMS, &asked.q, &said);
    let products = seen(look, Area::Backlog)?;
    let lines = lines(look, &products, &filter)?;
    Ok(view(&products, &lines, &filter))
}

/// The first stories of each product that fit, in one question.
fn lines(look: &mut Look, products: &[ProductHead], filter: &Filter) -> Result<HashMap<Uuid, Vec<Line>>> {
    let me = look.scope.who.signed_in()?;
    let mut params = vec![me.value(), list(products.iter().map(|product| product.id))];
    let mut and = String::new();
    let mut bind = |value: Value| {
        params.push(value);
        format!("${}", params.len())
    };
    and += match filter.get("stage") {
        "doing" => " and story.stage = 'doing'",
        "handed_over" => " and story.stage = 'handed_over'",
        "blocked" => " and story.blocked_since is not null and story.stage in ('open', 'doing')",
        // What is under way is somebody's too.
        _ if filter.get("who") == "me" => " and story.stage in ('open', 'doing', 'handed_over')",
        _ => " and story.stage = 'open'",
    };
    match filter.get("who") {
        "me" => and += " and story.assignee = $1",
        "nobody" => and += " and story.assignee is null",
        _ => {}
    }
    if StoryKind::parse(filter.get("kind")).is_some() {
        and += &format!(" and story.kind = {}", bind(Value::Text(filter.get("kind").to_owned())));
    }
    if !filter.words().is_empty() {
        let (lower, words) = (bind(containing(&filter.words().to_lowercase())), bind(containing(filter.words())));
        and += &format!(" and (lower(story.title) like {lower} escape '!' or story.title like {words} escape '!')");
    }
    let sql = format!(
        "select product, number, title, kind, stage, blocked, assignee, fitting from
         (select story.product as product, story.number as number, story.title as title, story.kind as kind, story.stage as stage,
             case when story.blocked_since is null then 0 else 1 end as blocked, member.name as assignee,
             row_number() over (partition by story.product order by story.rank, story.id) as place, count(*) over (partition by story.product) as fitting
          from story join membership mine on mine.product = story.product and mine.member = $1 and mine.removed_at is null
          left join member on member.id = story.assignee
          where story.product in each($2) and story.removed_at is null{and}) as ordered
         where place <= {MOST} order by product, place"
    );
    let mut found: HashMap<Uuid, Vec<Line>> = HashMap::new();
    // Which products these are was judged above; outside of one there is nothing to govern a question by.
    for mut row in look.reader.query(&sql, &params)? {
        let product: Uuid = row.take()?;
        found.entry(product).or_default().push(Line {
            number: row.take()?,
            title: row.take()?,
            kind: row.take()?,
            stage: row.take()?,
            blocked: row.take()?,
            assignee: row.take()?,
            all: row.take()?,
        });
    }
    Ok(found)
}

fn view(products: &[ProductHead], lines: &HashMap<Uuid, Vec<Line>>, filter: &Filter) -> Markup {
    let bar = FilterBar {
        label: "Filter all backlogs",
        placeholder: "Filter by words of the title, or who: kind:",
        page: "/all/backlog",
        filter,
        keeps: &[],
        more: &[],
        found_at: None,
    };
    html! {
        (bar.view())
        @if products.is_empty() { p.hint { "You see the backlog of no product." } }
        @else if lines.is_empty() && filter.is_plain() { p.hint { "There is nothing in these backlogs yet." } }
        @else if lines.is_empty() { p.hint { "Nothing fits. " a href="/all/backlog" { "Show everything" } } }
        @for product in products { @if let Some(own) = lines.get(&product.id) { section.of-product {
            h2 { a href={ "/" (product.key) "/backlog" } hx-boost="false" dir="auto" { (product.name) } " " span.quiet { (own.first().map_or(0, |line| line.all)) } }
            ul.lines { @for line in own { li {
                (kind_icon(line.kind)) span.key { (product.key) "-" (line.number) }
                a.what href={ "/" (product.key) "/story/" (line.number) } hx-boost="false" dir="auto" { (line.title) }
                @if line.blocked { (pill("critical", "blocked")) }
                @if line.stage != Stage::Open { (pill("neutral", line.stage.says())) }
                (face(line.assignee.as_deref()))
            } }
            @if own.first().is_some_and(|line| line.all > own.len() as i64) { li.quiet { a href={ "/" (product.key) "/backlog?" (own_address(filter)) } hx-boost="false" { "All of them in its backlog" } } } }
        } } }
    }
}

/// The same in the backlog of one product, as far as that says it too.
fn own_address(filter: &Filter) -> String {
    let blocked = filter.get("stage") == "blocked";
    let stage = filter.get("stage");
    let said = [
        ("q", filter.words()),
        ("who", filter.get("who")),
        ("kind", filter.get("kind")),
        ("is", if blocked { stage } else { "" }),
        ("stage", if blocked { "" } else { stage }),
    ];
    said.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}&", encode(value))).collect()
}
