//! What is here already that an import has to do with: members, stories by where they came from, features, sprints.

use crate::{draft::Draft, numbers};
use backlog::Story;
use kernel::{Area, Column, Id, Look, Noun, Relation, Result, Scope, Standing, Tie, Uuid, list, look::find_rows};
use people::Person;
use product::BoardColumn;
use std::collections::{HashMap, HashSet};

/// Stories that are asked for at once.
const AT_ONCE: usize = 500;

pub struct Here {
    pub scope: Scope,
    pub members: Vec<Person>,
    /// By where they came from, removed ones too.
    pub stories: HashMap<String, Story>,
    /// Where features came from, removed ones too, and whether they are still there.
    pub features: HashMap<String, bool>,
    /// Where features would come from that are proposed and wait for a signature.
    pub proposed: HashSet<String>,
    /// Names of sprints, and whether they still take stories.
    pub sprints: HashMap<String, bool>,
    /// The columns of the board.
    pub columns: Vec<BoardColumn>,
    /// Numbers that the file asks for and something here has, and the highest of all.
    pub taken: HashSet<i64>,
    pub last: i64,
    pub is_running: bool,
    /// Links between stories, also those that were taken away.
    pub ties: HashSet<(Uuid, Tie, Uuid)>,
    /// Titles of stories that are recognised by what they say.
    pub said: HashMap<String, i64>,
}

impl Here {
    pub fn read(look: &mut Look, draft: &Draft) -> Result<Here> {
        let product = look.scope.product_id()?.value();
        let mut stories = HashMap::new();
        let mut ties = HashSet::new();
        let origins: Vec<&String> = draft.stories.iter().map(|s| &s.story.origin).collect();
        for some in origins.chunks(AT_ONCE) {
            let wanted = list(some.iter().map(|o| (*o).clone()));
            let found: Vec<Story> = find_rows(look.reader, "where product = $1 and origin in each($2)", &[product.clone(), wanted])?;
            let ids = list(found.iter().map(Noun::id));
            let links: Vec<Relation> = find_rows(look.reader, "where product = $1 and from_id in each($2)", &[product.clone(), ids])?;
            ties.extend(links.into_iter().map(|link| (link.from_id, link.verb, link.to_id)));
            stories.extend(found.into_iter().filter_map(|story| Some((story.origin.clone()?, story))));
        }
        let members = people::people_of(look)?.into_iter().filter(|p| !p.is_assistant).collect();
        let texts = |look: &mut Look, sql: &str| -> Result<Vec<String>> {
            look.reader.query(sql, std::slice::from_ref(&product))?.into_iter().map(|mut row| row.take()).collect()
        };
        let named = |look: &mut Look, sql: &str| -> Result<HashMap<String, bool>> {
            let rows = look.reader.query(sql, std::slice::from_ref(&product))?;
            rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
        };
        let features =
            named(look, "select origin, case when removed_at is null then 1 else 0 end from feature where product = $1 and origin is not null")?;
        let commands =
            texts(look, "select commands from proposal where product = $1 and state = 'open' and area = 'roadmap' and removed_at is null")?;
        let sprints = named(
            look,
            "select name, case when state in ('planned', 'active') then 1 else 0 end from sprint
             where product = $1 and removed_at is null order by number",
        )?;
        let wished: Vec<i64> = draft.origins.values().filter_map(|known| numbers::wished(look.scope, &known.key)).collect();
        let mut taken = HashSet::new();
        for some in wished.chunks(AT_ONCE) {
            taken.extend(product::taken(look, some)?);
        }
        let last = product::next_number(look)? - 1;
        let columns = product::columns_of(look)?;
        let is_running = sprint::active(look)?.is_some();
        let said = if draft.stories.iter().any(|s| s.key.is_empty()) { said(look)? } else { HashMap::new() };
        let proposed = commands.iter().flat_map(|text| proposed(text)).collect();
        Ok(Here { scope: look.scope.clone(), members, stories, features, proposed, sprints, columns, taken, last, is_running, ties, said })
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

    /// What the member with an address is called.
    pub fn called(&self, mail: &str) -> Option<&str> {
        self.members.iter().find(|m| m.email.eq_ignore_ascii_case(mail)).map(|m| m.name.as_str())
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
