//! The choices for a fact of one or several stories: a piece for the script to show where the fact stands, and without
//! script a page.

use crate::{capacity::Outlook, place, rows, work};
use backlog::{Fact, Stage, Story, StoryKind, kind_icon};
use kernel::{Id, Look, Ref, Refusal, Result, Scope, Standing};
use people::Member;
use serde::Deserialize;
use std::collections::HashMap;
use web::{
    At, IntoResponse, Markup, Page, PageSpec, Query, Response, Router, Web, Wing, action, avatar, capital, errors, get, html, may, points, several,
    who_decides,
};

/// So many people, features or labels are shown; more are found by typing.
const MOST: usize = 8;
/// The sizes that are offered; any other is typed.
const SIZES: &[f64] = &[0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0];

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/{product}/pick", get(pick))
}

/// Reached from a fact alone, and nothing without one.
pub(crate) const PICK: PageSpec = PageSpec { path: "pick", name: "Choose", wing: Wing::Owner, under: "backlog", ..PageSpec::PLAIN };

/// `?assignee=42` or `?points=42,43`: the fact, and the stories whose it is; `q` is what was typed.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(flatten)]
    about: HashMap<String, String>,
}

async fn pick(at: At, Query(asked): Query<Asked>) -> Response {
    if let Some((side, of)) = place::asked(&asked.about) {
        return place::answer(at, side, of.to_owned(), asked.q).await;
    }
    if !at.scripted {
        return at
            .page(move |look| {
                let picked = Picked::read(look, &asked)?;
                Ok(Page::of(&PICK, page(look.scope, &picked)).titled(picked.fact.act()))
            })
            .await;
    }
    match at.read(move |look| Picked::read(look, &asked).map(|picked| choices(look.scope, &picked, true))).await {
        Ok(markup) => markup.into_response(),
        Err(refusal) => errors::problem(&refusal),
    }
}

/// Something to choose.
pub(crate) struct Choice {
    /// Field of the command, and what it is set to.
    name: &'static str,
    value: String,
    face: Markup,
    label: String,
    hint: String,
    /// A key that chooses it at once.
    key: Option<String>,
    /// One of the sizes that are always offered: it is taken as soon as it is typed.
    size: bool,
    /// All of the stories have it already.
    chosen: bool,
}

impl Choice {
    fn new(name: &'static str, value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { name, value: value.into(), face: html! {}, label: label.into(), hint: String::new(), key: None, size: false, chosen: false }
    }

    /// One with a key, such as ORB-42.
    pub(crate) fn keyed(scope: &Scope, name: &'static str, number: i64, title: String) -> Choice {
        Choice { face: html! { span.key { (scope.key(number)) } }, ..Choice::new(name, number.to_string(), title) }
    }
}

/// What is asked about, and what there is to choose.
struct Picked {
    fact: Fact,
    stories: Vec<Story>,
    words: String,
    choices: Vec<Choice>,
    /// There are more than are shown.
    more: bool,
}

impl Picked {
    fn read(look: &mut Look, asked: &Asked) -> Result<Picked> {
        let (fact, of) = asked.about.iter().find_map(|(name, of)| Some((Fact::parse(name)?, of))).ok_or(Refusal::NotFound)?;
        look.scope.product_id()?;
        if !may(look.scope, fact.area()) {
            return Err(Refusal::denied(who_decides(look.scope, fact.area())));
        }
        let refs: Vec<Ref> = of.split(',').filter(|text| !text.trim().is_empty()).map(|text| Ref(text.to_owned())).collect();
        let mut picked = Picked { fact, stories: backlog::several(look, &refs)?, words: asked.q.trim().to_owned(), choices: vec![], more: false };
        match fact {
            Fact::Assignee => picked.people(look)?,
            Fact::Points => picked.sizes(look)?,
            Fact::Labels => picked.labels(look)?,
            Fact::Feature => picked.features(look)?,
            Fact::Sprint => picked.sprints(look)?,
            Fact::Kind => picked.kinds(),
        }
        picked.more |= picked.choices.len() > MOST + 2;
        Ok(picked)
    }

    fn all(&self, has: impl Fn(&Story) -> bool) -> bool {
        self.stories.iter().all(has)
    }

    fn any(&self, has: impl Fn(&Story) -> bool) -> bool {
        self.stories.iter().any(has)
    }

    /// Whether a text begins with, or holds, what was typed.
    fn fits(&self, text: &str) -> bool {
        text.to_lowercase().contains(&self.words.to_lowercase())
    }

    /// The way to take a fact away, where one of the stories has it.
    fn none(&mut self, label: &str, has: impl Fn(&Story) -> bool) {
        if self.any(has) && self.fits(label) {
            self.choices.push(Choice::new(self.fact.word(), "", label));
        }
    }

