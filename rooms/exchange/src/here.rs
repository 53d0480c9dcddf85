//! What is here already that an import has to do with: members, stories by where they came from, features, sprints.

use crate::draft::Draft;
use backlog::Story;
use kernel::{Area, Column, Id, Look, Noun, Relation, Result, Scope, Standing, Tie, Uuid, list, look::find_rows};
use people::Person;
use std::collections::{HashMap, HashSet};

/// Stories that are asked for at once.
const AT_ONCE: usize = 500;

pub struct Here {
    pub scope: Scope,
    pub members: Vec<Person>,
    /// By where they came from, removed ones too.
    pub stories: HashMap<String, Story>,
    /// Where features came from, removed ones too.
    pub features: HashSet<String>,
    /// Where features would come from that are proposed and wait for a signature.
    pub proposed: HashSet<String>,
    /// Names of sprints.
    pub sprints: HashSet<String>,
    pub is_running: bool,
    /// Stories that are or once were said to be part of another.
    pub parts: HashSet<(Uuid, Uuid)>,
    /// Titles of stories that are recognised by what they say.
    pub said: HashMap<String, i64>,
}

impl Here {
    pub fn read(look: &mut Look, draft: &Draft) -> Result<Here> {
        let product = look.scope.product_id()?.value();
        let mut stories = HashMap::new();
        let mut parts = HashSet::new();
        let origins: Vec<&String> = draft.stories.iter().map(|s| &s.story.origin).collect();
        for some in origins.chunks(AT_ONCE) {
            let wanted = list(some.iter().map(|o| (*o).clone()));
            let found: Vec<Story> = find_rows(look.reader, "where product = $1 and origin in each($2)", &[product.clone(), wanted])?;
            let ids = list(found.iter().map(Noun::id));
            let links: Vec<Relation> =
                find_rows(look.reader, "where product = $1 and from_id in each($2) and verb = $3", &[product.clone(), ids, Tie::PartOf.value()])?;
            parts.extend(links.into_iter().map(|link| (link.from_id, link.to_id)));
            stories.extend(found.into_iter().filter_map(|story| Some((story.origin.clone()?, story))));
        }
        let members = people::people_of(look)?.into_iter().filter(|p| !p.is_assistant).collect();
        let texts = |look: &mut Look, sql: &str| -> Result<Vec<String>> {
            look.reader.query(sql, std::slice::from_ref(&product))?.into_iter().map(|mut row| row.take()).collect()
        };
        let features = texts(look, "select origin from feature where product = $1 and origin is not null")?.into_iter().collect();
        let commands =
            texts(look, "select commands from proposal where product = $1 and state = 'open' and area = 'roadmap' and removed_at is null")?;
        let sprints = texts(look, "select name from sprint where product = $1 and removed_at is null")?.into_iter().collect();
        let is_running = sprint::active(look)?.is_some();
        let said = if draft.stories.iter().any(|s| s.key.is_empty()) { said(look)? } else { HashMap::new() };
        let proposed = commands.iter().flat_map(|text| proposed(text)).collect();
        Ok(Here { scope: look.scope.clone(), members, stories, features, proposed, sprints, is_running, parts, said })
    }

    pub fn decides(&self, area: Area) -> bool {
        self.scope.standing(area).1 == Standing::Decides
    }

    /// The member whom a file names, beyond doubt.
    pub fn member(&self, named: &str) -> Option<&Person> {
        let among: Vec<reading::people::Person> =
            self.members.iter().map(|m| reading::people::Person { name: m.name.clone(), mail: Some(m.email.clone()) }).collect();
        reading::people::find(named, &among).map(|at| &self.members[at])
    }

    pub fn by_mail(&self, mail: &str) -> Option<Id<people::Member>> {
        self.members.iter().find(|m| m.email.eq_ignore_ascii_case(mail)).map(|m| m.id)
    }
}

/// Titles of the stories that came in without a key, with their numbers.
fn said(look: &mut Look) -> Result<HashMap<String, i64>> {
    let product = look.scope.product_id()?;
    let rows =
        look.query("select title, number from story where product = $1 and origin like 'csv:~%' and removed_at is null", &[product.value()])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// Where the features of a proposal would come from.
fn proposed(commands: &str) -> Vec<String> {
    let commands: Vec<kernel::StoredCommand> = kernel::serde_json::from_str(commands).unwrap_or_default();
    commands.iter().filter(|c| c.name == "feature.create").filter_map(|c| c.args.get("origin")?.as_str().map(str::to_owned)).collect()
}
