//! The letter in the morning: what waits for whoever asked for it, and what is due, in one product.

use crate::rows;
use kernel::{
    Area, Column, Deserialize, Each, Errand, Id, Job, Lane, Letter, Look, Noun, Result, ScheduleSpec, Serialize, Standing, Task, Times, Uuid, Value,
    Whose, letter::Part,
};
use web::{plain_date, several, when};

/// On weekdays at eight, where the product is at home.
pub(crate) const MORNING: ScheduleSpec = ScheduleSpec {
    name: "digest",
    says: "Letters in the morning",
    times: Times { hour: 8, minute: 0, weekdays: true },
    task: Each::Product(|product| Task::of(&Gather { product }, "Letters in the morning")),
};

/// Finds out who is to have a letter.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Gather {
    product: Uuid,
}

impl Job for Gather {
    const KIND: &'static str = "digest.gather";
    const SAYS: &'static str = "Find out who has a letter in the morning";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let wanted = look.reader.query(
            "select member.id, member.email from digest join member on member.id = digest.member
             join membership on membership.member = member.id and membership.product = $1
             where digest.removed_at is null and member.removed_at is null and membership.removed_at is null order by member.id",
            &[self.product.value()],
        )?;
        let mut letters = vec![];
        for mut row in wanted {
            let member: Uuid = row.take()?;
            let task = Task::of(&Morning { member: Id::new(member) }, row.take::<String>()?)?;
            letters.push(task.in_the_name_of(Whose::Member(member)));
        }
        Ok(Errand::Tasks(letters))
    }
}

/// Writes to one of them, as far as they may see.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct Morning {
    member: Id<people::Member>,
}

impl Job for Morning {
    const KIND: &'static str = "digest.mail";
    const SAYS: &'static str = "Mail a letter in the morning";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let (Some(product), Some(wish)) = (look.scope.product.clone(), people::digest_of(look, self.member)?) else { return Ok(Errand::Nothing) };
        let member = people::member(look.reader, self.member)?;
        let parts = [asked(look)?, to_sign(look)?, due(look)?, to_accept(look)?, mine(look)?, news(look)?];
        let count: usize = parts.iter().take(parts.len() - 1).map(|(_, items)| items.len()).sum();
        let news = parts.last().map_or(0, |(_, items)| items.len());
        if count + news == 0 {
            // Nobody is told that there is nothing.
            return Ok(Errand::Nothing);
        }
        let waits = if count == 1 { "waits" } else { "wait" };
        let says = if count == 0 { format!("{} for you", several(news, "notice")) } else { format!("{} {waits} for you", several(count, "thing")) };
        let mut letter = Letter::new(member.email, format!("{}: {says}", product.name));
        for (heading, items) in parts.into_iter().filter(|(_, items)| !items.is_empty()) {
            letter = items.into_iter().fold(letter.with(Part::Heading(heading.into())), Letter::with);
        }
        letter = letter.button(format!("Open {}", product.name), format!("/{}/", product.key)).note("You asked for this letter on weekday mornings.");
        letter.stop = Some(format!("/letters/stop/{}", wish.id()));
        Ok(Errand::Letter { letter, first: None })
    }
}