    fn people(&mut self, look: &mut Look) -> Result<()> {
        let hats = work::working_hats(look.scope);
        let me = look.scope.who.member.filter(|_| look.scope.who.assistant.is_none() && look.scope.who.hats.iter().any(|hat| hats.contains(hat)));
        let mut found: Vec<(Id<Member>, String)> =
            people::people_with(look, &hats, &self.words, MOST)?.into_iter().map(|person| (person.id, person.name)).collect();
        self.more = found.len() > MOST;
        // Whoever looks comes first: most of the time it is their own hand that goes up.
        if let Some(me) = me.map(Id::new) {
            let name = look.scope.who.name.clone();
            let named = self.fits(&name) || found.iter().any(|(id, _)| *id == me);
            found.retain(|(id, _)| *id != me);
            if named {
                found.insert(0, (me, name));
            }
        }
        found.truncate(MOST);
        for (n, (id, name)) in found.into_iter().enumerate() {
            let mine = Some(id) == me.map(Id::new);
            self.choices.push(Choice {
                face: avatar(&name),
                hint: if mine { "you".into() } else { String::new() },
                key: place(&self.words, n),
                chosen: self.all(|s| s.assignee == Some(id)),
                ..Choice::new("assignee", id.to_string(), name)
            });
        }
        self.none("Nobody", |s| s.assignee.is_some());
        Ok(())
    }

    fn sizes(&mut self, look: &mut Look) -> Result<()> {
        let agreed = scale::agreed(look)?;
        let offered: Vec<f64> = agreed.as_ref().map_or_else(|| SIZES.to_vec(), |scale| scale.cards.iter().map(|card| card.points).collect());
        let typed = self.words.replace(',', ".").parse::<f64>().ok().filter(|size| (0.0..=1000.0).contains(size));
        let mut sizes = offered.clone();
        // Where a scale is agreed on, no other size is taken.
        sizes.extend(typed.filter(|size| agreed.is_none() && !offered.contains(size)));
        for size in sizes.into_iter().filter(|size| self.words.is_empty() || points(Some(*size)).starts_with(&self.words) || Some(*size) == typed) {
            let key = (size < 10.0 && size.fract() == 0.0 && offered.contains(&size)).then(|| points(Some(size)));
            let named = agreed.as_ref().and_then(|scale| scale.cards.iter().find(|card| card.points == size)).map(|card| card.label.clone());
            let choice = Choice {
                key,
                size: offered.contains(&size),
                hint: named.filter(|label| *label != points(Some(size))).unwrap_or_default(),
                chosen: self.all(|s| s.points == Some(size)),
                ..Choice::new("points", size.to_string(), several(points(Some(size)), "point"))
            };
            // What was typed in full comes first.
            if Some(size) == typed { self.choices.insert(0, choice) } else { self.choices.push(choice) }
        }
        self.none("No estimate", |s| s.points.is_some());
        Ok(())
    }

    fn labels(&mut self, look: &mut Look) -> Result<()> {
        let mut labels: Vec<String> = vec![];
        for story in &self.stories {
            labels.extend(story.labels.iter().filter(|label| self.fits(label)).cloned());
        }
        labels.sort();
        labels.extend(backlog::labels_called(look, &self.words)?);
        let mut known = std::collections::HashSet::new();
        labels.retain(|label| known.insert(label.clone()));
        self.more = labels.len() > MOST;
        let new = !self.words.is_empty() && !labels.iter().any(|label| label.to_lowercase() == self.words.to_lowercase());
        labels.truncate(MOST);
        for label in labels {
            let chosen = self.all(|s| s.labels.contains(&label));
            self.choices.push(Choice { chosen, ..Choice::new(if chosen { "remove_labels" } else { "add_labels" }, label.clone(), label) });
        }
        if new {
            self.choices.push(Choice { hint: "new label".into(), ..Choice::new("add_labels", self.words.clone(), self.words.clone()) });
        }
        Ok(())
    }

    fn features(&mut self, look: &mut Look) -> Result<()> {
        let mut found = backlog::features_called(look, &self.words, MOST)?;
        self.more = found.len() > MOST;
        found.truncate(MOST);
        for (number, title) in found {
            self.choices.push(Choice::keyed(look.scope, "feature", number, title));
        }
        self.none("No feature", |s| s.feature.is_some());
        Ok(())
    }

