//! A place in the backlog, chosen by the story that it is next to: what dragging does in one go. A piece for the script,
//! and without script a page.

use crate::pick::{Choice, PICK, options};
use backlog::Story;
use kernel::{Area, Look, Ref, Refusal, Result, Scope, Standing};
use std::collections::HashMap;
use web::{At, IntoResponse, Markup, Page, Response, action, errors, html, may, several, who_decides};

/// So many stories are shown; more are found by typing.
const MOST: usize = 40;

/// Whether a place is asked about: on which side of another story, and for which ones.
pub(crate) fn asked(about: &HashMap<String, String>) -> Option<(Side, &str)> {
    [Side::Before, Side::After].into_iter().find_map(|side| Some((side, about.get(side.field())?.as_str())))
}

#[derive(Clone, Copy)]
pub(crate) enum Side {
    Before,
    After,
}

impl Side {
    const fn field(self) -> &'static str {
        match self {
            Side::Before => "before",
            Side::After => "after",
        }
    }
    const fn title(self) -> &'static str {
        match self {
            Side::Before => "Move before",
            Side::After => "Move after",
        }
    }
}

/// What moves, and next to what it can go.
struct Places {
    side: Side,
    stories: Vec<Story>,
    words: String,
    choices: Vec<Choice>,
    more: bool,
}

impl Places {
    fn read(look: &mut Look, side: Side, of: &str, words: &str) -> Result<Places> {
        look.scope.product_id()?;
        if !may(look.scope, Area::Backlog) {
            return Err(Refusal::denied(who_decides(look.scope, Area::Backlog)));
        }
        let refs: Vec<Ref> = of.split(',').filter(|text| !text.trim().is_empty()).map(|text| Ref(text.to_owned())).collect();
        let stories = backlog::several(look, &refs)?;
        let mut found = backlog::open_called(look, words, MOST + stories.len())?;
        found.retain(|(number, _)| stories.iter().all(|s| s.number != *number));
        let more = found.len() > MOST;
        found.truncate(MOST);
        let choices = found.into_iter().map(|(number, title)| Choice::keyed(look.scope, side.field(), number, title)).collect();
        Ok(Places { side, stories, words: words.trim().to_owned(), choices, more })
    }

    fn view(&self, scope: &Scope, scripted: bool) -> Markup {
        html! { form.picked method="post" action=(action(scope, "story.move_several")) data-act {
            @for story in &self.stories { input type="hidden" name="stories" value=(story.number); }
            @if let (false, Some(product)) = (scripted, &scope.product) { input type="hidden" name="_back" value={ "/" (product.key) "/backlog" }; }
            p.pick-head { strong { (self.side.title()) " …" } " " span.quiet { @match self.stories.as_slice() { [one] => { (scope.key(one.number)) " " bdi { (one.title) } } many => { (several(many.len(), "story")) } } } }
            @if scope.standing(Area::Backlog).1 == Standing::Proposes { p.hint { (who_decides(scope, Area::Backlog)) } }
            (options(&self.choices, self.side.title(), scripted))
            @if self.choices.is_empty() { p.hint { @if self.words.is_empty() { "No other story is open." } @else { "Nothing is called so." } } }
            @else if self.more { p.hint { "There are more. Type to find them." } }
            p.error data-error="" {}
        } }
    }

    /// Without script: a page with what the script would show.
    fn page(&self, scope: &Scope) -> Markup {
        let of: Vec<String> = self.stories.iter().map(|s| s.number.to_string()).collect();
        html! {
            (web::find_form("q", "Find", &self.words, html! { input type="hidden" name=(self.side.field()) value=(of.join(",")); }))
            (self.view(scope, false))
        }
    }
}

pub(crate) async fn answer(at: At, side: Side, of: String, words: String) -> Response {
    if !at.scripted {
        return at.page(move |look| Ok(Page::of(&PICK, Places::read(look, side, &of, &words)?.page(look.scope)).titled(side.title()))).await;
    }
    match at.read(move |look| Places::read(look, side, &of, &words).map(|places| places.view(look.scope, true))).await {
        Ok(markup) => markup.into_response(),
        Err(refusal) => errors::problem(&refusal),
    }
}
