//! Of whom a text speaks, and who does something.

use super::words::{TIMES, has};

/// Whether a text says of whom it speaks. “People” alone may be anybody.
pub(super) fn of_whom(text: &str) -> bool {
    const WHOM: &[&str] = &[
        "customer",
        "user",
        "reader",
        "patient",
        "famil",
        "household",
        "tenant",
        "pupil",
        "student",
        "parent",
        "children",
        "child ",
        "rider",
        "driver",
        "farmer",
        "owner",
        "guest",
        "member",
        "visitor",
        "passenger",
        "commuter",
        "singer",
        "choir",
        "conductor",
        "nurse",
        "doctor",
        "vets",
        "teacher",
        "cooks",
        "trader",
        "shop",
        "school",
        "clinic",
        "practices",
        "pharmac",
        "donor",
        "client",
        "buyer",
        "seller",
        "subscriber",
        "borrower",
        "lender",
        "inhabitant",
        "resident",
        "neighbour",
        "villager",
        "citizen",
        "applicant",
        "employee",
        "worker",
        "staff",
        "volunteer",
        "women",
        " men",
        "elderly",
        "beginner",
        "newcomer",
        "cyclist",
        "pedestrian",
        "traveller",
        "contractor",
        "builder",
        "craft",
        "compan",
        "firms",
        "grower",
        "fisher",
        "gardener",
        "translator",
        "signer",
        "deaf",
        "blind",
        "somebody who",
        "whoever",
        "those who",
        "those without",
        "people who",
        "people without",
        "people in",
        "people over",
        "people under",
        "people with",
        "people from",
        "people at",
        "people on",
    ];
    has(text, WHOM)
}

/// Trades by the beginnings of their words.
pub(super) const TRADES: &[&str] = &[
    "developer",
    "programmer",
    "engineer",
    "driver",
    "nurse",
    "analyst",
    "designer",
    "mechanic",
    "technician",
    "electrician",
    "lawyer",
    "accountant",
    "founder",
    "specialist",
    "adviser",
    "advisor",
    "agronomist",
    "consultant",
    "trainer",
    "clerk",
    "volunteer",
    "contractor",
    "colleague",
];

/// Whether an item says who does it: a role, a name, somebody with whom; a number of people is none.
pub(super) fn names_doer(item: &str) -> bool {
    const ROLES: &[&str] = &[
        "owner",
        "lead ",
        "led by",
        "team",
        "manager",
        "head of",
        "together with",
        "librarian",
        "the board",
        "our own",
        "sales",
        "partner",
        "director",
    ];
    // A name in brackets, or behind “by”: “(Ines)”, “by Tomas”.
    let named = |mark: &str| {
        item.match_indices(mark).any(|(at, _)| {
            let behind = &item[at + mark.len()..];
            let letters: String = behind.chars().take_while(|c| c.is_alphabetic()).collect();
            let name = letters.chars().next().is_some_and(char::is_uppercase) && letters.chars().skip(1).any(char::is_lowercase);
            name && !has(&letters, TIMES)
        })
    };
    has(item, ROLES) || has(item, TRADES) || named("(") || named(" by ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_for_somebody_and_an_action_by_somebody() {
        assert!(of_whom("More loans for families in the hills") && of_whom("Reach people without a bus"));
        assert!(!of_whom("More loans by 2028.") && !of_whom("Reach more people by 31 December 2027."));
        assert!(!names_doer("Months 1–3: 1 person, 4,000 EUR: build the list") && !names_doer("2 people in March"));
        assert!(names_doer("Drivers learn it in May, 2 people") && names_doer("Build it (Ines), 1 person") && names_doer("led by the office"));
        assert!(!names_doer("Ready (March) by May"));
    }
}
