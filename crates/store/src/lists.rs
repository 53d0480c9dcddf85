//! Lists in statements: `in each($2)` and `in numbers($2)`, which each database says in its own way.

use std::borrow::Cow;

/// A statement in which lists that are said as this stand as `told` tells them, by the place of their parameter.
pub(crate) fn spread<'a>(sql: &'a str, said_as: &str, told: impl Fn(&str) -> String) -> Cow<'a, str> {
    // Nearly no statement has one, and each comes by here.
    if !sql.contains(said_as) {
        return Cow::Borrowed(sql);
    }
    let mut said = String::with_capacity(sql.len() + 64);
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once(said_as) {
        let (place, behind) = after.split_once(')').unwrap_or((after, ""));
        said = said + before + &told(place);
        rest = behind;
    }
    Cow::Owned(said + rest)
}
