//! What happens at the limit of a column.

use crate::{events::*, model::*, rows};
use backlog::Story;
use kernel::{Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Value, command};
use product::BoardColumn;

command! {
    /// Sets what happens when a card goes into a column that is at its limit.
    pub struct SetBoardRule in "board.set_rule" at Put "/products/{product}/board/rule" [Sprints] {
        pub at_limit: AtLimit,
    }
}

impl Command for SetBoardRule {
    type Before = Option<BoardRule>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        rows::rule(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Set what happens at the limit of a column".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(match before {
            Some(before) => Event::changed(&RULE_SET, &before, &BoardRule { at_limit: self.at_limit, ..before.clone() }),
            None => Event::created(&RULE_SET, &BoardRule { meta: moment.fresh(Some(scope.product_id()?)), at_limit: self.at_limit }),
        }
        .into())
    }
}

/// What the product at hand has said of its limits.
pub fn at_limit(look: &mut Look) -> Result<AtLimit> {
    Ok(rows::rule(look)?.map_or(AtLimit::Warn, |rule| rule.at_limit))
}

/// A column that a card would go into over its limit.
#[derive(Clone, Debug)]
pub struct Full {
    column: BoardColumn,
    asks: bool,
}

/// Whether a card would go into a column over its limit: as many as fit stand there already, in the sprint of the card, or
/// anywhere where it is in none.
pub fn full(look: &mut Look, story: &Story, column: &BoardColumn, columns: &[BoardColumn]) -> Result<Option<Full>> {
    let Some(wip) = column.wip else { return Ok(None) };
    let first = product::column_of(columns, column.stage).unwrap_or(column.id());
    if story.stage == column.stage && story.board_column.unwrap_or(first) == column.id() {
        return Ok(None);
    }
    let mut params = vec![look.scope.product_id()?.value(), Value::Text(column.stage.word().to_owned()), first.value(), column.id().value()];
    let mut and = "";
    if let Some(sprint) = story.sprint {
        params.push(sprint.value());
        and = " and sprint = $5";
    }
    params.push(Value::Int(wip));
    let sql = format!(
        "select count(*) from (select 1 from story where product = $1 and stage = $2 and removed_at is null and coalesce(board_column, $3) = $4{and}
           limit ${}) as cards",
        params.len()
    );
    if look.number(&sql, &params)? < wip {
        return Ok(None);
    }
    Ok(Some(Full { column: column.clone(), asks: at_limit(look)? == AtLimit::Ask }))
}

impl Full {
    /// What is noted of a card that goes in all the same; refused where the product asks for a reason and there is none.
    ///
    /// # Errors
    /// `Invalid` at `reason`.
    pub fn noted(full: Option<Full>, story: &Story, reason: &str, moment: &Moment, scope: &Scope) -> Result<Option<Event>> {
        let Some(Full { column, asks }) = full else { return Ok(None) };
        if reason.is_empty() {
            let limit = column.wip.unwrap_or_default();
            let says = format!("“{}” is at its limit of {limit}. Finish something there first, or say why this goes in all the same.", column.name);
            return if asks { Err(Refusal::invalid("reason", says)) } else { Ok(None) };
        }
        let over = OverLimit {
            meta: moment.fresh(Some(scope.product_id()?)),
            story: story.id(),
            board_column: column.id(),
            reason: reason.to_owned(),
            member: scope.who.member.map(Id::new),
        };
        Ok(Some(Event::created(&WENT_OVER, &over)))
    }
}

/// Why cards stand in a column that is over its limit: the column, the reason and who gave it, of each card the last one.
pub fn reasons(look: &mut Look, columns: &[Id<BoardColumn>]) -> Result<Vec<(Id<BoardColumn>, String, String)>> {
    if columns.is_empty() {
        return Ok(vec![]);
    }
    let rows = look.query(
        "select over_limit.board_column, over_limit.reason, coalesce(member.name, '') from over_limit
         join story on story.id = over_limit.story and story.board_column = over_limit.board_column and story.removed_at is null
         left join member on member.id = over_limit.member
         where over_limit.product = $1 and over_limit.board_column in each($2) and over_limit.removed_at is null and story.stage in ('open', 'doing', 'handed_over')
         and not exists (select 1 from over_limit as newer where newer.product = over_limit.product and newer.board_column = over_limit.board_column
           and newer.story = over_limit.story and newer.removed_at is null and newer.created_at >= over_limit.created_at
           and (newer.created_at > over_limit.created_at or newer.id > over_limit.id))
         order by over_limit.created_at desc, over_limit.id desc limit 20",
        &[look.scope.product_id()?.value(), kernel::list(columns.iter().map(|id| id.0))],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?, row.take()?))).collect()
}
