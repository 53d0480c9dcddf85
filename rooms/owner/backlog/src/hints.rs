//! Hints on the panel of a story that is still to be planned, and putting one aside.

use crate::{
    events::*,
    invest::{self, Hint, Text},
    links_view::Kin,
    model::*,
    rows,
};
use kernel::{Area, Column, Command, Decided, Line, Look, Moment, Ref, Refusal, Result, Scope, command, event::edit};
use web::{Markup, action, html, may, short_label};

/// From so many accepted sizes on one can say what is usual; the newest so many are looked at.
const ENOUGH: usize = 10;
const NEWEST: i64 = 100;

/// The size that nine of ten of the newest accepted stories stay within; nothing where too few were, or sizes are not seen.
pub(crate) fn usual_size(look: &mut Look) -> Result<Option<f64>> {
    if !look.tells(Area::Estimates) {
        return Ok(None);
    }
    let product = look.scope.product_id()?;
    let sql = format!(
        "select points from (select points from story where product = $1 and stage = 'accepted' and settled_at is not null and removed_at is null
         order by settled_at desc limit {NEWEST}) as newest where points is not null"
    );
    let mut sizes: Vec<f64> = look.query(&sql, &[product.value()])?.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
    sizes.sort_by(f64::total_cmp);
    Ok((sizes.len() >= ENOUGH).then(|| sizes.get((sizes.len() * 9).div_ceil(10) - 1).copied()).flatten())
}

/// What is to be said of a story, put aside or not.
pub(crate) fn of(scope: &Scope, s: &Story, criteria: &[Criterion], kin: &[Kin], usual: Option<f64>) -> Vec<Hint> {
    invest::hints(&Text {
        title: &s.title,
        wants: &s.wants,
        so_that: &s.so_that,
        body: &s.body,
        is_story: s.kind == StoryKind::Story,
        criteria: criteria.iter().map(|c| c.body.as_str()).collect(),
        points: s.points,
        usual,
        waits_for: kin.iter().filter(|k| k.holds_up()).map(|k| scope.key(k.number)).collect(),
    })
}

/// The hints of a story, those that were put aside behind a fold.
pub(crate) fn view(scope: &Scope, s: &Story, hints: &[Hint]) -> Markup {
    let (aside, open): (Vec<&Hint>, Vec<&Hint>) = hints.iter().partition(|hint| s.hints_off.contains(&hint.mark()));
    html! { @if s.stage == Stage::Open && !hints.is_empty() {
        section.hints #hints { h3 { "Worth a thought" span.quiet { " INVEST" } }
            @if !open.is_empty() { ul.lines { @for hint in &open { (one(scope, s, hint, true)) } } }
            @if !aside.is_empty() { details.more { summary { (aside.len()) " put aside" } ul.lines { @for hint in &aside { (one(scope, s, hint, false)) } } } }
        }
    } }
}

fn one(scope: &Scope, s: &Story, hint: &Hint, open: bool) -> Markup {
    let label = if open { "Put aside" } else { "Bring back" };
    html! { li.hint-line {
        span { strong { (web::capital(hint.letter.says())) } " " (hint.says) ": " bdi.rests { (hint.rests_on) } }
        @if may(scope, Area::Backlog) { form.act method="post" action=(action(scope, "story.put_hint_aside")) data-act {
            input type="hidden" name="story" value=(s.number); input type="hidden" name="hint" value=(hint.mark()); input type="hidden" name="aside" value=(open);
            button.plain type="submit" aria-label={ (short_label(scope, Area::Backlog, label)) ": " (hint.says) } { (short_label(scope, Area::Backlog, label)) }
        } }
    } }
}

/// So many are kept aside for a story; the oldest are forgotten.
const KEPT: usize = 30;

command! {
    /// Puts a hint about a story aside, or brings it back. It comes back by itself once it rests on other words or figures.
    pub struct PutHintAside in "story.put_hint_aside" at Put "/products/{product}/stories/{story}/hints" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        /// The hint by what it is about and a digest of what it rests on: `small: 9f86d081884c7d65`.
        pub hint: Line<200>,
        pub aside: bool,
    }
}

impl Command for PutHintAside {
    type Before = Story;

    fn load(&self, look: &mut Look) -> Result<Story> {
        rows::story(look, &self.story)
    }
    fn title(&self, before: &Story) -> String {
        format!("{} a hint about “{}”", if self.aside { "Put aside" } else { "Bring back" }, before.title)
    }
    fn decide(self, before: Story, _: &Moment, _: &Scope) -> Result<Decided> {
        let about = self.hint.split(':').next().unwrap_or_default();
        if invest::Letter::parse(about).is_none() {
            return Err(Refusal::invalid("hint", "There is no such hint."));
        }
        Ok(edit(&STORY_HINT_ASIDE, &before, |s| {
            s.hints_off.0.retain(|known| known.as_str() != &*self.hint);
            if self.aside {
                s.hints_off.0.push(self.hint.into());
            }
            let over = s.hints_off.len().saturating_sub(KEPT);
            s.hints_off.0.drain(..over);
            Ok(())
        })?
        .into())
    }
}
