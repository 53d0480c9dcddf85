//! People of a file who are not members yet are invited from its mapping, in one act.

use kernel::{Hat, Refusal, Result};
use product::Invite;
use web::app::{App, Ask, Outcome, Visitor};

/// Whom a file names, and what became of the invitation.
#[derive(Clone, Debug)]
pub struct Invited {
    pub name: String,
    pub email: String,
    pub told: String,
    /// The path of their link, shown this once.
    pub link: Option<String>,
    pub refused: bool,
}

/// Invites people, each by name and address.
///
/// # Errors
/// What is ours; what is wrong with one of them is told with them.
pub async fn invite(app: &App, visitor: &Visitor, product: &str, people: &[(String, String)], hat: Hat) -> Result<Vec<Invited>> {
    let mut invited = vec![];
    for (name, email) in people {
        let ask = Ask::of(Some(product), &Invite { email: email.clone(), hats: vec![hat] })?;
        let (told, link, refused) = match app.run(visitor, Ask { reason: Some(format!("“{name}” in an imported backlog")), ..ask }).await {
            Ok(Outcome::Done(done)) => match done.reveal {
                Some(link) => ("is invited. Send this link; it works once and is shown only now:".to_owned(), Some(link), false),
                None => ("belongs to the product now.".to_owned(), None, false),
            },
            Ok(Outcome::Proposed(_)) => (format!("is proposed as a member ({email}); it waits for a signature."), None, false),
            Err(refusal) if refusal.is_ours() => return Err(refusal),
            Err(Refusal::Invalid(fields)) => (fields.into_iter().map(|f| f.message).collect::<Vec<_>>().join(" "), None, true),
            Err(refusal) => (refusal.sentence(), None, true),
        };
        invited.push(Invited { name: name.clone(), email: email.trim().to_lowercase(), told, link, refused });
    }
    Ok(invited)
}
