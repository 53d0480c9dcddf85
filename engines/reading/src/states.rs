//! What a state's name says: whole words only, in the languages whose exports are met most.
//!
//! A name is known as a whole (*in Arbeit*), or by a frame around a word (*in …*, *ready for …*, *not …*). Nothing is
//! ever found in a part of a word: *undone*, *inactive* and *latest* hold done, active and test. What is not known is
//! `None`; the caller lists it and asks.

use crate::words;
use std::{collections::HashMap, sync::LazyLock};

/// How far something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Open,
    Doing,
    HandedOver,
    Done,
    Dropped,
}

/// Names by state, parted by bars; as [`words`] leaves them or with their accents.
const NAMES: &[(State, &str)] = &[
    (
        State::Done,
        "done|closed|close|complete|completed|finished|resolved|released|accepted|shipped|fixed|live|deployed|in production|signed off|\
         done done|merged|published|ready and accepted|\
         erledigt|fertig|fertiggestellt|geschlossen|abgeschlossen|ausgeliefert|abgenommen|gelöst|behoben|umgesetzt|beendet|veröffentlicht|live gegangen|\
         terminé|terminée|fini|finie|fermé|fermée|clos|close|clôturé|résolu|résolue|livré|livrée|accepté|acceptée|en production|validé|validée|fait|\
         hecho|hecha|listo|lista|terminado|terminada|cerrado|cerrada|completado|completada|completo|completa|finalizado|finalizada|resuelto|resuelta|\
         aceptado|aceptada|entregado|entregada|en producción|\
         concluído|concluída|concluido|itens concluídos|feito|feita|fechado|fechada|pronto|pronta|resolvido|resolvida|aceito|aceita|entregue|\
         em produção|concluir|\
         fatto|fatta|chiuso|chiusa|completato|completata|finito|finita|risolto|risolta|concluso|conclusa|rilasciato|rilasciata|accettato|\
         gereed|klaar|afgerond|afgesloten|gesloten|voltooid|opgelost|opgeleverd|geaccepteerd|gedaan|\
         готово|готов|готова|завершено|завершен|завершена|закрыто|закрыт|закрыта|закрытые|выполнено|выполнен|выполнена|выполненные|решено|решен|решена|\
         сделано|исправлено|принято|\
         完了|完了済み|終了|クローズ|クローズ済み|解決済み|解決|対応済み|対応完了|完成|已完成|已关闭|关闭|已解决|完了しました|已關閉|完成済み|\
         완료|완료됨|종료|해결됨|닫힘|\
         zrobione|gotowe|ukończone|ukończony|zakończone|zamknięte|zamknięty|rozwiązane|\
         klar|klart|färdig|färdigt|stängd|stängt|avslutad|avslutat|färdigställd|ferdig|fullført|lukket|løst|færdig|afsluttet|\
         hotovo|dokončeno|uzavřeno|valmis|tamamlandı|bitti",
    ),
    (
        State::Doing,
        "in progress|doing|started|active|wip|work in progress|in development|development|developing|implementing|in implementation|coding|\
         building|in work|working|working on it|ongoing|under way|underway|review|in review|code review|in code review|reviewing|peer review|\
         testing|test|in test|in testing|qa|in qa|in verification|verifying|in design|designing|in analysis|analysing|analyzing|in dev|\
         in sprint|started working|picked up|\
         in arbeit|in bearbeitung|in entwicklung|in umsetzung|in prüfung|in test|im test|in testung|im review|begonnen|angefangen|laufend|läuft|\
         wird bearbeitet|wird getestet|aktiv|\
         en cours|en cours de développement|en développement|en test|en revue|en révision|commencé|commencée|démarré|en cours de test|en traitement|\
         en progreso|en curso|en proceso|haciendo|en desarrollo|en pruebas|en revisión|empezado|iniciado|en marcha|\
         em andamento|em progresso|em curso|fazendo|em desenvolvimento|em teste|em testes|em revisão|iniciado|em execução|\
         in corso|in lavorazione|in sviluppo|in revisione|in esecuzione|iniziato|in fase di test|\
         in uitvoering|in behandeling|mee bezig|bezig|in ontwikkeling|onderhanden|gestart|wordt getest|\
         в работе|в процессе|в процессе выполнения|в разработке|выполняется|на проверке|на тестировании|тестирование|в тестировании|начато|делается|\
         進行中|作業中|処理中|対応中|実装中|開発中|テスト中|レビュー中|仕掛り中|着手|着手中|进行中|处理中|開發中|开发中|测试中|正在进行|進行中です|\
         진행 중|진행중|진행|작업 중|검토 중|테스트 중|\
         w toku|w trakcie|w trakcie realizacji|w realizacji|w testach|robione|\
         pågår|pågående|påbörjad|pågående arbete|under arbete|under arbeid|i gang|igang|i arbeid|probíhá|rozpracováno|devam ediyor|yapılıyor|kesken",
    ),
    (
        State::HandedOver,
        "handed over|in acceptance|acceptance|acceptance testing|acceptance test|in acceptance test|awaiting acceptance|waiting for acceptance|\
         pending acceptance|ready for acceptance|to be accepted|for acceptance|uat|in uat|ready for uat|user acceptance|user acceptance testing|\
         awaiting sign off|ready for sign off|sign off|po review|in po review|po acceptance|awaiting po|ready for po|ready for po review|\
         zur abnahme|in abnahme|abnahme|bereit zur abnahme|wartet auf abnahme|warten auf abnahme|fachliche abnahme|\
         en recette|recette|à recetter|à valider|en validation|en attente de validation|prêt pour recette|\
         en aceptación|pendiente de aceptación|por aceptar|por validar|em aceitação|em homologação|homologação|aguardando aceite|aguardando aprovação do po|\
         in accettazione|in collaudo|in acceptatie|acceptatie|wacht op acceptatie|на приемке|приемка|на приёмке|приёмка|\
         受入待ち|受け入れ待ち|受入テスト|受け入れテスト|受入確認|验收|待验收|验收中|인수 대기|인수 테스트|do odbioru|w odbiorze|acceptanstest",
    ),
    (
        State::Dropped,
        "wont do|will not do|wont fix|wontfix|will not fix|wont implement|cancelled|canceled|rejected|duplicate|duplicated|invalid|abandoned|\
         obsolete|not planned|declined|dropped|discarded|removed|deleted|withdrawn|superseded|cannot reproduce|cant reproduce|not reproducible|\
         not a bug|by design|as designed|works as designed|works for me|out of scope|deferred forever|killed|aborted|scrapped|\
         abgebrochen|abgelehnt|verworfen|storniert|zurückgezogen|duplikat|wird nicht erledigt|wird nicht umgesetzt|nicht umsetzen|hinfällig|ungültig|\
         entfällt|obsolet|\
         annulé|annulée|abandonné|abandonnée|rejeté|rejetée|refusé|refusée|doublon|invalide|ne sera pas fait|obsolète|supprimé|\
         cancelado|cancelada|rechazado|rechazada|descartado|descartada|duplicado|duplicada|no se hará|anulado|anulada|no se realizará|\
         rejeitado|rejeitada|não será feito|não fazer|abandonado|abandonada|recusado|\
         annullato|annullata|rifiutato|rifiutata|scartato|duplicato|abbandonato|respinto|\
         geannuleerd|vervallen|afgewezen|verworpen|geweigerd|wordt niet gedaan|duplicaat|\
         отменено|отменен|отменена|отменён|отклонено|отклонен|отклонена|отклонён|дубликат|не будет сделано|не будет исправлено|\
         キャンセル|キャンセル済み|中止|却下|取り下げ|対応しない|重複|已取消|取消|已拒绝|拒绝|重复|取り消し|\
         취소|취소됨|거부됨|거절됨|중복|\
         anulowane|anulowany|odrzucone|odrzucony|porzucone|duplikat|\
         avbruten|avbrutet|avvisad|avslag|kansellert|annulleret|afvist|forkastet|zrušeno|zamítnuto|iptal|iptal edildi|peruttu",
    ),
    (
        State::Open,
        "open|opened|to do|todo|new|backlog|product backlog|sprint backlog|reopened|re opened|planned|proposed|draft|triage|needs triage|icebox|inbox|\
         ready|ready to start|ready to work|next|next up|up next|later|selected|selected for development|selected for sprint|not started|unstarted|\
         not yet started|scheduled|unscheduled|pending|requested|submitted|idea|ideas|undone|not done|incomplete|not complete|not completed|not finished|\
         unfinished|unresolved|not ready|someday|funnel|created|reported|accepted into sprint|committed to sprint|future|refinement|in refinement|\
         to be done|to be refined|needs refinement|groomed|refined|prioritised|prioritized|waiting|queue|queued|\
         offen|neu|zu erledigen|zu tun|aufgaben|geplant|bereit|wiedereröffnet|wieder geöffnet|nicht begonnen|noch nicht begonnen|nicht gestartet|\
         nicht erledigt|nicht fertig|unerledigt|ausstehend|vorgeschlagen|entwurf|anstehend|ausgewählt für die entwicklung|zur entwicklung ausgewählt|idee|\
         à faire|a faire|nouveau|nouvelle|ouvert|ouverte|rouvert|réouvert|planifié|prévu|non commencé|pas commencé|non démarré|non terminé|pas fini|\
         en attente|sélectionné pour développement|sélectionné pour le développement|prêt|proposé|brouillon|tâches à faire|\
         por hacer|tareas por hacer|pendiente|pendientes|nuevo|nueva|abierto|abierta|reabierto|reabierta|planificado|no iniciado|no empezado|sin empezar|\
         no terminado|seleccionado para desarrollo|propuesto|borrador|\
         a fazer|para fazer|por fazer|tarefas pendentes|itens pendentes|novo|nova|aberto|aberta|reaberto|reaberta|planejado|planeado|não iniciado|\
         não concluído|selecionado para desenvolvimento|pendentes|rascunho|\
         da fare|da completare|da iniziare|nuovo|nuova|aperto|aperta|riaperto|riaperta|pianificato|non iniziato|non completato|in attesa|\
         selezionato per lo sviluppo|bozza|proposto|\
         te doen|nog te doen|nieuw|heropend|gepland|niet gestart|niet begonnen|nog niet gestart|geselecteerd voor ontwikkeling|voorgesteld|concept|\
         к выполнению|сделать|новый|новая|новые|новое|открыт|открыто|открыта|открытые|переоткрыт|переоткрыто|запланировано|не начато|не начата|\
         не выполнено|не сделано|ожидает|в очереди|бэклог|беклог|выбрано для разработки|открыт повторно|\
         未着手|未対応|未完了|未解決|新規|オープン|再オープン|バックログ|作業前|開発対象|やること|選択済み|計画|計画済み|待办|待处理|待辦|未开始|未開始|新建|打开|重新打开|未完成|\
         할 일|해야 할 일|대기|대기 중|신규|새로운|열림|다시 열림|백로그|시작 전|\
         do zrobienia|nowe|nowy|otwarte|otwarty|ponownie otwarte|zaplanowane|nie rozpoczęte|nierozpoczęte|oczekujące|\
         att göra|ny|nytt|nya|öppen|öppet|planerad|ej påbörjad|inte påbörjad|å gjøre|åpen|at gøre|åben|planlagt|ikke startet|ikke påbegynt|\
         k řešení|nové|otevřeno|yapılacak|yapılacaklar|açık|yeni|tehtävä|avoin",
    ),
];

