//! Two versions of a text against each other, word by word.

use maud::{Markup, html};
use similar::{Algorithm, ChangeTag, utils::diff_unicode_words};

/// A text as it was changed: what was struck out, what came in, and all that stayed.
pub fn compared(old: &str, new: &str) -> Markup {
    html! { span.compared dir="auto" { @for (tag, words) in diff_unicode_words(Algorithm::Patience, old, new) { @match tag {
        ChangeTag::Equal => { (words) }
        ChangeTag::Delete => { del { (words) } }
        ChangeTag::Insert => { ins { (words) } }
    } } } }
}

#[cfg(test)]
mod tests {
    use super::compared;

    #[test]
    fn words_are_told_apart() {
        let told = compared("For people who ride in rain, daily.", "For people who ride in any weather, daily.").into_string();
        assert_eq!(told, "<span class=\"compared\" dir=\"auto\">For people who ride in <del>rain</del><ins>any weather</ins>, daily.</span>");
        assert_eq!(compared("a", "a").into_string(), "<span class=\"compared\" dir=\"auto\">a</span>");
        assert!(compared("", "<b>").into_string().contains("<ins>&lt;b&gt;</ins>"));
        assert!(compared("باص سريع", "باص بطيء").into_string().contains("<del>سريع</del><ins>بطيء</ins>"));
    }
}
