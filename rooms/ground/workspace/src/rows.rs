//! Reading how things stand in the workspace.

use crate::Backup;
use kernel::{Column, Look, Reader, Refusal, Result, Uuid, Value, look::find_rows};
use people::{ApiToken, Session};

/// So many of a kind are told.
const MOST: usize = 20;

/// The newest backups.
pub(crate) fn backups(reader: &mut dyn Reader) -> Result<Vec<Backup>> {
    find_rows(reader, "where removed_at is null order by created_at desc, id desc limit 10", &[])
}

/// How much there is.
pub(crate) struct Size {
    pub bytes: i64,
    pub products: i64,
    pub accounts: i64,
    pub administrators: i64,
    /// Different files that hang on things, and their bytes.
    pub files: i64,
    pub of_files: i64,
}

pub(crate) fn size(look: &mut Look) -> Result<Size> {
    let sql = "select (select bytes from machine_size), (select count(*) from product where removed_at is null), count(*),
               coalesce(sum(case when administrator = 1 then 1 else 0 end), 0) from member where removed_at is null and answers_for is null";
    let row = |rows: Vec<kernel::Row>| rows.into_iter().next().ok_or_else(|| Refusal::broken("nothing was counted"));
    let mut counted = row(look.reader.query(sql, &[])?)?;
    // The same file is kept once, however many things it hangs on.
    let sql = "select count(*), cast(coalesce(sum(size), 0) as bigint) from (select distinct sha256, size from attachment where removed_at is null) as file";
    let mut files = row(look.reader.query(sql, &[])?)?;
    Ok(Size {
        bytes: counted.take()?,
        products: counted.take()?,
        accounts: counted.take()?,
        administrators: counted.take()?,
        files: files.take()?,
        of_files: files.take()?,
    })
}

/// Something that lets in, and whose it is.
pub(crate) struct Held<T> {
    pub it: T,
    pub name: String,
}

/// Sign-ins that still hold, the newest first; and whether there are more.
pub(crate) fn sign_ins(look: &mut Look) -> Result<(Vec<Held<Session>>, bool)> {
    let found = find_rows(
        look.reader,
        &format!("where ended_at is null and removed_at is null and expires_at > $1 order by created_at desc, id desc limit {}", MOST + 1),
        &[Value::Int(look.scope.now)],
    )?;
    held(look, found, |session: &Session| session.member.0)
}

/// Tokens that still hold.
pub(crate) fn tokens(look: &mut Look) -> Result<(Vec<Held<ApiToken>>, bool)> {
    let found = find_rows(
        look.reader,
        &format!("where revoked_at is null and removed_at is null and expires_at > $1 order by created_at desc, id desc limit {}", MOST + 1),
        &[Value::Int(look.scope.now)],
    )?;
    held(look, found, |token: &ApiToken| token.member.0)
}

fn held<T>(look: &mut Look, mut found: Vec<T>, whose: impl Fn(&T) -> Uuid) -> Result<(Vec<Held<T>>, bool)> {
    let more = found.len() > MOST;
    found.truncate(MOST);
    let names = people::names_of(look, found.iter().map(&whose))?;
    let of = |it: T| Held { name: names.get(&whose(&it)).cloned().unwrap_or_default(), it };
    Ok((found.into_iter().map(of).collect(), more))
}

/// A link that shows something to whoever holds it.
pub(crate) struct Shared {
    pub product: String,
    pub look: String,
    pub name: String,
    pub by: String,
    pub expires_at: i64,
    pub times: i64,
    pub last_at: Option<i64>,
}

/// Links of all products that still work, the newest first.
pub(crate) fn shared(look: &mut Look) -> Result<(Vec<Shared>, bool)> {
    let rows = look.reader.query(
        &format!(
            "select product.key, shared_link.look, shared_link.name, member.name, shared_link.expires_at, coalesce(link_use.times, 0), link_use.last_at
             from shared_link join product on product.id = shared_link.product join member on member.id = shared_link.member
             left join link_use on link_use.id = shared_link.id
             where shared_link.revoked_at is null and shared_link.removed_at is null and shared_link.expires_at > $1 and product.removed_at is null
             order by shared_link.created_at desc, shared_link.id desc limit {}",
            MOST + 1
        ),
        &[look.scope.now.value()],
    )?;
    let read = |mut row: kernel::Row| {
        Ok(Shared {
            product: row.take()?,
            look: row.take()?,
            name: row.take()?,
            by: row.take()?,
            expires_at: row.take()?,
            times: row.take()?,
            last_at: row.take()?,
        })
    };
    let mut found = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    let more = found.len() > MOST;
    found.truncate(MOST);
    Ok((found, more))
}