static KNOWN: LazyLock<HashMap<String, State>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (state, names) in NAMES {
        for name in names.split('|') {
            // "iniciado" is begun in two languages; what stands first counts.
            known.entry(words(name)).or_insert(*state);
        }
    }
    known
});

/// Words that may stand beside one that says *done* and change nothing.
const HARMLESS: &[&str] = &[
    "to",
    "in",
    "into",
    "on",
    "and",
    "live",
    "prod",
    "production",
    "released",
    "deployed",
    "accepted",
    "fixed",
    "resolved",
    "closed",
    "done",
    "the",
    "customers",
    "users",
    "und",
    "et",
    "y",
    "e",
    "en",
    "successfully",
    "fully",
    "all",
];

/// What a state's name says; `None` where it is not known.
pub fn of(name: &str) -> Option<State> {
    let name = words(name);
    // "3. In progress": boards number their columns.
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if let Some(state) = KNOWN.get(name) {
        return Some(*state);
    }
    let (first, rest) = name.split_once(' ')?;
    let rest_is = |state: State| KNOWN.get(rest) == Some(&state);
    match first {
        // What is not done, begun or planned is open; "not rejected" is anybody's guess.
        "not" | "non" | "nicht" | "pas" | "no" | "nao" | "niet" | "не" | "nie" | "inte" | "ikke" => {
            [State::Done, State::Doing].into_iter().any(rest_is).then_some(State::Open)
        }
        "ready" => match rest.strip_prefix("for ").or(rest.strip_prefix("to "))? {
            "review" | "code review" | "test" | "testing" | "qa" | "be tested" | "merge" => Some(State::Doing),
            "development" | "dev" | "work" | "sprint" | "implementation" | "refinement" | "planning" | "start" => Some(State::Open),
            _ => None,
        },
        _ => {
            let all: Vec<&str> = name.split(' ').collect();
            let done = KNOWN.get(first) == Some(&State::Done) && all[1..].iter().all(|word| HARMLESS.contains(word));
            done.then_some(State::Done)
        }
    }
}

