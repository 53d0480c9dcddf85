//! Addresses to which repositories send what happens in them, and the secret that each message is signed with.

use crate::{SECRET_MADE, SOURCE_MADE, SOURCE_REVOKED, model::*};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, SigningKey, command};

/// So many addresses that work a product has at once.
const MOST: usize = 50;

command! {
    /// Makes an address to which a repository's webhook sends. It is shown this once; its secret is shown by making one.
    pub struct MakeSource in "code_source.make" at Post "/products/{product}/code-sources" [Work] {
        /// The repository.
        pub name: Line<200>,
    }
}

impl Command for MakeSource {
    /// How many work already.
    type Before = usize;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<usize> {
        Ok(CodeSource::all(look, "and revoked_at is null", &[])?.len())
    }
    fn title(&self, _: &usize) -> String {
        format!("Take in code of “{}”", self.name)
    }
    fn decide(self, before: usize, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before >= MOST {
            return Err(Refusal::invalid("name", format!("{MOST} repositories are enough. Revoke some that nobody uses.")));
        }
        let secret = moment.secret();
        let source = CodeSource {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            member: Id::new(scope.who.signed_in()?),
            token_hash: secret.hash,
            secret_at: None,
            revoked_at: None,
        };
        Ok(Decided { reveal: Some(format!("/code/{}", secret.plain)), untold: true, ..Event::created(&SOURCE_MADE, &source).into() })
    }
}

command! {
    /// Makes the secret that the repository signs with, in the place of the one before. It is shown this once.
    pub struct NewSecret in "code_source.new_secret" at Post "/products/{product}/code-sources/{code_source}/secret" [Work] {
        pub code_source: Id<CodeSource>,
    }
}

impl Command for NewSecret {
    type Before = CodeSource;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<CodeSource> {
        CodeSource::get(look, self.code_source)
    }
    fn title(&self, before: &CodeSource) -> String {
        format!("Make a new secret for code of “{}”", before.name)
    }
    fn decide(self, before: CodeSource, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.revoked_at.is_some() {
            return Err(Refusal::invalid("code_source", "This address was revoked."));
        }
        let key = SigningKey::new(before.meta.id, &moment.secret().plain);
        let after = CodeSource { secret_at: Some(moment.now), ..before.clone() };
        Ok(Decided { reveal: key.word.clone(), keys: vec![key], untold: true, ..Event::changed(&SECRET_MADE, &before, &after).into() })
    }
}

command! {
    /// Makes the address of a repository useless from now on. What was told by it stays.
    pub struct RevokeSource in "code_source.revoke" at Delete "/products/{product}/code-sources/{code_source}" [Work] {
        pub code_source: Id<CodeSource>,
    }
}

impl Command for RevokeSource {
    type Before = CodeSource;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<CodeSource> {
        CodeSource::get(look, self.code_source)
    }
    fn title(&self, before: &CodeSource) -> String {
        format!("Take in no code of “{}” any more", before.name)
    }
    fn decide(self, before: CodeSource, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.revoked_at.is_some() {
            return Err(Refusal::invalid("code_source", "This address was revoked already."));
        }
        let after = CodeSource { revoked_at: Some(moment.now), ..before.clone() };
        Ok(Decided { keys: vec![SigningKey::thrown_away(before.meta.id)], ..Event::changed(&SOURCE_REVOKED, &before, &after).into() })
    }
}
