//! What cards carry besides their own facts: how old they are against the pace of the product, who can lift what blocks
//! them, the code that names them; and what is said of columns that are over their limits.

use crate::{board_view::place, fold::Fold, rows::Card};
use backlog::{Stage, branch_name, to_select};
use board::{AtLimit, Pace, age};
use kernel::{Id, Look, Noun, Result, Scope, Uuid, list};
use product::BoardColumn;
use std::collections::HashMap;
use web::{Markup, html, icon, pill, several};

/// Code that names a story, counted.
#[derive(Clone, Copy, Default)]
pub(crate) struct Code {
    commits: i64,
    branches: i64,
    open: i64,
    merged: i64,
}

#[derive(Default)]
pub(crate) struct Marks {
    pace: Option<Pace>,
    /// By the numbers of stories.
    lifters: HashMap<i64, String>,
    code: HashMap<Uuid, Code>,
    /// Why a card stands in a column over its limit, and who said so.
    reasons: Vec<(Id<BoardColumn>, String, String)>,
    asks: bool,
    /// The board goes on, so what helps with the work stands on its cards.
    live: bool,
}

impl Marks {
    /// For the cards of a board that goes on: what none of those that are drawn needs is not asked for.
    pub fn read(look: &mut Look, columns: &[BoardColumn], cards: &[Card], fold: &Fold) -> Result<Marks> {
        let over: Vec<Id<BoardColumn>> = columns.iter().filter(|c| is_over(columns, c, cards)).map(Noun::id).collect();
        let drawn: Vec<&Card> = cards.iter().filter(|card| fold.draws(card)).collect();
        Ok(Marks {
            pace: if drawn.iter().any(|c| c.started_at.is_some()) { board::pace(look)? } else { None },
            lifters: if drawn.iter().any(|c| c.blocked_since.is_some()) { board::lifters(look)? } else { HashMap::new() },
            code: code(look, &drawn)?,
            reasons: board::reasons(look, &over)?,
            asks: if columns.iter().any(|c| c.wip.is_some()) { board::at_limit(look)? == AtLimit::Ask } else { false },
            live: true,
        })
    }

    /// What a column says of its limit and its policy.
    pub fn of_column(&self, column: &BoardColumn, over: bool) -> Markup {
        html! {
            @if !column.policy.is_empty() { details.policy id={ "policy-" (column.id()) } { summary { "Policy" } p dir="auto" { (column.policy) } } }
            @if over { @for (_, reason, by) in self.reasons.iter().filter(|(id, ..)| *id == column.id()).take(2) { p.hint.why-over { bdi { (reason) } @if !by.is_empty() { " · " bdi { (by) } } } } }
            @if over && self.asks && !self.reasons.iter().any(|(id, ..)| *id == column.id()) { p.hint.why-over { "Another card asks for a reason." } }
        }
    }

    /// What a card says besides its facts; nothing where there is nothing.
    pub fn of_card(&self, scope: &Scope, c: &Card) -> Markup {
        let (aged, code) = (self.aged(scope, c), self.code.get(&c.id));
        let lifter = self.lifters.get(&c.number).filter(|_| c.blocked_since.is_some());
        let begun = matches!(c.stage, Stage::Doing);
        html! { @if lifter.is_some() || code.is_some() || begun || !aged.0.is_empty() { p.meta.marks {
            @if let Some(name) = lifter { span.lifter { bdi { (name) } " can lift it" } }
            (aged)
            @if let Some(code) = code { (code.view()) }
            @if begun && self.live { (copy(scope, c)) }
        } } }
    }

    /// How old a card under way is: said plainly at first, and marked once it takes longer than most do here.
    fn aged(&self, scope: &Scope, c: &Card) -> Markup {
        let Some(started) = c.started_at.filter(|_| matches!(c.stage, Stage::Doing | Stage::HandedOver)) else { return html! {} };
        let days = age(started, scope.now);
        let told = several(days, "day");
        let against = self.pace.map(|pace| {
            format!("Of the last {} stories half took up to {}, and 85 % up to {}.", pace.count, several(pace.half, "day"), several(pace.most, "day"))
        });
        match self.pace {
            Some(pace) if days > pace.most => {
                html! { span.age title=[against] { (icon("clock")) (pill("warning", &format!("{told}, longer than 85 %"))) } }
            }
            Some(pace) if days > pace.half => html! { span.age.slow title=[against] { (icon("clock")) (told) ", longer than half" } },
            _ => html! { span.age title=[against] { (icon("clock")) (told) } },
        }
    }
}

/// Whether more cards stand in a column than fit.
pub(crate) fn is_over(columns: &[BoardColumn], column: &BoardColumn, cards: &[Card]) -> bool {
    column.wip.is_some_and(|wip| cards.iter().filter(|c| place(columns, c) == Some(column.id())).count() as i64 > wip)
}

/// Copies what a branch for it would be called.
fn copy(scope: &Scope, c: &Card) -> Markup {
    let name = branch_name(&scope.key(c.number), &c.title);
    html! { button.plain.copy-branch type="button" data-copy=(name) title={ "Copy branch name: " (name) } aria-label={ "Copy branch name of " (scope.key(c.number)) } { (icon("copy")) } (to_select(&name)) }
}

impl Code {
    fn view(self) -> Markup {
        let mut told = vec![];
        for (count, says) in [(self.open, "open pull request"), (self.merged, "merged pull request"), (self.commits, "commit")] {
            if count > 0 {
                told.push(several(count, says));
            }
        }
        if self.branches > 0 {
            told.push(if self.branches == 1 { "1 branch".to_owned() } else { format!("{} branches", self.branches) });
        }
        let told = told.join(", ");
        html! { span.code-mark title=(told) { (icon("git-branch")) @if self.open > 0 { "pull request" } @else if self.merged > 0 { "merged" } @else if self.branches > 0 { "branch" } @else { (several(self.commits, "commit")) } span.hidden { ": " (told) } } }
    }
}

/// The code that names these stories, in one question.
fn code(look: &mut Look, cards: &[&Card]) -> Result<HashMap<Uuid, Code>> {
    if cards.is_empty() {
        return Ok(HashMap::new());
    }
    let sum = |what: &str| format!("cast(sum(case when {what} then 1 else 0 end) as bigint)");
    let sql = format!(
        "select story, {}, {}, {}, {} from code_ref where story in each($1) and removed_at is null group by story",
        sum("kind = 'commit'"),
        sum("kind = 'branch' and state <> 'deleted'"),
        sum("kind = 'pull_request' and state = 'open'"),
        sum("kind = 'pull_request' and state = 'merged'"),
    );
    let rows = look.query(&sql, &[list(cards.iter().map(|c| c.id))])?;
    rows.into_iter()
        .map(|mut row| Ok((row.take()?, Code { commits: row.take()?, branches: row.take()?, open: row.take()?, merged: row.take()? })))
        .collect()
}
