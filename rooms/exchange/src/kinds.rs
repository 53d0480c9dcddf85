//! What kind of story another tool's type is: by whole words, in the languages that files come in.

use backlog::StoryKind;
use reading::words;

const BUG: &[&str] = &[
    "bug",
    "bugs",
    "defect",
    "defects",
    "fault",
    "incident",
    "error",
    "fehler",
    "problem",
    "störung",
    "bogue",
    "anomalie",
    "erreur",
    "dysfonctionnement",
    "defecto",
    "incidente",
    "fallo",
    "ошибка",
    "баг",
    "дефект",
    "сбой",
    "バグ",
    "不具合",
    "障害",
    "defeito",
    "erro",
    "falha",
    "缺陷",
    "버그",
];
const SPIKE: &[&str] = &["spike", "research", "investigation", "recherche", "investigación", "исследование", "調査", "pesquisa"];
const TASK: &[&str] = &[
    "task",
    "tasks",
    "subtask",
    "sub",
    "chore",
    "technical",
    "todo",
    "aufgabe",
    "teilaufgabe",
    "unteraufgabe",
    "tâche",
    "sous",
    "tarea",
    "subtarea",
    "задача",
    "подзадача",
    "タスク",
    "サブタスク",
    "作業",
    "tarefa",
    "subtarefa",
    "任务",
    "작업",
];
const STORY: &[&str] = &[
    "story",
    "stories",
    "feature",
    "features",
    "epic",
    "epics",
    "improvement",
    "requirement",
    "enhancement",
    "issue",
    "item",
    "release",
    "change",
    "request",
    "idea",
    "epos",
    "verbesserung",
    "anforderung",
    "funktion",
    "neue",
    "récit",
    "histoire",
    "amélioration",
    "épopée",
    "fonctionnalité",
    "exigence",
    "historia",
    "mejora",
    "épica",
    "requisito",
    "история",
    "улучшение",
    "эпик",
    "требование",
    "ストーリー",
    "改善",
    "エピック",
    "要望",
    "新機能",
    "história",
    "melhoria",
    "épico",
    "recurso",
    "initiative",
    "theme",
    "userstory",
    "pbi",
];
const EPIC: &[&str] = &["epic", "epics", "epos", "épopée", "épica", "épico", "эпик", "エピック", "initiative", "에픽", "史诗"];

fn has(named: &str, known: &[&str]) -> bool {
    let named = words(named);
    named.split(' ').any(|word| known.iter().any(|k| words(k) == word))
}

/// The kind that a type's name says; `None` where it is not known, and a story then.
pub fn of(named: &str) -> Option<StoryKind> {
    [(BUG, StoryKind::Bug), (SPIKE, StoryKind::Spike), (TASK, StoryKind::Task), (STORY, StoryKind::Story)]
        .into_iter()
        .find(|(known, _)| has(named, known))
        .map(|(_, kind)| kind)
}

/// Whether it holds other stories together.
pub fn is_epic(named: &str) -> bool {
    has(named, EPIC)
}

/// Azure DevOps has features between its epics and stories; elsewhere a feature is a story.
pub fn is_feature(named: &str) -> bool {
    words(named) == "feature"
}

/// A part of a story.
pub fn is_part(named: &str) -> bool {
    let named = words(named);
    ["sub task", "subtask", "teilaufgabe", "unteraufgabe", "sous tache", "subtarea", "подзадача", "サブタスク", "subtarefa"].contains(&named.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_known_by_whole_words() {
        for (named, kind) in [
            ("Bug", StoryKind::Bug),
            ("Fehler", StoryKind::Bug),
            ("Production incident", StoryKind::Bug),
            ("Sub-task", StoryKind::Task),
            ("Sous-tâche", StoryKind::Task),
            ("Aufgabe", StoryKind::Task),
            ("タスク", StoryKind::Task),
            ("Spike", StoryKind::Spike),
            ("User Story", StoryKind::Story),
            ("feature", StoryKind::Story),
        ] {
            assert_eq!(of(named), Some(kind), "{named}");
        }
        assert_eq!((of("Debugging"), of("Multitasking"), of("Tree")), (None, None, None), "never part of a word");
        assert!(is_epic("Épopée") && is_epic("epic") && !is_epic("Epicenter") && is_part("Sub-task") && !is_part("Task"));
    }
}
