//! Proposals and decisions are one record: an open question, with the commands it would carry
//! out; settled, it is a decision (product.md, 2).

use crate::{Area, Change, Hat, Reading, about, kinds, noun, value::Packed, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

kinds! {
    PROPOSAL_MADE = "proposal.made", "proposed";
    PROPOSAL_SIGNED = "proposal.signed", "gave a signature:";
    PROPOSAL_AGREED = "proposal.agreed", "settled";
    PROPOSAL_DECLINED = "proposal.declined", "declined";
    PROPOSAL_WITHDRAWN = "proposal.withdrawn", "withdrew";
    PROPOSAL_OVERTAKEN = "proposal.overtaken", "found overtaken";
}

words! {
    /// Where a proposal stands; everything but `open` is settled.
    pub enum ProposalState { Open = "open", Agreed = "agreed", Declined = "declined", Withdrawn = "withdrawn", Overtaken = "overtaken" }
}

/// A command kept for later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StoredCommand {
    pub name: String,
    pub args: serde_json::Value,
}

/// What one thing would become: the diff that signers read, and the base for noticing that the
/// thing has changed since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Effect {
    pub kind: String,
    pub table: String,
    pub id: Uuid,
    pub label: String,
    pub is_new: bool,
    pub changes: Vec<Change>,
}

/// A considered way, with what speaks for and against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConsideredOption {
    pub title: String,
    #[serde(default)]
    pub pros: String,
    #[serde(default)]
    pub cons: String,
}

noun! {
    /// A question, and once settled the decision.
    pub struct Proposal in "proposal" {
        title: String,
        reason: String,
        area: Area,
        state: ProposalState,
        author: Uuid,
        /// The assistant that wrote it, if one did.
        assistant: Option<Uuid>,
        hat: Option<Hat>,
        door: String,
        commands: Packed<Vec<StoredCommand>>,
        effects: Packed<Vec<Effect>>,
        considered: Packed<Vec<ConsideredOption>>,
        /// Hats whose signature is needed.
        needs: Packed<Vec<Hat>>,
        /// Hats that sign in the area but nobody holds.
        passed_over: Packed<Vec<Hat>>,
        due_on: Option<String>,
        review_on: Option<String>,
        settled_at: Option<i64>,
        /// `17` of `D-17`, once settled.
        number: Option<i64>,
        note: String,
        supersedes: Option<Uuid>,
        /// SHA-256 over what was signed; a later change to it is detectable.
        seal: String,
    } label(p) p.title.clone(); searched Some((p.title.clone(), p.reason.clone())); veil(sees) p.forget(sees);
    about { many: "proposals", read: Reading::OwnArea, place: "decisions#p-{id}", titled: true, found_by: "title", discussed: true,
      hushed: &["effects", "commands", "seal", "needs", "passed_over", "considered"],
      long: &["effects", "commands", "reason"],
      points_at: &[("author", "member"), ("assistant", "member"), ("supersedes", "proposal")] }
}

noun! {
    /// One hat's yes or objection.
    pub struct Signature in "signature" {
        proposal: Uuid,
        member: Uuid,
        hat: Hat,
        agrees: bool,
        note: String,
    } label(s) format!("{} {}", s.hat.title(), if s.agrees { "agrees" } else { "objects" });
    about { many: "signatures", read: Reading::Of("proposal", "proposal"), points_at: &[("proposal", "proposal"), ("member", "member")] }
}

impl Proposal {
    /// Takes out of what it would change the fields of areas that a reader does not see.
    fn forget(&mut self, sees: &dyn Fn(Area) -> bool) {
        let shut = |veiled: &(&str, Area)| !sees(veiled.1);
        for effect in &mut self.effects.0 {
            let Some(noun) = about::noun(&effect.table) else { continue };
            effect.changes.retain(|c| !noun.about.veiled.iter().any(|v| v.0 == c.field && shut(v)));
        }
        let fields: Vec<&str> = about::nouns().iter().flat_map(|n| n.about.veiled).filter(|v| shut(v)).map(|v| v.0).collect();
        for args in self.commands.0.iter_mut().filter_map(|c| c.args.as_object_mut()) {
            args.retain(|name, _| !fields.contains(&name.as_str()));
        }
    }

    /// The hash over what is signed, made with a hash function handed in. A later change to the content
    /// no longer fits it.
    pub fn sealed(&self, hash: impl Fn(&str) -> String) -> String {
        let signed = serde_json::json!([self.title, self.reason, self.area, self.author, self.commands.0, self.effects.0, self.considered.0]);
        hash(&signed.to_string())
    }
}
