//! A case at Orbit: where the winter fleet goes first, thought through from the goal to a bet under Later.

use super::{
    Teller,
    customers::{id, id_by},
    made,
};
use kernel::{Result, json};

const OPTIONS: &[(&str, &str, &str, &str)] = &[
    ("All three cities at once", "Nobody is left out, but each city gets 40 bikes, and the workshop of Sternheim has one stand.", "6", "5 to 8"),
    (
        "Lindau first",
        "The flattest city and 96 of the 212 stations; it needs no new workshop. The two others wait a winter, which costs us their goodwill.",
        "7 to 9",
        "2 to 3",
    ),
    (
        "A deposit that pays for damage",
        "No new bikes; riders pay 20 EUR and get it back in spring. It is cheap, and keeps those away who ride least.",
        "3",
        "1",
    ),
];

pub(super) async fn tell(t: &Teller) -> Result<()> {
    let objective = id_by(t, "objective", "title", "A bike earns its keep in winter").await?;
    let case = json!({ "title": "Where does the winter fleet go first?", "kind": "strategy", "objective": objective, "goal": "Raise rides for each bike and winter week from 3.4 to 5 by the end of February, without more falls than last winter." });
    let case = made(&t.does("mara", 19.0, "guided_case.begin", case).await?, "guided_case")?;
    let need = id_by(t, "need", "title", "Trust the brakes in the wet").await?;
    let fact = id(t, "known_fact", "stations").await?;
    for on in [json!({ "need": need }), json!({ "known_fact": fact })] {
        let mut args = on;
        args["guided_case"] = json!(case);
        t.does("mara", 18.9, "guided_case.link", args).await?;
    }
    for (title, body, ..) in OPTIONS {
        t.does("mara", 18.5, "case_option.add", json!({ "guided_case": case, "title": title, "body": body })).await?;
    }
    let written = json!({
        "guided_case": case,
        "diagnosis": "Bikes do not stand still because it is cold, but because riders do not trust them in the wet: 62 % of 214 riders name the brakes. The obstacle is the workshop: 212 stations, and stands for 14 bikes a day.",
        "criteria": "- At least 1,000 more rides a week by February.\n- No more than two people of the workshop, who are all there are.\n- It can be taken back in spring.",
        "actions": "- From 1 December, two mechanics check the brakes of 96 stations each week, 9,000 EUR.\n- By 15 December, Ines and one developer have rain mode on all bikes of Lindau.\n- From January, riders who fell are called, so that we know why; one person, half a day a week.",
        "not_doing": "- No bikes for Aarberg and Sternheim this winter, although both cities have asked; it would cost the workshop its Fridays.\n- No discounts: those who ride in the wet do not ask for the price.",
        "risks": "- If falls rise above 4 in 10,000 rides in any week of January, we stop and take the bikes in.\n- If fewer than 4 rides for each bike are made by 31 January, we return the fleet to the usual plan.",
        "measures": "- Rides for each bike and winter week: from 3.4 now to 5 by 28 February, read weekly.\n- Falls in 10,000 rides must not rise above 4.",
    });
    t.does("mara", 17.0, "guided_case.edit", written).await?;
    let scheme = json!({ "thing": "case_option", "by": "value_effort", "name": "Value and effort of options" });
    let scheme = made(&t.does("mara", 16.9, "scheme.create", scheme).await?, "scheme")?;
    for (title, _, value, effort) in OPTIONS {
        let option = id_by(t, "case_option", "title", title).await?;
        t.does("mara", 16.8, "score.set", json!({ "scheme": scheme, "thing": option, "scores": { "value": value, "effort": effort } })).await?;
    }
    let choice = json!({ "guided_case": case, "case_option": id_by(t, "case_option", "title", "Lindau first").await?, "choice": "Lindau first, because the workshop is what stops us: it is the only way that two mechanics can keep safe. Not all three at once, and no deposit, which removes nothing of what keeps riders at home." });
    t.does("mara", 12.0, "guided_case.choose", choice).await?;
    t.does("mara", 11.8, "guided_case.put_hint_aside", json!({ "guided_case": case, "hint": "reactions", "aside": true })).await.map(drop)
}
