//! The facts of a story that are set where they stand, in a row, on a card or in the panel: each is told by a control
//! that opens the choices for it. Without script the same control leads to a page with those choices.

use kernel::{Area, Scope, words};
use web::{Markup, html, may};

words! {
    /// What is set in a story by choosing.
    pub enum Fact { Assignee = "assignee", Points = "points", Labels = "labels", Feature = "feature", Sprint = "sprint", Kind = "kind" }
}

impl Fact {
    /// Who decides on it.
    pub const fn area(self) -> Area {
        match self {
            Fact::Assignee => Area::Work,
            Fact::Points => Area::Estimates,
            Fact::Labels | Fact::Feature | Fact::Kind => Area::Backlog,
            Fact::Sprint => Area::Sprints,
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Fact::Assignee => "Works on it",
            Fact::Points => "Size",
            Fact::Labels => "Labels",
            Fact::Feature => "Feature",
            Fact::Sprint => "Sprint",
            Fact::Kind => "Type",
        }
    }

    /// What is said where it is not set.
    const fn lacking(self) -> &'static str {
        match self {
            Fact::Assignee => "Nobody works on it yet",
            Fact::Points => "No size yet",
            Fact::Labels => "No labels",
            Fact::Feature => "Not on a feature",
            Fact::Sprint => "Not in a sprint",
            Fact::Kind => "No type",
        }
    }

    /// "Size: 3", or that it is not set, which is `told` as nothing.
    fn tells(self, told: &str) -> String {
        match told {
            "" => self.lacking().to_owned(),
            told => format!("{}: {told}", self.title()),
        }
    }

    /// What a menu calls the choosing.
    pub const fn act(self) -> &'static str {
        match self {
            Fact::Assignee => "Assign",
            Fact::Points => "Estimate",
            Fact::Labels => "Label",
            Fact::Feature => "Hang on a feature",
            Fact::Sprint => "Plan into a sprint",
            Fact::Kind => "Change the type",
        }
    }

    /// The key that opens the choices.
    pub const fn key(self) -> char {
        match self {
            Fact::Assignee => 'a',
            Fact::Points => 'z',
            Fact::Labels => 'l',
            Fact::Feature => 'f',
            Fact::Sprint => 'p',
            Fact::Kind => 't',
        }
    }
}

/// Which facts a reader may set, at least by proposing it: worked out once for a page, however many rows it has.
#[derive(Clone, Copy)]
pub struct Settable([bool; Fact::ALL.len()]);

impl Settable {
    pub fn by(scope: &Scope) -> Settable {
        let mut settable = [false; Fact::ALL.len()];
        for fact in Fact::ALL {
            settable[*fact as usize] = may(scope, fact.area());
        }
        Settable(settable)
    }

    /// Nothing: for what is past.
    pub const fn nothing() -> Settable {
        Settable([false; Fact::ALL.len()])
    }

    /// The same without one fact, where a rule holds it.
    pub const fn but(mut self, fact: Fact, held: bool) -> Settable {
        self.0[fact as usize] &= !held;
        self
    }

    pub const fn has(&self, fact: Fact) -> bool {
        self.0[fact as usize]
    }

    /// A fact of a row or card as a control, or as it is where the reader may not set it; `told` says what it is, and nothing
    /// where it is not set, for hovering and for whoever does not see its face. Rows and cards have keys and a menu for whoever uses no mouse, and
    /// are not stopped at for each fact.
    pub fn control(&self, fact: Fact, number: &str, class: &str, told: &str, face: Markup) -> Markup {
        html! {
            @let class = (!class.is_empty()).then_some(class);
            @if self.has(fact) { button class=[class] form="pick" name=(fact) value=(number) tabindex="-1" title=(fact.tells(told)) { (face) } }
            @else { span class=[class] title=(fact.tells(told)) { (face) } }
        }
    }

    /// A fact of the panel, which is stopped at.
    pub fn fact(&self, fact: Fact, number: i64, told: &str, face: Markup) -> Markup {
        html! { @if self.has(fact) { button.fact form="pick" name=(fact) value=(number) title={ (fact.tells(told)) " (" (fact.key()) ")" } { (face) } } @else { (face) } }
    }
}

/// Of each fact that a reader may not set, who decides on it: what a key for it says.
fn others(scope: &Scope) -> Option<String> {
    let said = |fact: &&Fact| !may(scope, fact.area()) && scope.sees(fact.area());
    let told: std::collections::BTreeMap<&str, String> =
        Fact::ALL.iter().filter(said).map(|fact| (fact.word(), web::who_decides(scope, fact.area()))).collect();
    (!told.is_empty()).then(|| kernel::json!(told).to_string())
}

/// The form that all such controls of a page belong to; once on each page that has some.
pub fn pick_form(scope: &Scope) -> Markup {
    let some = may(scope, Area::Backlog) || Fact::ALL.iter().any(|fact| may(scope, fact.area()));
    html! { @if let Some(product) = scope.product.as_ref().filter(|_| some) { form #pick method="get" action={ "/" (product.key) "/pick" } data-others=[others(scope)] {} } }
}
