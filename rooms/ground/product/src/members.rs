//! Who belongs to a product: found by name and shown page by page, however many they are.

use crate::model::Membership;
use kernel::{Column, Hat, Look, Noun, Result, Value};
use people::{Person, called, tables};
use web::app::hats::still_lent;

/// So many members stand on one page.
const PAGE: usize = 20;
/// So many faces stand for a hat, and so many holders are counted.
const FACES: usize = 6;
const COUNTED: i64 = 100;

/// Members by name.
pub struct Found {
    pub members: Vec<(Person, Membership)>,
    /// Whether more follow after the last.
    pub more: bool,
}

/// The next members by name whose name contains what was typed.
pub fn find_members(look: &mut Look, words: &str, after: &str) -> Result<Found> {
    let product = look.scope.product_id()?.value();
    let from = tables(look, &product)?;
    let (mut and, mut params) = called(words, product);
    if !after.is_empty() {
        params.push(Value::Text(after.to_owned()));
        let n = params.len();
        and += &format!(" and (member.name, member.id) > ((select name from member where id = ${n}), ${n})");
    }
    let sql = format!(
        "select member.id, member.name, member.email, membership.hats, member.answers_for, {} from {from}
         where membership.member = member.id and membership.product = $1 and membership.removed_at is null and member.removed_at is null{and}
         order by member.name, member.id limit {}",
        Membership::COLUMNS,
        PAGE + 1
    );
    let mut members: Vec<(Person, Membership)> =
        look.query(&sql, &params)?.iter_mut().map(|row| Ok((people::person(row)?, Membership::read(row)?))).collect::<Result<_>>()?;
    let more = members.len() > PAGE;
    members.truncate(PAGE);
    standing(look, &mut members)?;
    Ok(Found { members, more })
}

/// The members that have hats on loan, by name.
pub fn borrowers(look: &mut Look) -> Result<Vec<(Person, Membership)>> {
    let product = look.scope.product_id()?;
    let sql = format!(
        "select member.id, member.name, member.email, membership.hats, member.answers_for, {} from membership cross join member
         where membership.product = $1 and membership.removed_at is null and membership.lent <> '[]' and member.id = membership.member
         and member.removed_at is null order by member.name, member.id",
        Membership::COLUMNS
    );
    let mut members: Vec<(Person, Membership)> =
        look.query(&sql, &[product.value()])?.iter_mut().map(|row| Ok((people::person(row)?, Membership::read(row)?))).collect::<Result<_>>()?;
    standing(look, &mut members)?;
    members.retain(|(_, m)| !m.lent.is_empty());
    Ok(members)
}

/// Keeps of the loans only those that stand.
fn standing(look: &mut Look, members: &mut [(Person, Membership)]) -> Result<()> {
    let (product, now) = (look.scope.product_id()?, look.now());
    for (_, membership) in members.iter_mut().filter(|(_, m)| !m.lent.is_empty()) {
        membership.lent.0 = still_lent(look.reader, product, std::mem::take(&mut membership.lent.0), now)?;
    }
    Ok(())
}

/// Some who hold a hat of their own, and how many do, as far as they are counted.
pub struct Faces {
    pub hat: Hat,
    pub names: Vec<String>,
    pub count: i64,
}

/// The faces of each hat.
pub fn faces(look: &mut Look) -> Result<Vec<Faces>> {
    let product = look.scope.product_id()?;
    let mut faces = vec![];
    for hat in Hat::ALL {
        // The condition is that of the index of this hat, so that neither takes longer where there are many members.
        let holds = format!(
            "from membership cross join member where membership.product = $1 and membership.removed_at is null
            and membership.hats like '%\"{hat}\"%' and member.id = membership.member and member.removed_at is null"
        );
        let rows = look.query(&format!("select member.name {holds} limit {COUNTED}"), &[product.value()])?;
        let mut names = rows.into_iter().map(|mut row| row.take()).collect::<Result<Vec<String>>>()?;
        let count = names.len() as i64;
        names.sort();
        names.truncate(FACES);
        faces.push(Faces { hat: *hat, names, count });
    }
    Ok(faces)
}

impl Faces {
    /// How many more there are than shown: "+12", "+94 or more".
    pub fn others(&self) -> Option<String> {
        let others = self.count - self.names.len() as i64;
        match self.count {
            COUNTED => Some(format!("+{others} or more")),
            _ => (others > 0).then(|| format!("+{others}")),
        }
    }
}
