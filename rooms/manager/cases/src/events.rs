//! What can happen to a case and its options.

use kernel::kinds;

kinds! {
    CASE_BEGUN = "guided_case.begun", "began the case";
    CASE_EDITED = "guided_case.edited", "wrote on the case";
    CASE_CHOSEN = "guided_case.chosen", "chose in the case";
    CASE_REOPENED = "guided_case.reopened", "opened anew the case";
    CASE_BECAME = "guided_case.became", "made an initiative of the case";
    CASE_REMOVED = "guided_case.removed", "removed the case";
    HINT_ASIDE = "guided_case.hint_aside", "put a hint aside on";
    OPTION_ADDED = "case_option.added", "added the option";
    OPTION_EDITED = "case_option.edited", "changed the option";
    OPTION_CHOSEN = "case_option.chosen", "chose the option";
    OPTION_LEFT = "case_option.left", "no longer chose the option";
    OPTION_REMOVED = "case_option.removed", "removed the option";
    CASE_LINKED = "guided_case.linked", "linked:";
    CASE_UNLINKED = "guided_case.unlinked", "unlinked:";
}
