//! The customers pages: evidence inbox and needs; who the customers are and in which segments.

use crate::{filter::TERMS, inbox_pages, inbox_rows, intake_pages, interview_pages, model::*, need_rows, rows, views, who_rows, who_views};
use fields::{Columns, Thing, Words};
use kernel::{Area, Column, Id, Look, Noun, Paged, Result, Uuid};
use notices::Around;
use serde::Deserialize;
use web::{At, Filter, Markup, Page, PageSpec, Query, Response, Router, Spot, Web, Wing, get};

pub(crate) const CUSTOMERS: PageSpec = PageSpec {
    path: "customers",
    name: "Customers",
    wing: Wing::Both,
    stand: Spot::Rail(Wing::Manager),
    icon: "users",
    go: "u",
    live: &["evidence", "need", "customer", "segment", "relation", "comment", "reaction", "attachment", "field", "field_value", "saved_filter"],
    areas: &[Area::Customers],
    filtered: true,
    ..PageSpec::PLAIN
};

pub(crate) const WHO: PageSpec = PageSpec {
    path: "customer-list",
    name: "Customers and segments",
    wing: Wing::Both,
    under: "customers",
    live: &[
        "customer",
        "segment",
        "evidence",
        "need",
        "interview",
        "portal_post",
        "portal_voice",
        "relation",
        "product",
        "comment",
        "reaction",
        "attachment",
    ],
    areas: &[Area::Customers, Area::Research],
    ..PageSpec::PLAIN
};

pub fn routes() -> Router<Web> {
    Router::new()
        .route("/{product}/customers", get(customers))
        .route("/{product}/customer-list", get(who))
        .route("/{product}/inbox", get(inbox_pages::inbox))
        .route("/{product}/interviews", get(interview_pages::interviews))
        .route("/{product}/intakes", get(intake_pages::intakes))
        .route("/in/{word}", get(intake_pages::form).post(intake_pages::receive))
        .route("/{product}/landscape", get(inbox_pages::landscape))
        .route("/{product}/landscape/{chart}", get(inbox_pages::chart))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    open: Option<String>,
    q: String,
    kind: String,
    need: String,
    evidence: String,
    after: String,
    show: Option<String>,
    /// Ids of the own fields of needs that are shown, with commas.
    need_fields: String,
    need_order: String,
    evidence_order: String,
}

const NEEDS: Words = Words { show: "need_fields", sort: "need_order" };
/// What they hold stands with each piece of evidence.
const EVIDENCE: Words = Words { show: "", sort: "evidence_order" };

async fn customers(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let filter = Filter::read(TERMS, &q.q, &[("kind", &q.kind), ("need", &q.need), ("evidence", &q.evidence)]);
        let (listed, odd_needs) = filter.or_odd(need_rows::listed(look, &filter, &q.need_order), need_rows::Listed::default())?;
        let all = if odd_needs.is_some() { need_rows::all_needs(look)? } else { listed.all };
        let page = rows::EvidencePage { after: q.after, show: q.show, sort: q.evidence_order };
        let (evidence, odd) = filter.or_odd(rows::evidence(look, &filter, &page), Paged { items: vec![], next: None })?;
        let (loose, _) = inbox_rows::counts(look)?;
        let linked = rows::supported_titles(look, evidence.items.iter().map(|piece| piece.evidence.meta.id))?;
        let ids: Vec<Uuid> = evidence.items.iter().map(|piece| piece.evidence.meta.id).collect();
        let defined = fields::defined(look, Thing::Evidence)?;
        let own = fields::list(fields::told(look, &defined, &ids)?, &defined);
        let around = Around::read(look, "evidence", ids)?;
        let currency = product::product(look)?.currency;
        let offered = who_rows::offered(look)?;
        let panel = q.open.map(|id| panel(look, &id, &currency)).transpose()?;
        let of_needs = Columns::read(look, Thing::Need, NEEDS, (&q.need_fields, &q.need_order), listed.lines.iter().map(|line| line.need.meta.id))?;
        let of_evidence = Columns::of(defined.clone(), EVIDENCE, &page.sort);
        let saved = filters::saved(look, CUSTOMERS.path, &filter, None)?;
        let shown = views::Lists {
            all,
            needs: &listed,
            linked: &linked,
            of_needs: &of_needs,
            evidence: &evidence,
            of_evidence: &of_evidence,
            filter: &filter,
            saved: &saved,
            odd: odd_needs.or(odd),
            page: &page,
            loose,
            around: &around,
            own: &own,
            currency: &currency,
        };
        let primary = views::record_button(look.scope, &offered);
        let body = views::customers(look.scope, &shown);
        Ok(Page::of(&CUSTOMERS, body).primary(primary).panel(panel))
    })
    .await
}

