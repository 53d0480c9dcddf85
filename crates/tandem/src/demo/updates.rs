//! What Mara and Tomas told those around Orbit, and what was asked about it.

use super::{Teller, made};
use kernel::{Result, json};

const SLIP: &str = "\
The report for cities comes six weeks later than we said in spring.

### What moves

- ORB-4 *A monthly report that writes itself*: figures of a month have to be frozen before anybody relies on them, and that needs the new ledger first. Tomas found it, we both signed it.
- Aarberg knows: they get the hold of bikes this autumn, and the report after it.

### What stays

- ORB-1 *Reserve a bike for ten minutes* is in Now, with its window unchanged.
- Shops are next. Nothing is promised to them yet.";

const PROGRESS: &str = "\
A steady fortnight, with one thing in the way.

- Holding a bike from the map works in the test city. Riders see the minutes that remain and can give a bike back.
- The 2019 locks answer late in frost, so a hold ends a minute early there. We say so in the app until the locks are replaced.
- The sprint’s goal holds. What was rejected was rejected for wording, and is back in work.";

const AHEAD: &str = "\
Where the next months go, and what we wait for.

### Families ride on impulse

- ORB-1 *Reserve a bike for ten minutes* is what most of the team works on. By the forecast it needs longer than its window; we cut nothing before the pilot has told us what matters.

### Cities renew without a tender

- Decided: Aarberg is promised the hold this autumn and the report in spring.
- The report’s figures can be frozen now, so its second page is being built.

### What we ask of you

- Three shops have signed letters of intent. If you hear of a fourth, tell Mara before the end of the month.";

pub(super) async fn tell(t: &Teller) -> Result<()> {
    let told = |kind: &str, title: &str, body: &str| json!({ "kind": kind, "title": title, "body": body, "everyone": true });
    t.does("mara", 47.0, "update.publish", told("roadmap", "The city report comes six weeks later", SLIP)).await?;
    t.does("tomas", 12.0, "update.publish", told("progress", "Holds work in the test city", PROGRESS)).await?;
    let ahead = t.does("mara", 6.0, "update.publish", told("roadmap", "Holds first, then shops", AHEAD)).await?;
    let ahead = made(&ahead, "product_update")?;
    let ask = json!({ "about": "product_update", "id": ahead, "body": "Lindau’s council meets on the first Monday of next month. Will there be a printed report by then, even an unfinished one?" });
    let asked = made(&t.does("priya", 5.0, "comment.add", ask).await?, "comment")?;
    let answer = json!({ "about": "product_update", "id": ahead, "parent": asked, "body": "One page, yes: rides per district, with the month before beside it. The second page not before the figures are frozen." });
    t.does("mara", 4.8, "comment.add", answer).await.map(drop)
}
