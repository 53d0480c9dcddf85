//! For whom a story is: a persona of the research, or words of one's own. The name of the persona stands in the story's text, so that
//! whoever reads it elsewhere (files, exports) reads it too.

use crate::{events::*, model::*, rows};
use kernel::{Area, Column, Command, Decided, Id, Look, Moment, Ref, Refusal, Result, Scope, Uuid, Value, command, event::edit};
use web::{Markup, command_form, disclosure, html, product_path, select};

/// A persona to choose: its id and its name.
pub(crate) type Persona = (Uuid, String);

/// So many are offered; products have few.
const MOST: i64 = 100;

/// The personas of the product, as far as the asker sees them.
pub(crate) fn personas(look: &mut Look) -> Result<Vec<Persona>> {
    if !look.scope.sees(Area::Research) {
        return Ok(vec![]);
    }
    let sql = "select id, name from persona where product = $1 and removed_at is null order by lower(name), id limit $2";
    let found = look.query(sql, &[look.scope.product_id()?.value(), Value::Int(MOST)])?;
    found.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The persona that is chosen by its id.
pub(crate) fn chosen(look: &mut Look, id: Option<Id<()>>) -> Result<Option<Persona>> {
    let Some(id) = id else { return Ok(None) };
    personas(look)?.into_iter().find(|(known, _)| *known == id.0).map(Some).ok_or(Refusal::NotFound)
}

command! {
    /// Chooses the persona that a story is for; none takes it away and leaves the words.
    pub struct ChoosePersona in "story.choose_persona" at Put "/products/{product}/stories/{story}/persona" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        /// The id of a persona of the research; empty takes it away.
        #[serde(default)]
        pub persona: Option<Id<()>>,
    }
}

impl Command for ChoosePersona {
    type Before = (Story, Option<Persona>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = rows::story(look, &self.story)?;
        Ok((story, chosen(look, self.persona)?))
    }
    fn title(&self, (story, chosen): &Self::Before) -> String {
        match chosen {
            Some((_, name)) => format!("“{}” is for {name}", story.title),
            None => format!("“{}” is for no persona in particular", story.title),
        }
    }
    fn decide(self, (before, chosen): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&STORY_PERSONA, &before, |s| {
            s.persona_of = chosen.as_ref().map(|(id, _)| *id);
            if let Some((_, name)) = chosen {
                s.persona = name;
            }
            Ok(())
        })?
        .into())
    }
}

/// The field in which one of them is chosen.
pub(crate) fn choice(name: &str, personas: &[Persona], now: Option<Uuid>) -> Markup {
    let mut all = vec![(String::new(), "Nobody in particular".to_owned())];
    all.extend(personas.iter().map(|(id, name)| (id.simple().to_string(), name.clone())));
    select(name, "Persona", &all, &now.map(|id| id.simple().to_string()).unwrap_or_default())
}

/// On the panel: whom it is for, with the way to their page, and the choice of another.
pub(crate) fn view(scope: &Scope, s: &Story, personas: &[Persona]) -> Markup {
    let chosen = s.persona_of.and_then(|id| personas.iter().find(|(known, _)| *known == id));
    let form = html! { input type="hidden" name="story" value=(s.number); (choice("persona", personas, s.persona_of)) };
    html! { @if !personas.is_empty() { div { dt { "Persona" } dd {
        @match chosen { Some((id, name)) => { a href={ (product_path(scope)) "/personas?open=" (id.simple()) } { bdi { (name) } } " " } None => { span.quiet { "–" } " " } }
        (disclosure("persona", "Choose", "plain", command_form(scope, Area::Backlog, "story.choose_persona", "Choose", form)))
    } } } }
}
