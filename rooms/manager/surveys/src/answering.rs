//! Answering, without an account: once by each link that is for one person, else once from each browser or confirmed address.
//! What is kept are sums; nobody can tell who answered what.

use crate::{apart, events::*, model::*};
use kernel::{
    Authority, Column, Command, Decided, FieldError, Id, Look, Moment, Noun, Refusal, Result, Scope, Uuid, Value, Waits, command,
    counted::{self, Answers, Count},
    look::find_rows,
    shared::Opening,
};
use std::collections::BTreeMap;
use web::when;

/// Lets in whoever holds the word of a link that was not revoked, while whoever made it belongs to the product.
pub(crate) const OPEN: Opening = Opening {
    from: "survey_link",
    when: "survey_link.token_hash = $1 and survey_link.revoked_at is null and exists
           (select 1 from membership belongs join member maker on maker.id = belongs.member and maker.removed_at is null
            where belongs.member = survey_link.member and belongs.product = survey_link.product and belongs.removed_at is null)",
    areas: &[AREA],
    also: &[],
};

/// What a survey asks, and whether it takes an answer.
pub struct Asked {
    pub survey: Survey,
    pub items: Vec<Item>,
    /// Why it takes none.
    pub shut: Option<Refusal>,
    /// Answers are counted for a segment, too: the link is for people of one.
    pub apart: bool,
}

/// Why a survey takes no answer (any more); nothing while it does.
fn shut(survey: &Survey, now: i64) -> Option<Refusal> {
    let today = when::day(now);
    let over = survey.closes_on.as_ref().is_some_and(|day| *day < today);
    match survey.state {
        SurveyState::Draft => Some(Refusal::invalid("", "This survey has not begun yet.")),
        SurveyState::Closed => Some(Refusal::invalid("", "This survey is closed. Thank you all the same.")),
        SurveyState::Open if over => Some(Refusal::invalid("", "The last day for answers has passed. Thank you all the same.")),
        SurveyState::Open => None,
    }
}

const USED: &str = "You have answered already. Nobody knows any more which answers are yours, so they cannot be changed.";

/// A survey of the product at hand as whoever is known by `by` may answer it.
///
/// # Errors
/// `NotFound` where there is none.
pub fn asked(look: &mut Look, id: Id<Survey>, by: &[Uuid]) -> Result<Asked> {
    let survey = Survey::get(look, id)?;
    let items = crate::building::items(look, id)?;
    let mut closed = shut(&survey, look.now());
    if closed.is_none() && counted::has_answered(look, survey.meta.id, by)? {
        closed = Some(Refusal::invalid("", USED));
    }
    Ok(Asked { survey, items, shut: closed, apart: false })
}

/// The link with this word, of the product at hand.
///
/// # Errors
/// `Invalid` where it has expired.
pub(crate) fn link(look: &mut Look, product: Uuid, hash: &str) -> Result<SurveyLink> {
    let sql = "where token_hash = $1 and product = $2 and revoked_at is null and removed_at is null";
    let link: SurveyLink = find_rows(look.reader, sql, &[Value::Text(hash.to_owned()), product.value()])?.pop().ok_or(Refusal::NotFound)?;
    match link.works(look.now()) {
        true => Ok(link),
        false => Err(Refusal::invalid("", "This link has expired. Ask whoever sent it to you for a new one.")),
    }
}

command! {
    /// Answers a survey without an account.
    pub struct AnswerSurvey in "survey.answer" inside {
        pub survey: Id<Survey>,
        /// What is kept of the word of a link; without it the portal shows the survey.
        #[serde(default)]
        pub link_hash: String,
        /// By what whoever answers is known, where the link is not for them alone: their browser, and their address.
        pub by: Vec<Uuid>,
        /// What they feel with each, by its id, and without each.
        pub with: BTreeMap<Uuid, Feeling>,
        pub without: BTreeMap<Uuid, Feeling>,
    }
}

/// A survey that takes an answer, and by what whoever answers is known.
pub struct Asking {
    survey: Survey,
    items: Vec<Item>,
    by: Vec<Uuid>,
    /// The segment that the link is for, by its place among the survey's.
    segment: Option<usize>,
}

impl Command for AnswerSurvey {
    type Before = Asking;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("survey");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Asking> {
        let survey: Survey =
            find_rows(look.reader, "where id = $1 and removed_at is null", &[self.survey.value()])?.pop().ok_or(Refusal::NotFound)?;
        let product = survey.meta.product.ok_or(Refusal::NotFound)?;
        let mut segment = None;
        let by = match self.link_hash.as_str() {
            "" if survey.in_portal => self.by.clone(),
            "" => return Err(Refusal::NotFound),
            hash => {
                let link = link(look, product, hash)?;
                segment = link.segment.and_then(|id| survey.segments.iter().position(|known| *known == id));
                match link.survey == survey.id() {
                    true if link.once => vec![link.meta.id],
                    true => self.by.clone(),
                    false => return Err(Refusal::NotFound),
                }
            }
        };
        let items = find_rows(look.reader, "where survey = $1 and removed_at is null order by place, id", &[self.survey.value()])?;
        if let Some(refusal) = shut(&survey, look.now()) {
            return Err(refusal);
        }
        if by.is_empty() {
            return Err(Refusal::NotFound);
        }
        match counted::has_answered(look, survey.meta.id, &by)? {
            false => Ok(Asking { survey, items, by, segment }),
            true => Err(Refusal::invalid("", USED)),
        }
    }
    fn title(&self, before: &Asking) -> String {
        format!("Answer the survey “{}”", before.survey.title)
    }
    fn decide(self, before: Asking, _: &Moment, _: &Scope) -> Result<Decided> {
        // Each answer by the number of its question; what has none counts nowhere.
        let questions = apart::questions(&before.items);
        let numbers = usize::try_from(questions).unwrap_or(0) * (before.survey.segments.len() + 1);
        let (mut given, mut wrong) = (vec![0; numbers], vec![]);
        for item in &before.items {
            let missing = |of: &str| FieldError {
                field: format!("{of}.{}", item.meta.id.simple()),
                message: format!("Say how you feel about “{}”, with it and without it.", item.title),
            };
            match (self.with.get(&item.meta.id), self.without.get(&item.meta.id)) {
                (Some(with), Some(without)) => {
                    let places = [Some(item.place), before.segment.map(|at| apart::question(questions, at, item.place))];
                    for place in places.into_iter().flatten() {
                        let own = usize::try_from(place).ok().and_then(|place| given.get_mut(place));
                        own.into_iter().for_each(|own| *own = with.place() * 5 + without.place() + 1);
                    }
                }
                (None, _) => wrong.push(missing("with")),
                (_, None) => wrong.push(missing("without")),
            }
        }
        if !wrong.is_empty() {
            return Err(Refusal::Invalid(wrong));
        }
        let label = before.survey.title.clone();
        let answers = Answers { round: before.survey.meta.id, noun: Survey::TABLE, given, most: CELLS, by: before.by, kind: &SURVEY_ANSWERED, label };
        Ok(Decided { counts: vec![Count::Give(answers)], ..Decided::default() })
    }
}