type Items = (&'static str, Vec<Part>);

fn item(look: &Look, says: String, place: &str, more: String) -> Part {
    let key = look.scope.product.as_ref().map_or("", |product| product.key.as_str());
    Part::Item { says, path: format!("/{key}/{place}"), more }
}

fn asked(look: &mut Look) -> Result<Items> {
    let here = look.scope.clone();
    let asked = decisions::asked_of(look, &[here])?;
    let items = asked.into_iter().map(|one| {
        let says = format!("{} {} “{}”", one.by, one.says(), one.title);
        item(look, says, &one.place(), format!("“{}”", one.words))
    });
    Ok(("Asked of you", items.collect()))
}

fn to_sign(look: &mut Look) -> Result<Items> {
    let waiting = web::to_sign(look)?;
    let since = |look: &Look, at: i64| format!("since {}", plain_date(look.scope, &when::day_in(at, &look.scope.who.zone)));
    let items = waiting.into_iter().take(20).map(|p| {
        let more = since(look, p.since);
        let id = p.id.simple();
        item(look, p.title, &format!("decisions?show={id}#p-{id}"), more)
    });
    Ok(("To sign", items.collect()))
}

/// Answers that are needed by tomorrow, decisions that come back since the last letter, the end of the sprint.
fn due(look: &mut Look) -> Result<Items> {
    let (now, zone) = (look.now(), look.scope.who.zone.clone());
    let in_days = |days: i64| when::day_in(now + days * 86_400_000, &zone);
    let product = look.scope.product_id()?.value();
    let mut items = vec![];
    let answers = look.query(
        "select id, title, due_on from proposal where product = $1 and state = 'open' and due_on is not null and due_on <= $2
         and removed_at is null order by due_on, id limit 20",
        &[product.clone(), Value::Text(in_days(1))],
    )?;
    for mut row in answers {
        let (id, title, on): (Uuid, String, String) = (row.take()?, row.take()?, row.take()?);
        let id = id.simple();
        items.push(item(look, title, &format!("decisions?show={id}#p-{id}"), format!("answer by {}", plain_date(look.scope, &on))));
    }
    for round in priorities::to_rate(look)?.into_iter().filter(|round| round.ends_on.as_ref().is_some_and(|day| *day <= in_days(1))) {
        let until = round.ends_on.as_deref().map_or_else(String::new, |day| format!("rate until {}", plain_date(look.scope, day)));
        items.push(item(look, round.title, &format!("rounds?round={}", round.id.simple()), until));
    }
    // A weekend is looked back over from its Monday.
    let reviews = look.query(
        "select id, title, review_on from proposal where product = $1 and state = 'agreed' and review_on is not null and review_on > $2
         and review_on <= $3 and removed_at is null order by review_on, id limit 20",
        &[product, Value::Text(in_days(-when::days_since_weekday(&in_days(0)))), Value::Text(in_days(0))],
    )?;
    for mut row in reviews {
        let (id, title, _): (Uuid, String, String) = (row.take()?, row.take()?, row.take()?);
        let id = id.simple();
        items.push(item(look, title, &format!("decisions?show={id}#p-{id}"), "to be looked at again".into()));
    }
    if let Some(sprint) = sprint::active(look)?
        && sprint.ends_on <= in_days(1)
    {
        items.push(item(look, format!("{} ends", sprint.label()), "sprint", plain_date(look.scope, &sprint.ends_on)));
    }
    Ok(("Due", items))
}

fn to_accept(look: &mut Look) -> Result<Items> {
    let product = look.scope.product_id()?.value();
    if look.scope.standing(Area::Acceptance).1 != Standing::Decides {
        return Ok(("To accept", vec![]));
    }
    let handed_over = rows::to_accept(look, &product)?;
    let items = handed_over.into_iter().map(|(number, title, _)| item(look, title, &format!("story/{number}"), look.scope.key(number)));
    Ok(("To accept", items.collect()))
}

/// What they were told of since the last letter and have not read: of what they want to hear in the morning.
fn news(look: &mut Look) -> Result<Items> {
    let today = when::day_in(look.now(), &look.scope.who.zone);
    let told = notices::for_letter(look, look.now() - when::days_since_weekday(&today) * 86_400_000)?;
    let items = told.into_iter().take(20).filter_map(|told| {
        let thing = told.thing.clone()?;
        let says = format!("{} {}", told.says(), thing.key.map_or(thing.title.clone(), |key| format!("{key} {}", thing.title)));
        let more = if told.excerpt.is_empty() { String::new() } else { format!("“{}”", told.excerpt) };
        Some(Part::Item { says, path: thing.path, more })
    });
    Ok(("News", items.collect()))
}

/// What is given to them here and not ended.
fn mine(look: &mut Look) -> Result<Items> {
    let here = look.scope.product()?.key.clone();
    let mine = rows::mine(look)?.into_iter().filter(|story| story.product.0 == here && story.stage != "handed_over");
    let items = mine.map(|story| {
        let more = if story.blocked { format!("{}, blocked", look.scope.key(story.number)) } else { look.scope.key(story.number) };
        item(look, story.title, &format!("story/{}", story.number), more)
    });
    Ok(("Yours", items.collect()))
}