/// What Jira's *Status Category* (or another tool's group of states) says: open, doing or done.
pub fn category(name: &str) -> Option<State> {
    of(name).filter(|state| matches!(state, State::Open | State::Doing | State::Done))
}

/// The words of Pivotal Tracker, where *delivered* waits for the Owner and *rejected* goes back to work.
pub fn of_pivotal(name: &str) -> Option<State> {
    match words(name).as_str() {
        "unscheduled" | "unstarted" | "planned" => Some(State::Open),
        "started" | "finished" | "rejected" => Some(State::Doing),
        "delivered" => Some(State::HandedOver),
        "accepted" => Some(State::Done),
        _ => None,
    }
}

/// The words of Azure DevOps where they mean something of their own: *resolved* waits to be verified.
pub fn of_azure(name: &str) -> Option<State> {
    match words(name).as_str() {
        "new" | "approved" | "proposed" | "to do" => Some(State::Open),
        "active" | "committed" | "doing" | "in progress" => Some(State::Doing),
        "resolved" => Some(State::HandedOver),
        "closed" | "done" | "completed" => Some(State::Done),
        "removed" => Some(State::Dropped),
        _ => of(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_part_of_a_word() {
        for open in ["Not Done", "Incomplete", "Undone", "Not Started", "Selected for Development"] {
            assert_eq!(of(open), Some(State::Open), "{open}");
        }
        for unknown in [
            "Inactive",
            "Latest",
            "Released for planning",
            "Oven",
            "Served",
            "Waiting for legal",
            "Parked until May",
            "Verified",
            "Delivered",
            "Contest",
            "Abandonedish",
            "",
            "7",
            "Archived",
            "Done with regrets",
            "Not rejected",
        ] {
            assert_eq!(of(unknown), None, "{unknown}");
        }
        assert_eq!(of("Ready for Review"), Some(State::Doing));
        assert_eq!(of("Deployed to live"), Some(State::Done));
    }

    #[test]
    fn whatever_the_spelling() {
        for (name, state) in [
            ("DONE", State::Done),
            ("3. In Progress", State::Doing),
            ("InProgress", State::Doing),
            ("in_progress", State::Doing),
            ("ToDo", State::Open),
            ("Done ✅", State::Done),
            ("Closed (fixed)", State::Done),
            ("Won’t Do", State::Dropped),
            ("handed_over", State::HandedOver),
            ("Erledigt", State::Done),
            ("In Arbeit", State::Doing),
            ("Zu erledigen", State::Open),
            ("Zur Abnahme", State::HandedOver),
            ("En cours", State::Doing),
            ("À FAIRE", State::Open),
            ("Terminé(e)", State::Done),
            ("Tareas por hacer", State::Open),
            ("Listo", State::Done),
            ("Em andamento", State::Doing),
            ("Concluído", State::Done),
            ("Da completare", State::Open),
            ("In uitvoering", State::Doing),
            ("В работе", State::Doing),
            ("Готово", State::Done),
            ("К выполнению", State::Open),
            ("進行中", State::Doing),
            ("完了", State::Done),
            ("未完了", State::Open),
            ("진행 중", State::Doing),
        ] {
            assert_eq!(of(name), Some(state), "{name}");
        }
    }

    #[test]
    fn tools_have_words_of_their_own() {
        assert_eq!(
            [of_pivotal("delivered"), of_pivotal("rejected"), of("rejected")],
            [Some(State::HandedOver), Some(State::Doing), Some(State::Dropped)]
        );
        assert_eq!([of_azure("Resolved"), of("Resolved"), of_azure("In Arbeit")], [Some(State::HandedOver), Some(State::Done), Some(State::Doing)]);
        assert_eq!(
            [category("Done"), category("In Progress"), category("Fertig"), category("New"), category("Cancelled")],
            [Some(State::Done), Some(State::Doing), Some(State::Done), Some(State::Open), None]
        );
    }

    #[test]
    fn every_name_is_known_once() {
        for (state, names) in NAMES {
            for name in names.split('|') {
                assert_eq!(of(name), Some(*state), "{name}");
            }
        }
    }
}
