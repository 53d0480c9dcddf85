//! What a story's panel shows of what blocks it: who can lift it, and the form that says so. The records of it are the room
//! of the board's, which lies downstream.

use crate::{Stage, Story};
use kernel::{Area, Column, Hat, Id, Look, Noun, Result, Scope};
use web::{Markup, act, command_form, disclosure, field, html, icon, may, select};

/// So many people are offered as those who can lift it.
const MOST: usize = 60;

/// What is to be known of it: who can lift what blocks the story, or who could be named.
#[derive(Default)]
pub(crate) struct Blocking {
    lifter: Option<String>,
    people: Vec<(String, String)>,
}

impl Blocking {
    pub fn read(look: &mut Look, story: &Story) -> Result<Blocking> {
        if story.blocked_since.is_some() {
            return Ok(Blocking { lifter: lifter(look, story.id())?, people: vec![] });
        }
        if !may(look.scope, Area::Work) || !matches!(story.stage, Stage::Open | Stage::Doing) {
            return Ok(Blocking::default());
        }
        let people = people::people_with(look, &[Hat::Manager, Hat::Owner, Hat::Developer], "", MOST)?;
        let people = people.into_iter().filter(|person| !person.is_assistant).map(|person| (person.id.to_string(), person.name)).collect();
        Ok(Blocking { lifter: None, people })
    }
}

fn lifter(look: &mut Look, story: Id<Story>) -> Result<Option<String>> {
    let sql = "select member.name from blocker join member on member.id = blocker.lifter
         where blocker.product = $1 and blocker.story = $2 and blocker.lifted_at is null and blocker.removed_at is null limit 1";
    look.first(sql, &[look.scope.product_id()?.value(), story.value()])?.map(|mut row| row.take()).transpose()
}

/// That it is blocked, by what, and who can lift it.
pub(crate) fn banner(s: &Story, known: &Blocking) -> Markup {
    html! { @if s.blocked_since.is_some() { p.banner.critical { (icon("ban")) strong { "Blocked" } " " span { bdi { (s.blocked_reason) } @if let Some(name) = &known.lifter { " · " bdi { (name) } " can lift it" } } } } }
}

/// The form that marks it, or the act that takes the mark away.
pub(crate) fn acts(scope: &Scope, s: &Story, known: &Blocking) -> Markup {
    let number = s.number.to_string();
    if s.blocked_since.is_some() {
        return act(scope, Area::Work, "story.unblock", &[("story", &number)], "No longer blocked", "");
    }
    let mut people = vec![(String::new(), "Not known yet".to_owned())];
    people.extend(known.people.iter().cloned());
    let fields = html! { input type="hidden" name="story" value=(number); (field("reason", "What blocks it", "")) (select("lifter", "Who can lift it", &people, "")) };
    disclosure("block", "Blocked?", "plain", command_form(scope, Area::Work, "story.block", "Mark as blocked", fields))
}
