//! Our fields, and the names that columns have for them in files of other tools: Jira in seven languages, Azure DevOps,
//! Pivotal Tracker, Asana, GitLab, Linear and what people call columns of their own. A format only names its columns.

use reading::fold;
use std::{collections::HashMap, sync::LazyLock};

/// A field of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Key,
    /// A second key, by which other rows may name this one.
    Id,
    Title,
    Body,
    Criteria,
    Points,
    State,
    /// Which group of states it is in: Jira's Status Category.
    Category,
    /// How it ended.
    Resolution,
    Type,
    Assignee,
    Mail,
    Labels,
    Created,
    Started,
    Closed,
    /// When it was last changed.
    Updated,
    Rank,
    Parent,
    /// What the parent is called.
    ParentName,
    Epic,
    EpicName,
    Sprint,
    SprintStart,
    SprintEnd,
    Comment,
    Task,
    TaskState,
    Url,
    /// Whose keys they are.
    Project,
}

/// The field, its word in a mapping, what a person calls it, and the names of columns, the best first.
type Named = (Field, &'static str, &'static str, &'static str);

const ALL: &[Named] = &[
    (
        Field::Key,
        "key",
        "Key",
        "issue key|work item key|issuekey|key|ticket key|vorgangsschlüssel|schlüssel|vorgangsschluessel|clé de ticket|clé du ticket|clé|clave de incidencia|clave de la incidencia|\
         clave|код задачи|ключ проблемы|ключ запроса|ключ задачи|ключ|код|課題キー|キー|chave da item|chave do item|chave da ocorrência|chave da pendência|chave|\
         formatted id|iid|task id|work item id|item id|ref|id|reference|number|issue id|vorgangs-id|nr|nr.|nummer|no|no.|№|#",
    ),
    (
        Field::Id,
        "id",
        "Second key",
        "issue id|work item id|vorgangs-id|id de ticket|id du ticket|id de la incidencia|id de incidencia|идентификатор задачи|идентификатор проблемы|идентификатор запроса|id задачи|\
         課題 id|課題id|id da item|id do item|id da ocorrência|id",
    ),
    (
        Field::Title,
        "title",
        "Title",
        "summary|title|name|subject|task name|zusammenfassung|titel|betreff|résumé|titre|resumen|título|тема|резюме|сводка|название|заголовок|要約|件名|タイトル|\
         resumo|headline|user story|story|task|item|aufgabe",
    ),
    (Field::Body, "body", "Text", "description|beschreibung|descripción|описание|説明|詳細|descrição|body|notes|text|details|notizen|repro steps"),
    (
        Field::Criteria,
        "criteria",
        "Acceptance criteria",
        "acceptance criteria|acceptance criterion|criteria|kriterien|akzeptanzkriterien|abnahmekriterien|critères d'acceptation|criterios de aceptación|критерии приемки|\
         受け入れ基準|受け入れ条件|受入基準|受入条件|critérios de aceitação|critérios de aceite",
    ),
    (
        Field::Points,
        "points",
        "Points",
        "story points|story point estimate|story-points|storypoints|storypoint|story point|points|story-punkte|storypunkte|estimate|estimated size|total points|total-points|effort|size|weight|complexity|schätzung|aufwand|\
         größe|points d'effort|points de story|puntos de historia|puntos|оценка в story points|стори поинты|очки|ストーリーポイント|ストーリー ポイント|pontos de história|pontos",
    ),
    (
        Field::State,
        "state",
        "State",
        "column name|status|state|current state|zustand|statut|état|estado|статус|состояние|ステータス|状態|situação|stage",
    ),
    (
        Field::Category,
        "category",
        "Category of the state",
        "status category|state category|statuskategorie|catégorie d'état|catégorie de statut|catégorie d'états|categoría de estado|категория статуса|\
         ステータス カテゴリー|ステータスカテゴリー|ステータス カテゴリ|ステータスカテゴリ|categoria do status|categoria de status",
    ),
    (Field::Resolution, "resolution", "How it ended", "resolution|lösung|résolution|resolución|решение|解決状況|resolução"),
    (
        Field::Type,
        "type",
        "Type",
        "issue type|work item type|work type|issuetype|story type|type|kind|vorgangstyp|typ|type de ticket|tipo de incidencia|тип задачи|тип запроса|тип проблемы|тип|\
         課題タイプ|タイプ|種別|tipo de item|tipo de problema|tipo de pendência|tipo|art",
    ),
    (
        Field::Assignee,
        "assignee",
        "Who works on it",
        "assignee|assignees|assigned to full name|assigned to|owned by|owners|owner|assignee username|zugewiesene person|bearbeiter|zugewiesen an|zuständig|personne assignée|attribution|responsable|assigné à|\
         persona asignada|asignado a|asignado|исполнитель|担当者|担当|responsável|atribuído a",
    ),
    (Field::Mail, "mail", "Their e-mail", "assignee email|assignee e-mail|assignee mail|owner email"),
    (
        Field::Labels,
        "labels",
        "Labels",
        "labels|label|tags|tag|stichwörter|etiketten|schlagwörter|étiquettes|etiquetas|метки|ラベル|タグ|categorias|keywords",
    ),
    (
        Field::Created,
        "created",
        "Created",
        "created|created at|created at (utc)|created on|created date|creation date|date created|createdat|erstellt|erstellt am|erstelldatum|angelegt am|création|créé|créée|créé le|date de création|\
         creada|creado|fecha de creación|дата создания|создано|создана|作成日時|作成日|作成|criado|criada|criado em|data de criação",
    ),
    (Field::Started, "started", "Work started", "started at|started|started date|activated date|begonnen am|в работе с|着手日"),
    (
        Field::Closed,
        "closed",
        "Done or dropped",
        "resolved|accepted at|completed at|closed at|closed at (utc)|closedat|closed date|resolved date|resolution date|closed|completed date|completed on|completed|done at|finished|\
         finished at|canceled at|canceled|cancelled at|cancelled|erledigt|gelöst|erledigt am|abgeschlossen am|abgeschlossen|lösungsdatum|résolue|résolu|date de résolution|résolution le|terminé le|resuelta|resuelto|\
         fecha de resolución|дата решения|дата завершения|решено|решена|解決日時|解決日|解決|完了日|resolvido|resolvida|data de resolução|concluído em",
    ),
    (
        Field::Updated,
        "",
        "",
        "updated|updated at|updated at (utc)|last updated|last modified|changed date|aktualisiert|mise à jour|mis à jour|actualizada|actualizado|обновлено|обновлен|更新日時|更新日|更新|atualizado|atualizada",
    ),
    (Field::Rank, "rank", "Order", "rank|rang|ранг|ランク|rango|stack rank|backlog priority|backlog order"),
    (
        Field::Parent,
        "parent",
        "Parent",
        "parent key|parent|parent id|parent task|parent issue|parent issue key|parent work item|parent reference id|übergeordneter schlüssel|übergeordnet|übergeordneter vorgang|übergeordnete id|\
         clé parente|clé du parent|tâche parente|ticket parent|id du parent|clave principal|clave del principal|principal|incidencia principal|padre|ключ родителя|родитель|родительская задача|родительский запрос|親キー|親課題|親|chave pai|chave do pai|pai|item pai",
    ),
    (
        Field::ParentName,
        "",
        "",
        "parent summary|parent title|zusammenfassung des übergeordneten vorgangs|übergeordnete zusammenfassung|résumé du parent|résumé parent|resumen principal|\
         resumen del principal|тема родителя|親の要約|親要約|resumo do pai|resumo pai",
    ),
    (
        Field::Epic,
        "epic",
        "Epic",
        "epic link|epic-link|epic key|epic|epic id|epos-verknüpfung|epic-verknüpfung|epos|lien d'épopée|lien vers l'épopée|enlace de épica|enlace a la épica|épica|ссылка на эпик|эпик|\
         エピック リンク|エピックリンク|エピック|link do épico|vínculo do épico|épico",
    ),
    (Field::EpicName, "", "", "epic link summary|epic title"),
    (Field::Sprint, "sprint", "Sprint", "sprint|sprints|iteration path|iteration|cycle name|cycle|спринт|スプリント|itération"),
    (
        Field::SprintStart,
        "sprint_start",
        "First day of the sprint",
        "iteration start|cycle start|cycle start date|sprint start|sprint start date|sprint estimated start",
    ),
    (
        Field::SprintEnd,
        "sprint_end",
        "Last day of the sprint",
        "iteration end|cycle end|cycle end date|sprint end|sprint end date|sprint estimated finish",
    ),
    (
        Field::Comment,
        "comment",
        "Comments",
        "comment|comments|kommentar|kommentare|commentaire|commentaires|comentario|comentarios|комментарий|комментарии|コメント|comentário|comentários",
    ),
    (Field::Task, "", "", "task"),
    (Field::TaskState, "", "", "task status"),
    (Field::Url, "url", "Address", "url|link|issue url|web url|external link"),
    (Field::Project, "", "", "project id|project key|project|projects|team project|project identifier|project name|team id|team"),
];

/// Jira puts the names of a company's own fields into brackets behind these words.
const OWN: &[&str] = &[
    "custom field",
    "benutzerdefiniertes feld",
    "champ personnalise",
    "champs personnalises",
    "campo personalizado",
    "пользовательское поле",
    "настраиваемое поле",
    "カスタムフィールド",
    "カスタム フィールド",
];

/// A column's name as it is compared, with spaces for the lines between words; of a company's own field the name in the
/// brackets.
pub fn spelled(header: &str) -> String {
    let folded = fold(header.trim()).replace('_', " ");
    let own = folded.strip_suffix(')').and_then(|rest| rest.split_once('(')).filter(|(before, _)| OWN.iter().any(|own| fold(own) == before.trim()));
    own.map(|(_, inner)| inner.trim().to_owned()).unwrap_or(folded)
}

/// The names of each field, as they are compared.
static NAMES: LazyLock<HashMap<Field, Vec<String>>> =
    LazyLock::new(|| ALL.iter().map(|(field, .., names)| (*field, names.split('|').map(|n| fold(n.trim()).replace('_', " ")).collect())).collect());

impl Field {
    pub fn all() -> impl Iterator<Item = Field> {
        ALL.iter().map(|(field, ..)| *field)
    }

    /// Fields that a mapping may name a column for.
    pub fn chosen() -> impl Iterator<Item = Field> {
        ALL.iter().filter(|(_, word, ..)| !word.is_empty()).map(|(field, ..)| *field)
    }

    fn named(self) -> &'static Named {
        ALL.iter().find(|(field, ..)| *field == self).unwrap_or(&ALL[0])
    }

    /// Its word in a mapping.
    pub fn word(self) -> &'static str {
        self.named().1
    }

    /// What a person calls it.
    pub fn says(self) -> &'static str {
        self.named().2
    }

    pub fn of_word(word: &str) -> Option<Field> {
        Field::chosen().find(|field| field.word() == word)
    }

    /// The field that a column's name suggests.
    pub fn suggested(name: &str) -> Option<Field> {
        let name = spelled(name);
        Field::chosen().find(|field| NAMES[field].contains(&name))
    }

    /// The columns of a field by their names: all of the name that is the best of those that occur.
    pub fn columns(self, spelled: &[String]) -> Vec<usize> {
        let all = |name: &String| (0..spelled.len()).filter(|at| spelled[*at] == *name).collect::<Vec<_>>();
        match self {
            // Which of them a project uses depends on how it is managed, each may stand for another row, and what is done and
            // what is given up have days of their own.
            Field::Points | Field::Parent | Field::Epic | Field::Closed => NAMES[&self].iter().flat_map(all).collect(),
            _ => NAMES[&self].iter().map(all).find(|found| !found.is_empty()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_in_many_languages() {
        let found = |headers: &[&str], field: Field| field.columns(&headers.iter().map(|h| spelled(h)).collect::<Vec<_>>());
        assert_eq!(found(&["Zusammenfassung", "Schlüssel"], Field::Key), [1]);
        assert_eq!(found(&["Résumé", "Clé de ticket", "Champs personnalisés (Story Points)"], Field::Points), [2]);
        assert_eq!(found(&["課題キー", "要約"], Field::Title), [1]);
        assert_eq!(found(&["Метки", "Метки", "Тема"], Field::Labels), [0, 1]);
        assert_eq!(found(&["Id", "Issue key"], Field::Key), [1], "the best name first");
        assert_eq!(found(&["Custom field (Rank)", "Rank (Obsolete)"], Field::Rank), [0]);
        assert_eq!(found(&["カスタム フィールド (Story Points)", "カスタムフィールド (ランク)"], Field::Rank), [1]);
        assert_eq!(found(&["Date"], Field::Created), Vec::<usize>::new());
        assert_eq!((Field::suggested("StoryPoints"), Field::suggested("where")), (Some(Field::Points), None));
    }
}
