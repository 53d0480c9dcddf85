//! An update as a letter, for each of those who are told and want letters. What it says is looked up when it is sent, as
//! its reader stands there then: whoever has left the product meanwhile gets none, and of what was withdrawn there is none.

use crate::{
    model::Update,
    wishes::{self, OfferStop},
};
use kernel::{
    Asked, Column, Deserialize, Errand, Id, Job, Lane, Letter, Look, Noun, Refusal, Result, Serialize, StoredCommand, letter::Part, letter::REVEALED,
    serde_json,
};
use stakeholders::Stakeholder;
use web::text::plain;

/// Mails an update to the member in whose name it is done.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct MailUpdate {
    pub update: Id<Update>,
}

impl Job for MailUpdate {
    const KIND: &'static str = "update.mail";
    const SAYS: &'static str = "Mail an update";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let (Some(member), Some(product)) = (look.scope.who.member, look.scope.product.clone()) else { return Ok(Errand::Nothing) };
        let Some(update) = Update::all(look, "and id = $2", &[self.update.value()])?.pop() else { return Ok(Errand::Nothing) };
        if wishes::own(look)?.is_some_and(|wish| wish.stopped_at.is_some()) {
            return Ok(Errand::Nothing);
        }
        let to = people::member(look.reader, Id::new(member))?.email;
        let by = people::member(look.reader, update.member).map_or_else(|_| people::LEFT.into(), |member| member.name);
        let mut letter = Letter::new(to, format!("{}: {}", product.name, update.title));
        letter = parts(&update.body).into_iter().fold(letter, Letter::with);
        letter = letter.button("Read it and ask", format!("/{}/updates?show={}", product.key, update.id()));
        letter = letter.note(format!(
            "{by} published this to you in {}. Below each update, and with the link in this letter, you can end such letters.",
            product.name
        ));
        letter.stop = Some(format!("/updates/stop/{REVEALED}"));
        let args = serde_json::to_value(OfferStop {}).map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(Errand::Letter { letter, first: Some(StoredCommand { name: OfferStop::NAME.into(), args }) })
    }
}

/// Mails an update to a stakeholder without an account, in the name of whoever publishes it.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct MailOutside {
    pub update: Id<Update>,
    pub stakeholder: Id<Stakeholder>,
}

impl Job for MailOutside {
    const KIND: &'static str = "update.mail_outside";
    const SAYS: &'static str = "Mail an update to a stakeholder";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(product) = look.scope.product.clone() else { return Ok(Errand::Nothing) };
        let Some(update) = Update::all(look, "and id = $2", &[self.update.value()])?.pop() else { return Ok(Errand::Nothing) };
        let whom = Stakeholder::all(look, "and id = $2", &[self.stakeholder.value()])?.pop();
        let Some(to) = whom.as_ref().and_then(Stakeholder::letters_to) else { return Ok(Errand::Nothing) };
        let by = people::member(look.reader, update.member).map_or_else(|_| people::LEFT.into(), |member| member.name);
        let letter = Letter::new(to, format!("{}: {}", product.name, update.title));
        let letter = parts(&update.body).into_iter().fold(letter, Letter::with);
        let mut letter =
            letter.note(format!("{by} published this to you in {}. With the link in this letter you can end such letters.", product.name));
        letter.stop = Some(format!("/updates/stop/{}", self.stakeholder));
        Ok(Errand::Letter { letter, first: None })
    }
}

/// Markdown as the parts of a letter: headings, points and paragraphs, each without its marks.
pub(crate) fn parts(markdown: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![];
    let mut paragraph = String::new();
    let close = |paragraph: &mut String, parts: &mut Vec<Part>| {
        let words = plain(&std::mem::take(paragraph));
        if !words.trim().is_empty() {
            parts.push(Part::Text(words));
        }
    };
    for line in markdown.lines().map(str::trim) {
        let heading = line.trim_start_matches('#');
        let point = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark));
        if line.is_empty() {
            close(&mut paragraph, &mut parts);
        } else if heading.len() < line.len() && heading.starts_with(' ') {
            close(&mut paragraph, &mut parts);
            parts.push(Part::Heading(plain(heading.trim())));
        } else if let Some(point) = point {
            close(&mut paragraph, &mut parts);
            parts.push(Part::Text(format!("• {}", plain(point))));
        } else {
            paragraph += if paragraph.is_empty() { "" } else { "\n" };
            paragraph += line;
        }
    }
    close(&mut paragraph, &mut parts);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_reads_without_marks() {
        let told = parts("Soon.\nReally *soon*.\n\n### Less `waiting`\n\n- ORB-1 \\*Ride\\* [there](/x)\n- two\n#nothing");
        let text = |words: &str| Part::Text(words.into());
        let wanted =
            [text("Soon. Really soon."), Part::Heading("Less waiting".into()), text("• ORB-1 *Ride* there"), text("• two"), text("#nothing")];
        assert_eq!(told, wanted);
        assert!(parts(" \n\n").is_empty());
    }
}