#[derive(Deserialize)]
pub struct WhoAsked {
    /// A customer or a segment, over the lists.
    open: Option<String>,
    #[serde(flatten)]
    wanted: who_rows::WhoWanted,
}

async fn who(at: At, Query(q): Query<WhoAsked>) -> Response {
    at.page(move |look| {
        let customers = who_rows::customers(look, &q.wanted)?;
        let segments = who_rows::segments(look)?;
        let currency = product::product(look)?.currency;
        let offered = who_rows::offered(look)?;
        let people = people::to_choose(look, None)?;
        let panel = match &q.open {
            Some(id) => Some(match segments.iter().find(|line| line.segment.id().to_string() == *id) {
                Some(line) => segment_panel(look, line, &currency)?,
                None => customer_panel(look, id, &currency)?,
            }),
            None => None,
        };
        let primary = who_views::create_button(look.scope, &currency, &people, &offered);
        let lists = who_views::Lists { customers: &customers, segments: &segments, wanted: &q.wanted, currency: &currency };
        Ok(Page::of(&WHO, who_views::who(look.scope, &lists)).primary(primary).panel(panel))
    })
    .await
}

fn customer_panel(look: &mut Look, id: &str, currency: &str) -> Result<Markup> {
    let line = who_rows::customer(look, Id::try_from(id)?)?;
    let people = people::to_choose(look, line.customer.owner.map(|owner| owner.0))?;
    let (id, uuid) = (line.customer.id(), line.customer.meta.id);
    let said = who_rows::said_by(look, id)?;
    let needs = rows::titles(look, said.iter().flat_map(|piece| piece.needs.iter().copied()))?;
    let (wishes, talks) = (who_rows::wishes(look, id)?, who_rows::talks(look, id)?);
    let around = Around::read(look, Customer::TABLE, [uuid])?;
    let history = activity::history(look, uuid, 50)?;
    let told = who_views::Told { said: &said, needs: &needs, wishes: &wishes, talks: &talks };
    Ok(who_views::customer_panel(look.scope, (currency, &people), &line, &told, &around, &history))
}

fn segment_panel(look: &mut Look, line: &who_rows::SegmentLine, currency: &str) -> Result<Markup> {
    let id = line.segment.id();
    let wanted = who_rows::WhoWanted { of: id.to_string(), ..who_rows::WhoWanted::default() };
    let customers = who_rows::customers(look, &wanted)?;
    let needs = who_rows::needs_of(look, id)?;
    let around = Around::read(look, Segment::TABLE, [line.segment.meta.id])?;
    let history = activity::history(look, line.segment.meta.id, 50)?;
    Ok(who_views::segment_panel(look.scope, currency, line, (&customers, &needs), &around, &history))
}

fn panel(look: &mut Look, id: &str, currency: &str) -> Result<Markup> {
    let need = Need::get(look, Id::try_from(id)?)?;
    let names = rows::names(look, [], [need.segment.record()])?;
    let segment = rows::called(look.scope, &names, &need.segment);
    let asked = need_rows::demand_of(look, &[need.meta.id])?.remove(&need.meta.id).unwrap_or_default();
    let behind = rows::behind(look, need.id())?;
    let bets = look.query(
        "select initiative.number, initiative.title from relation join initiative on initiative.id = relation.from_id
         where relation.to_id = $1 and relation.verb = 'addresses' and relation.removed_at is null and initiative.removed_at is null",
        &[need.meta.id.value()],
    )?;
    let bets: Vec<(i64, String)> = bets.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let around = Around::read(look, "need", [need.meta.id])?;
    let history = activity::history(look, need.meta.id, 50)?;
    let own = fields::of(look, Thing::Need, need.meta.id)?;
    Ok(views::need_panel(look.scope, (&need, &segment), (currency, &asked), &behind, &bets, &own, &around, &history))
}
