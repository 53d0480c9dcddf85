//! A draft of what one says: what they did since the last time, what they are at, what blocks them. Pure.

/// Something one did with a story.
pub(crate) struct Did {
    pub kind: String,
    pub key: String,
    pub title: String,
}

/// A story that is given to one.
pub(crate) struct Mine {
    pub key: String,
    pub title: String,
    pub doing: bool,
    pub blocked: String,
}

/// What one begins with; whoever says it changes it as they like.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    pub yesterday: String,
    pub today: String,
    pub blocked: String,
}

/// So many things are told; more is no stand-up.
const MOST: usize = 6;

/// How weighty an act is, and how it is told; of several acts on one story the weightiest is.
fn told(kind: &str) -> Option<(u8, &'static str)> {
    Some(match kind {
        "story.accepted" => (9, "Accepted"),
        "story.rejected" => (8, "Rejected"),
        "story.handed_over" => (7, "Handed over"),
        "story.unblocked" => (6, "Unblocked"),
        "story.started" => (5, "Started"),
        "story.card_moved" => (4, "Moved on"),
        "story.created" => (3, "Wrote"),
        "story.marked_ready" => (3, "Made ready"),
        "story.edited" => (2, "Worked on the text of"),
        "story.estimated" => (1, "Sized"),
        _ => return None,
    })
}

impl Draft {
    /// From what was done, the first first, and from what is given to them.
    pub fn of(did: &[Did], mine: &[Mine]) -> Draft {
        let mut stories: Vec<(&Did, (u8, &str))> = vec![];
        for one in did {
            let Some(weight) = told(&one.kind) else { continue };
            match stories.iter_mut().find(|(known, _)| known.key == one.key) {
                Some((_, best)) if best.0 < weight.0 => *best = weight,
                Some(_) => {}
                None => stories.push((one, weight)),
            }
        }
        // What weighs most is told where not all fits; then in the order it happened.
        let mut kept: Vec<usize> = (0..stories.len()).collect();
        kept.sort_by_key(|n| std::cmp::Reverse(stories[*n].1.0));
        kept.truncate(MOST);
        kept.sort_unstable();
        let line = |verb: &str, key: &str, title: &str| format!("{verb} {key} {title}");
        let yesterday = kept.into_iter().map(|n| line(stories[n].1.1, &stories[n].0.key, &stories[n].0.title)).collect();
        let doing = mine.iter().filter(|m| m.doing && m.blocked.is_empty()).map(|m| line("Go on with", &m.key, &m.title));
        let mut today: Vec<String> = doing.take(MOST).collect();
        if today.is_empty() {
            today = mine.iter().filter(|m| !m.doing && m.blocked.is_empty()).take(1).map(|m| line("Begin", &m.key, &m.title)).collect();
        }
        let blocked = mine.iter().filter(|m| !m.blocked.is_empty()).take(MOST).map(|m| format!("{}: {}", m.key, m.blocked)).collect();
        let joined = |lines: Vec<String>| lines.join("\n");
        Draft { yesterday: joined(yesterday), today: joined(today), blocked: joined(blocked) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn did(kind: &str, n: usize) -> Did {
        Did { kind: kind.into(), key: format!("ORB-{n}"), title: format!("Story {n}") }
    }
    fn mine(n: usize, doing: bool, blocked: &str) -> Mine {
        Mine { key: format!("ORB-{n}"), title: format!("Story {n}"), doing, blocked: blocked.into() }
    }

    #[test]
    fn of_a_story_the_weightiest_act_is_told_once() {
        let all = [did("story.started", 1), did("story.estimated", 2), did("story.handed_over", 1), did("story.linked", 3)];
        assert_eq!(Draft::of(&all, &[]).yesterday, "Handed over ORB-1 Story 1\nSized ORB-2 Story 2");
    }

    #[test]
    fn where_not_all_fits_what_weighs_most_is_told_in_its_order() {
        let mut all: Vec<Did> = (0..10).map(|n| did("story.estimated", n)).collect();
        all.push(did("story.accepted", 99));
        let told = Draft::of(&all, &[]).yesterday;
        assert!(told.starts_with("Sized ORB-0") && told.ends_with("Accepted ORB-99 Story 99"), "{told}");
        assert_eq!(told.lines().count(), MOST);
    }

    #[test]
    fn what_is_begun_goes_on_and_else_the_next_one_begins() {
        let told = Draft::of(&[], &[mine(1, true, ""), mine(2, true, "No key"), mine(3, false, "")]);
        assert_eq!((told.today.as_str(), told.blocked.as_str()), ("Go on with ORB-1 Story 1", "ORB-2: No key"));
        assert_eq!(Draft::of(&[], &[mine(3, false, ""), mine(4, false, "")]).today, "Begin ORB-3 Story 3");
        assert_eq!(Draft::of(&[], &[]), Draft::default());
    }
}
