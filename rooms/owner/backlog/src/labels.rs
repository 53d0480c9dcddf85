//! Labels of a product as a whole: what they are called, and their colours. A story holds the names of its labels, so a
//! new name is written into each of them, in one act.

use crate::{events::*, model::*};
use kernel::{
    Area, Column, Command, Decided, Event, Line, Look, Moment, Noun, Reading, Refusal, Result, Scope, Value, command, noun,
    value::{Packed, containing},
    words,
};
use std::collections::{BTreeMap, HashMap};

words! {
    /// The colour of a label's dot; none of those that mean something by themselves.
    pub enum Colour { Grey = "grey", Rose = "rose", Amber = "amber", Moss = "moss", Sky = "sky", Plum = "plum" }
}

noun! {
    /// What is known of a label besides the stories that have it.
    pub struct Label in "label" {
        name: String,
        colour: Colour,
        /// What it was called before: addresses and saved filters say so for long.
        formerly: Packed<Vec<String>>,
    } label(l) quoted(&l.name);
    about { many: "labels", read: Reading::Sees(Area::Backlog), place: "labels", hushed: &["formerly"] }
}

fn quoted(name: &str) -> String {
    format!("“{name}”")
}

/// A name as the cell of a story's labels has it.
fn within_cell(name: &str) -> Value {
    containing(&kernel::serde_json::to_string(name).unwrap_or_default())
}

/// What is known of a name: the label and the stories that have it.
pub struct Known {
    label: Option<Label>,
    stories: Vec<Story>,
}

impl Known {
    fn of(look: &mut Look, field: &str, name: &str) -> Result<Known> {
        let known = Known {
            label: called(look, name)?,
            stories: Story::all(look, "and labels <> '[]' and labels like $2 escape '!' order by rank, id", &[within_cell(name)])?,
        };
        match known.label.is_none() && known.stories.is_empty() {
            true => Err(Refusal::invalid(field, "No label is called so here.")),
            false => Ok(known),
        }
    }

    /// Its stories with another name in its place, each label once.
    fn relabelled(&self, from: &str, to: &str) -> Vec<Event> {
        let with = |story: &Story| {
            let mut names: Vec<String> = vec![];
            for name in story.labels.iter().map(|name| if name == from { to } else { name.as_str() }) {
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
            Event::changed(&STORY_RELABELLED, story, &Story { labels: Packed(names), ..story.clone() })
        };
        self.stories.iter().map(with).collect()
    }
}

fn called(look: &mut Look, name: &str) -> Result<Option<Label>> {
    Ok(Label::all(look, "and name = $2 order by id limit 1", &[Value::Text(name.to_owned())])?.pop())
}

fn fresh(moment: &Moment, scope: &Scope, name: &str) -> Result<Label> {
    Ok(Label { meta: moment.fresh(Some(scope.product_id()?)), name: name.to_owned(), colour: Colour::Grey, formerly: Packed(vec![]) })
}

/// The names that a label had before with one more, without the one that it has now.
fn once(formerly: &[String], more: &[&str], now: &str) -> Packed<Vec<String>> {
    let mut names: Vec<String> = vec![];
    for name in formerly.iter().map(String::as_str).chain(more.iter().copied()).filter(|name| *name != now) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    Packed(names)
}

command! {
    /// Gives a label another name, on every story that has it.
    pub struct RenameLabel in "label.rename" at Put "/products/{product}/labels/name" [Backlog] {
        pub label: Line<40>,
        pub name: Line<40>,
    }
}

impl Command for RenameLabel {
    /// The label, and whether another is called so already.
    type Before = (Known, bool);
    // Stories that get the label meanwhile get the new name too.
    const UNDISTURBED: bool = true;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let known = Known::of(look, "label", &self.label)?;
        let taken = *self.name != *self.label && (called(look, &self.name)?.is_some() || is_used(look, &self.name)?);
        Ok((known, taken))
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Call the label “{}” “{}”", self.label, self.name)
    }
    fn decide(self, (known, taken): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if taken {
            return Err(Refusal::invalid("name", "Another label is called so. Merge the two instead."));
        }
        if *self.name == *self.label {
            return Ok(vec![].into());
        }
        let said = format!("{} to {}", quoted(&self.label), quoted(&self.name));
        let event = match &known.label {
            Some(before) => {
                let formerly = once(&before.formerly, &[&*self.label], &self.name);
                Event::changed(&LABEL_RENAMED, before, &Label { name: self.name.to_string(), formerly, ..before.clone() })
            }
            None => Event::created(&LABEL_RENAMED, &Label { formerly: Packed(vec![self.label.to_string()]), ..fresh(moment, scope, &self.name)? }),
        };
        let mut events = vec![event.called(said)];
        events.extend(known.relabelled(&self.label, &self.name));
        // Its title says all of it, however many stories there are.
        Ok(Decided { events, untold: true, ..Decided::default() })
    }
}

/// Whether a story has this label.
fn is_used(look: &mut Look, name: &str) -> Result<bool> {
    let product = look.scope.product_id()?;
    let sql = "select 1 from story where product = $1 and labels <> '[]' and labels like $2 escape '!' and removed_at is null limit 1";
    Ok(look.first(sql, &[product.value(), within_cell(name)])?.is_some())
}

