//! Evidence and needs.

use kernel::{Area, By, Hang, Reading, Refusal, Result, Strand, Tie, noun, words};

words! {
    /// Where evidence comes from.
    pub enum EvidenceKind { Interview = "interview", Ticket = "ticket", Review = "review", Survey = "survey", SalesCall = "sales_call" says "sales call", UsageData = "usage_data" says "usage data", Other = "other" }
}

noun! {
    /// One observed fact about customers or market.
    pub struct Evidence in "evidence" {
        kind: EvidenceKind,
        /// What was said or seen, word for word.
        quote: String,
        source: String,
        url: String,
        customer: String,
        segment: String,
        /// When it was observed.
        noted_on: String,
    } label(e) shortened(&e.quote); searched Some((shortened(&e.quote), format!("{}\n{}\n{}", e.quote, e.customer, e.source)));
    about { many: "evidence", read: Reading::Sees(Area::Customers), place: "customers?show={id}#e-{id}", titled: true, found_by: "quote", discussed: true,
      called: &[("url", "address"), ("noted_on", "observed on")],
      thread: Some(Strand { title: "quote", state: "customer", hangs: &[] }) }
}

noun! {
    /// Something a segment is trying to get done or suffers from.
    pub struct Need in "need" {
        title: String,
        /// Job story or outcome statement.
        statement: String,
        segment: String,
        /// 0 to 10.
        importance: Option<f64>,
        /// 0 to 10.
        satisfaction: Option<f64>,
    } label(n) n.title.clone(); searched Some((n.title.clone(), format!("{}\n{}", n.statement, n.segment)));
    about { many: "needs", read: Reading::Sees(Area::Customers), place: "customers?open={id}", titled: true, found_by: "title", discussed: true,
      heard: kernel::Heard { texts: &["statement"], news: &["statement"], ..kernel::Heard::NOTHING },
      thread: Some(Strand { title: "title", state: "segment", hangs: &[Hang { on: "evidence", by: By::TiedBy(Tie::Supports), mend: "" }] }) }
}

impl Need {
    /// Ulwick's opportunity score: importance + max(importance − satisfaction, 0); none until both are known.
    pub fn opportunity(&self) -> Option<f64> {
        let (importance, satisfaction) = (self.importance?, self.satisfaction?);
        Some(importance + (importance - satisfaction).max(0.0))
    }
}

/// A figure between 0 and 10.
pub(crate) fn zero_to_ten(field: &str, value: Option<f64>) -> Result<Option<f64>> {
    match value {
        Some(v) if !(0.0..=10.0).contains(&v) => Err(Refusal::invalid(field, "Give a figure between 0 and 10.")),
        fine => Ok(fine),
    }
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(90) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Meta;

    #[test]
    fn opportunity_follows_ulwick() {
        let need = |importance, satisfaction| Need {
            meta: Meta { id: kernel::Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            title: String::new(),
            statement: String::new(),
            segment: String::new(),
            importance,
            satisfaction,
        };
        assert_eq!(need(Some(9.0), Some(3.0)).opportunity(), Some(15.0));
        assert_eq!(need(Some(3.0), Some(9.0)).opportunity(), Some(3.0));
        assert_eq!(need(None, Some(9.0)).opportunity(), None);
    }
}
