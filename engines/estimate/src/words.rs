//! Words in the singular and the plural: `stories` and `story` are one unit.

/// Plurals that no rule makes, with their singulars.
const ODD: &[(&str, &str)] = &[
    ("children", "child"),
    ("criteria", "criterion"),
    ("analyses", "analysis"),
    ("gases", "gas"),
    ("geese", "goose"),
    ("halves", "half"),
    ("leaves", "leaf"),
    ("lenses", "lens"),
    ("lives", "life"),
    ("men", "man"),
    ("menus", "menu"),
    ("mice", "mouse"),
    ("quizzes", "quiz"),
    ("shelves", "shelf"),
    ("taxis", "taxi"),
    ("teeth", "tooth"),
    ("women", "woman"),
];
/// Singulars in “-ie”, and in “-che” and the like, whose plurals look like others.
const WITH_E: &[&str] =
    &["movie", "cookie", "selfie", "calorie", "zombie", "brownie", "hoodie", "newbie", "rookie", "cache", "niche", "ache", "axe", "use"];
/// The same in the singular and the plural.
const SAME: &[&str] = &["series", "species", "news", "lens", "gas", "bus"];
/// Plurals of units that are words.
const MANY: &[(&str, &str)] = &[
    ("person", "people"),
    ("inch", "inches"),
    ("mile", "miles"),
    ("yard", "yards"),
    ("acre", "acres"),
    ("gallon", "gallons"),
    ("day", "days"),
    ("week", "weeks"),
    ("month", "months"),
    ("quarter", "quarters"),
    ("year", "years"),
    ("knot", "knots"),
    ("byte", "bytes"),
    ("bit", "bits"),
];

/// The plural of a unit that is a word of its own in the table of units.
pub(crate) fn many(symbol: &str) -> Option<&'static str> {
    MANY.iter().find(|(one, _)| *one == symbol).map(|(_, many)| *many)
}

/// A word in the singular, as far as English rules tell. Short words and those in capitals stay as they are.
pub(crate) fn singular(word: &str) -> String {
    if word.chars().count() <= 3 || word.to_uppercase() == word || SAME.contains(&word) {
        return word.into();
    }
    if let Some((_, one)) = ODD.iter().find(|(many, _)| *many == word) {
        return (*one).into();
    }
    if let Some(one) = word.strip_suffix('s').filter(|one| WITH_E.contains(one)) {
        return one.into();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    if let Some(stem) = word.strip_suffix("es").filter(|stem| hisses(stem)) {
        // Boxes and bonuses, but houses and sizes.
        let own = ["ss", "x", "sh", "ch", "zz"].iter().any(|end| stem.ends_with(end))
            || (stem.ends_with("us") && !["ous", "aus"].iter().any(|end| stem.ends_with(end)));
        return if own { stem.into() } else { format!("{stem}e") };
    }
    match word.strip_suffix('s') {
        Some(one) if !["s", "u", "i"].iter().any(|end| one.ends_with(end)) => one.into(),
        _ => word.into(),
    }
}

fn hisses(stem: &str) -> bool {
    ["s", "x", "z", "ch", "sh"].iter().any(|end| stem.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_singulars_are_one_word() {
        for (one, many) in [
            ("story", "stories"),
            ("movie", "movies"),
            ("company", "companies"),
            ("bike", "bikes"),
            ("box", "boxes"),
            ("class", "classes"),
            ("branch", "branches"),
            ("cache", "caches"),
            ("house", "houses"),
            ("size", "sizes"),
            ("licence", "licences"),
            ("license", "licenses"),
            ("bonus", "bonuses"),
            ("bus", "buses"),
            ("day", "days"),
            ("child", "children"),
            ("criterion", "criteria"),
            ("user", "users"),
        ] {
            assert_eq!((singular(one).as_str(), singular(many).as_str()), (one, one), "{many}");
        }
        for same in ["series", "gas", "SMS", "ms", "analysis", "access"] {
            assert_eq!(singular(same), same);
        }
    }
}