command! {
    /// Makes one label of two: every story that has the first has the other then.
    pub struct MergeLabels in "label.merge" at Put "/products/{product}/labels/merging" [Backlog] {
        pub label: Line<40>,
        /// The one that stays.
        pub into: Line<40>,
    }
}

impl Command for MergeLabels {
    /// The one that goes, and what is known of the other.
    type Before = (Known, Option<Label>, bool);
    const UNDISTURBED: bool = true;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let known = Known::of(look, "label", &self.label)?;
        let stays = called(look, &self.into)?;
        let there = stays.is_some() || is_used(look, &self.into)?;
        Ok((known, stays, there))
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Merge the label “{}” into “{}”", self.label, self.into)
    }
    fn decide(self, (known, stays, there): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if !there {
            return Err(Refusal::invalid("into", "No label is called so here."));
        }
        if *self.label == *self.into {
            return Err(Refusal::invalid("into", "Choose another label to merge it into."));
        }
        let gone = known.label.as_ref();
        let more: Vec<&str> = gone.into_iter().flat_map(|label| label.formerly.iter()).map(String::as_str).chain([&*self.label]).collect();
        let said = format!("{} into {}", quoted(&self.label), quoted(&self.into));
        let event = match &stays {
            Some(before) => Event::changed(&LABELS_MERGED, before, &Label { formerly: once(&before.formerly, &more, &self.into), ..before.clone() }),
            None => {
                let colour = gone.map_or(Colour::Grey, |label| label.colour);
                Event::created(&LABELS_MERGED, &Label { colour, formerly: once(&[], &more, &self.into), ..fresh(moment, scope, &self.into)? })
            }
        };
        let mut events = vec![event.called(said)];
        events.extend(gone.map(|label| Event::removed(&LABEL_REMOVED, label, moment.now)));
        events.extend(known.relabelled(&self.label, &self.into));
        Ok(Decided { events, untold: true, ..Decided::default() })
    }
}

command! {
    /// Gives a label a colour, by which it is seen among others.
    pub struct ColourLabel in "label.colour" at Put "/products/{product}/labels/colour" [Backlog] {
        pub label: Line<40>,
        pub colour: Colour,
    }
}

impl Command for ColourLabel {
    type Before = Option<Label>;

    fn load(&self, look: &mut Look) -> Result<Option<Label>> {
        let label = called(look, &self.label)?;
        match label.is_none() && !is_used(look, &self.label)? {
            true => Err(Refusal::invalid("label", "No label is called so here.")),
            false => Ok(label),
        }
    }
    fn title(&self, _: &Option<Label>) -> String {
        format!("Colour the label “{}” {}", self.label, self.colour.says())
    }
    fn decide(self, before: Option<Label>, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let event = match &before {
            Some(before) => Event::changed(&LABEL_COLOURED, before, &Label { colour: self.colour, ..before.clone() }),
            None => Event::created(&LABEL_COLOURED, &Label { colour: self.colour, ..fresh(moment, scope, &self.label)? }),
        };
        Ok(event.into())
    }
}

/// The colours of labels; what has none is grey.
#[derive(Default)]
pub struct Colours(HashMap<String, Colour>);

impl Colours {
    pub fn of(&self, label: &str) -> Colour {
        self.0.get(label).copied().unwrap_or(Colour::Grey)
    }
}

/// The colours of the product's labels.
pub fn colours(look: &mut Look) -> Result<Colours> {
    let product = look.scope.product_id()?;
    let rows = look.query("select name, colour from label where product = $1 and colour <> 'grey' and removed_at is null", &[product.value()])?;
    Ok(Colours(rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?))
}

/// What a label is called now that had this name before.
pub(crate) fn now_called(look: &mut Look, name: &str) -> Result<Vec<String>> {
    let product = look.scope.product_id()?;
    let sql = "select name from label where product = $1 and formerly like $2 escape '!' and removed_at is null";
    look.query(sql, &[product.value(), within_cell(name)])?.into_iter().map(|mut row| row.take()).collect()
}

/// A label of the product, and on how many stories it is.
pub(crate) struct Counted {
    pub name: String,
    pub colour: Colour,
    pub stories: i64,
}

/// Every label that is in use or has a colour, by name.
pub(crate) fn all(look: &mut Look) -> Result<Vec<Counted>> {
    let product = look.scope.product_id()?;
    let mut found: BTreeMap<String, (Colour, i64)> = BTreeMap::new();
    for label in Label::all(look, "", &[])? {
        found.insert(label.name, (label.colour, 0));
    }
    let rows = look.query(
        "select labels, count(*) from story where product = $1 and labels <> '[]' and removed_at is null group by labels",
        &[product.value()],
    )?;
    for mut row in rows {
        let (names, count): (Packed<Vec<String>>, i64) = (row.take()?, row.take()?);
        for name in names.0 {
            found.entry(name).or_insert((Colour::Grey, 0)).1 += count;
        }
    }
    // What has neither stories nor a colour is no label any more.
    let counted = found.into_iter().map(|(name, (colour, stories))| Counted { name, colour, stories });
    Ok(counted.filter(|label| label.stories > 0 || label.colour != Colour::Grey).collect())
}

#[cfg(test)]
mod tests {
    use super::once;

    #[test]
    fn a_label_answers_to_every_name_it_had_but_the_one_it_has() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(once(&names(&["a", "b"]), &["c", "a"], "b").0, names(&["a", "c"]));
        assert!(once(&[], &["a"], "a").0.is_empty());
    }
}
