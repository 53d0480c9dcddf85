//! Proposals and decisions are one record: an open question, with the commands it would carry
//! out; settled, it is a decision, which stands as it was signed.

use crate::{Area, By, Change, Hang, Hat, Heard, Meta, Reading, Strand, Tie, about, kinds, noun, strand::ANYTHING, value::Packed, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

kinds! {
    PROPOSAL_MADE = "proposal.made", "proposed";
    PROPOSAL_SIGNED = "proposal.signed", "signed";
    PROPOSAL_STOOD_ASIDE = "proposal.stood_aside", "stood aside on";
    PROPOSAL_OBJECTED = "proposal.objected", "objected to";
    PROPOSAL_AGREED = "proposal.agreed", "settled";
    PROPOSAL_DECLINED = "proposal.declined", "declined";
    PROPOSAL_WITHDRAWN = "proposal.withdrawn", "withdrew";
    PROPOSAL_OVERTAKEN = "proposal.overtaken", "found overtaken";
    SIGNATURE_LAPSED = "signature.lapsed", "changed what was signed; a signature lapsed on";
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

/// A considered way, with what speaks for and against it. What came to it later is left out where it is empty, so that
/// what was sealed before keeps its seal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConsideredOption {
    pub title: String,
    #[serde(default)]
    pub pros: String,
    #[serde(default)]
    pub cons: String,
    /// What it costs, in whatever one counts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cost: String,
    /// The evidence that speaks for it, by ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Uuid>,
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
        /// Whoever sees to it that it is settled, where that is not its author.
        driver: Option<Uuid>,
        /// Whose word is wanted on it.
        contributors: Packed<Vec<Uuid>>,
        /// Who is told how it ends.
        informed: Packed<Vec<Uuid>>,
        /// The one person whom all that sign have named to decide it.
        decider: Option<Uuid>,
    } label(p) p.title.clone(); searched Some((p.title.clone(), p.reason.clone())); veil(sees) { forget_effects(&mut p.effects.0, sees); forget_commands(&mut p.commands.0, sees) };
    about { many: "proposals", made_anew: true, read: Reading::OwnArea, place: "decisions?show={id}#p-{id}", titled: true, found_by: "title", discussed: true,
      hushed: &["effects", "commands", "seal", "needs", "passed_over", "considered", "author", "assistant", "hat", "door", "state", "settled_at", "contributors", "informed"],
      called: &[("due_on", "answer by"), ("review_on", "looked at again on"), ("note", "reason"), ("supersedes", "replaces"), ("decider", "decided by")],
      within: &[("effects", |cell, sees| told(cell, |effects| forget_effects(effects, sees))),
        ("commands", |cell, sees| told(cell, |commands| forget_commands(commands, sees)))],
      heard: Heard { texts: &["reason"], whose: &["author", "driver", "decider"], names: &["contributors", "informed"], news: &["state", "seal"], ..Heard::NOTHING },
      long: &["effects", "commands", "reason"],
      points_at: &[("author", "member"), ("assistant", "member"), ("supersedes", "proposal"), ("driver", "member"), ("decider", "member")],
      thread: Some(Strand { state: "state", hangs: &[Hang { on: ANYTHING, by: By::Tie(Tie::About), mend: "", made: None }], ..Strand::PLAIN }) }
}

noun! {
    /// One hat's yes, its refusal, or that it stands aside: it does not agree and does not block. Of what the same hat said
    /// on one proposal the last counts.
    pub struct Signature in "signature" {
        proposal: Uuid,
        member: Uuid,
        hat: Hat,
        agrees: bool,
        note: String,
        aside: bool,
    } label(s) format!("{} {}", s.hat.title(), match (s.agrees, s.aside) { (true, _) => "agrees", (_, true) => "stands aside", _ => "objects" });
    about { many: "signatures", made_anew: true, read: Reading::Of("proposal", "proposal"), part_of: "proposal", heard: Heard { texts: &["note"], new: true, ..Heard::NOTHING },
      hushed: &["proposal", "member", "hat", "agrees", "aside"], points_at: &[("proposal", "proposal"), ("member", "member")] }
}

impl Signature {
    /// A hat's yes, without a word.
    pub fn of(meta: Meta, proposal: Uuid, member: Uuid, hat: Hat) -> Signature {
        Signature { meta, proposal, member, hat, agrees: true, note: String::new(), aside: false }
    }
}

/// Takes the fields of areas that a reader does not see out of what would change.
fn forget_effects(effects: &mut [Effect], sees: &dyn Fn(Area) -> bool) {
    for effect in effects {
        let Some(noun) = about::noun(&effect.table) else { continue };
        effect.changes.retain(|c| !noun.about.veiled.iter().any(|(field, area)| *field == c.field && !sees(*area)));
    }
}

/// The same for what was asked for. Arguments are called as the fields that they set.
fn forget_commands(commands: &mut [StoredCommand], sees: &dyn Fn(Area) -> bool) {
    let shut: Vec<&str> = about::nouns().iter().flat_map(|n| n.about.veiled).filter(|(_, area)| !sees(*area)).map(|(field, _)| *field).collect();
    for args in commands.iter_mut().filter_map(|c| c.args.as_object_mut()) {
        args.retain(|name, _| !shut.contains(&name.as_str()));
    }
}

/// A cell as it may be told. What cannot be read is the digest of a long one, and tells nothing.
fn told<T: Serialize + DeserializeOwned>(cell: &str, forget: impl FnOnce(&mut Vec<T>)) -> String {
    let Ok(mut list) = serde_json::from_str(cell) else { return cell.to_owned() };
    forget(&mut list);
    serde_json::to_string(&list).unwrap_or_default()
}

impl Proposal {
    /// Whoever sees to it that it is settled.
    pub fn driven_by(&self) -> Uuid {
        self.driver.unwrap_or(self.author)
    }

    /// The hash over what is signed, made with a hash function handed in. A later change to the content
    /// no longer fits it.
    pub fn sealed(&self, hash: impl Fn(&str) -> String) -> String {
        let signed = serde_json::json!([self.title, self.reason, self.area, self.author, self.commands.0, self.effects.0, self.considered.0]);
        hash(&signed.to_string())
    }
}
