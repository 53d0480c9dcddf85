//! A practice club that much is practised in: challenges that were written in the workspace, and attempts at them.

use super::product::run;
use app::{App, Visitor};
use kernel::{Column, Uuid, Value, json};

/// So many challenges are published, and so many attempts handed in, by members in turn.
const CHALLENGES: usize = 500;
const ATTEMPTS: usize = 100_000;
const MEMBERS: usize = 50;

/// Makes it, where it is not there yet: the challenges by their commands, the attempts as rows, since handing a hundred
/// thousand in would take longer than all else.
pub async fn make(app: &App, me: &Visitor, myself: Uuid) {
    let none = app.store.read(|reader| reader.query("select id from challenge limit 1", &[])).await.unwrap().is_empty();
    if !none {
        return;
    }
    let brief = "A water utility listens to its pipes. In any month 2 % of the sections leak. The sensor rings for 90 % of them, and by mistake for 8 % of the sound ones.";
    let debrief = "Take 1,000 sections. Twenty leak, and 18 of those ring. Of the 980 sound ones 8 % ring, about 78. So 96 alarms ring and 18 are right. Four of five holes are dug for nothing. The tempting answer is the quality of the sensor, which answers the reverse question: how often it rings given a leak. What is forgotten is how many sound sections there are for each leaking one.";
    let drafts = (0..CHALLENGES).map(|n| {
        let level = n % 5 + 1;
        let head = format!(
            "kind = \"drill\"\ntitle = \"What alarm {n} is worth\"\nsummary = \"A good sensor, a rare fault, and how often a crew digs for nothing.\"\nlevel = {level}\nminutes = 4\nskills = [\"assumptions\"]\nauthor = \"Bench\"\n\n[question]\nask = \"What share of the ringing sections leaks?\"\ntype = \"number\"\n\n[answer]\nvalue = 18.7\nlow = 18\nhigh = 19.5\nunit = \"%\"\n"
        );
        let files = json!({ "challenge.toml": head, "brief.md": brief, "debrief.md": debrief });
        ("challenge_draft.bring_in", json!({ "code": format!("alarm-{n}"), "kind": "drill", "files": files }))
    });
    // Only so many are written at a time.
    let drafts: Vec<_> = drafts.collect();
    for some in drafts.chunks(50) {
        let made = run(app, me, None, some.to_vec()).await;
        let publish = made.into_iter().map(|draft| ("challenge_draft.publish", json!({ "draft": draft.simple().to_string() })));
        run(app, me, None, publish.collect()).await;
    }
    let others = app.store.read(|reader| reader.query("select id from member order by id limit 200", &[])).await.unwrap();
    let mut members: Vec<Uuid> = vec![myself];
    members.extend(others.into_iter().map(|mut row| row.take::<Uuid>().unwrap()).filter(|id| *id != myself));
    members.truncate(MEMBERS);
    let now = app.clock.now();
    let insert = "insert into attempt (id, version, created_at, updated_at, member, challenge, discipline, title, level, mode, stage, answer, asked, hints, marks,
                  score, rated, rating, deviation, volatility, handed_in_at, edition)
                  values ($1, 1, $2, $2, $3, $4, 'drill', $5, $6, 'exam', 'marked', '{}', '[]', '[]', '{\"rows\":[],\"parts\":[],\"says\":[]}', $7, $8, $9, $10, $11, $2, 1)";
    for from in (0..ATTEMPTS).step_by(10_000) {
        let members = members.clone();
        let some = move |writer: &mut dyn kernel::Writer| {
            for n in from..from + 10_000 {
                let (turn, of) = (n / members.len(), n % members.len());
                let challenge = turn % CHALLENGES;
                let rated = turn < CHALLENGES;
                let rating = |value: f64| if rated { Value::Real(value) } else { Value::Null };
                let params = vec![
                    Uuid::now_v7().value(),
                    Value::Int(now - (ATTEMPTS - n) as i64 * 60_000),
                    members[of].value(),
                    Value::Text(format!("alarm-{challenge}")),
                    Value::Text(format!("What alarm {challenge} is worth")),
                    Value::Int((challenge % 5 + 1) as i64),
                    Value::Real(f64::from(u8::from(n % 3 > 0))),
                    Value::Int(i64::from(rated)),
                    rating(1500.0 + (n % 200) as f64),
                    rating(80.0),
                    rating(0.06),
                ];
                writer.put(insert, params)?;
            }
            Ok(())
        };
        app.store.write(some).await.unwrap();
    }
}