    fn sprints(&mut self, look: &mut Look) -> Result<()> {
        if let Some(settled) = self.stories.iter().find(|s| matches!(s.stage, Stage::Accepted | Stage::Dropped)) {
            return Err(Refusal::invalid("stories", format!("“{}” is {} already; its sprint stays as it was.", settled.title, settled.stage)));
        }
        let loads = rows::loads(look)?;
        let last = loads.iter().map(|load| load.ends_on.clone()).max().unwrap_or_default();
        let outlook = Outlook::read(look, &last)?;
        for load in loads {
            if !self.fits(&load.name) {
                continue;
            }
            self.choices.push(Choice {
                hint: load.told(&outlook.capacity(&load.starts_on, &load.ends_on), look),
                chosen: self.all(|s| s.sprint == Some(load.id.0)),
                ..Choice::new("sprint", load.number.to_string(), load.name)
            });
        }
        self.none("No sprint", |s| s.sprint.is_some());
        Ok(())
    }

    fn kinds(&mut self) {
        let choice = |(n, kind): (usize, &StoryKind)| Choice {
            face: kind_icon(*kind),
            key: place(&self.words, n),
            chosen: self.all(|s| s.kind == *kind),
            ..Choice::new("kind", kind.word(), capital(kind.word()))
        };
        self.choices = StoryKind::ALL.iter().filter(|kind| self.fits(kind.word())).enumerate().map(choice).collect();
    }
}

/// The figure that chooses the so many-th before anything is typed.
fn place(words: &str, n: usize) -> Option<String> {
    words.is_empty().then(|| (n + 1).to_string())
}

/// Without script: a page with what the script would show.
fn page(scope: &Scope, picked: &Picked) -> Markup {
    let of: Vec<String> = picked.stories.iter().map(|s| s.number.to_string()).collect();
    html! {
        (web::find_form("q", "Find", &picked.words, html! { input type="hidden" name=(picked.fact) value=(of.join(",")); }))
        (choices(scope, picked, false))
    }
}

fn choices(scope: &Scope, picked: &Picked, scripted: bool) -> Markup {
    let area = picked.fact.area();
    let back = match picked.stories.as_slice() {
        [one] => format!("{}/story/{}", scope.product.as_ref().map_or(String::new(), |p| format!("/{}", p.key)), one.number),
        _ => format!("{}/backlog", scope.product.as_ref().map_or(String::new(), |p| format!("/{}", p.key))),
    };
    html! { form.picked method="post" action=(action(scope, "story.set")) data-act data-fact=(picked.fact) data-stay[picked.fact == Fact::Labels] {
        @for story in &picked.stories { input type="hidden" name="stories" value=(story.number); }
        // Beside a second field of its name a label with a comma stays one.
        @if picked.fact == Fact::Labels { input type="hidden" name="add_labels" value=""; input type="hidden" name="remove_labels" value=""; }
        @if !scripted { input type="hidden" name="_back" value=(back); }
        p.pick-head { strong { (picked.fact.title()) } " " span.quiet { @match picked.stories.as_slice() { [one] => { (scope.key(one.number)) " " bdi { (one.title) } } many => { (several(many.len(), "story")) } } } }
        @if scope.standing(area).1 == Standing::Proposes { p.hint { (who_decides(scope, area)) } }
        (options(&picked.choices, picked.fact.title(), scripted))
        @if picked.choices.is_empty() { p.hint { (nothing(picked)) } }
        @else if picked.more { p.hint { "There are more. Type to find them." } }
        p.error data-error="" {}
    } }
}

/// What is said where nothing can be chosen.
fn nothing(picked: &Picked) -> &'static str {
    match picked.fact {
        Fact::Sprint if picked.words.is_empty() => "No sprint is planned or running. Plan one under Sprint.",
        Fact::Feature if picked.words.is_empty() => "There is no feature yet. Features are written on the roadmap.",
        Fact::Labels if picked.words.is_empty() => "No label is in use yet. Type one.",
        _ => "Nothing is called so.",
    }
}

/// What there is to choose from, each a button; for the script the options of a list.
pub(crate) fn options(choices: &[Choice], title: &str, scripted: bool) -> Markup {
    html! { div.options #options role=[scripted.then_some("listbox")] aria-label=[scripted.then_some(title)] {
        @for (n, choice) in choices.iter().enumerate() {
            button.plain type="submit" name=(choice.name) value=(choice.value) id={ "option-" (n) } data-key=[choice.key.as_deref()] data-size[choice.size]
                role=[scripted.then_some("option")] tabindex=[scripted.then_some("-1")] aria-selected=[scripted.then_some(if choice.chosen { "true" } else { "false" })] .chosen[choice.chosen] {
                (choice.face) span.what dir="auto" { (choice.label) } @if !choice.hint.is_empty() { span.quiet { (choice.hint) } } @if let Some(key) = &choice.key { @if scripted { kbd { (key) } } }
            }
        }
    } }
}
