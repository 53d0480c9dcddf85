//! Tables of other tools, as they name their columns, each whole.

use crate::importing::*;
use exchange::Mapping;
use testkit::House;

async fn brought(h: &House, text: &str) -> exchange::Report {
    bring_text(h, "owner", text, &Mapping { criteria: true, ..Mapping::default() }).await.report
}

async fn points(h: &House, origin: &str) -> Option<f64> {
    field(h, origin, "points").await.parse().ok()
}

#[tokio::test]
async fn linear() {
    let h = House::new().await;
    let report = brought(
        &h,
        "ID,Team,Title,Description,Status,Estimate,Priority,Project,Creator,Assignee,Labels,Cycle Name,Cycle Start,Cycle End,Created,Started,Completed,Canceled,Due Date,Parent issue\n\
         ENG-1,Engine,Ship it,Text,In Progress,3,High,Launch,ada@x.org,developer@x.org,\"bug, ui\",Cycle 4,2026-09-14T00:00:00.000Z,2026-09-28T00:00:00.000Z,2026-08-01T10:00:00.000Z,2026-08-03T10:00:00.000Z,,,2026-09-01,\n\
         ENG-2,Engine,'=Formula,'-not a sum,Done,2,No priority,Launch,ada@x.org,,,,,,2026-08-01T10:00:00.000Z,,2026-08-09T10:00:00.000Z,,,ENG-1\n\
         ENG-3,Engine,Gone,,Canceled,,Low,,,,,,,,2026-08-01T10:00:00.000Z,,,2026-08-05T10:00:00.000Z,,\n",
    )
    .await;
    assert_eq!((report.created, report.sprints.len(), report.parts), (3, 1, 1), "{report:?}");
    assert_eq!(fields(&h, &["csv:ENG-1", "csv:ENG-2", "csv:ENG-3"], "stage").await, ["doing", "accepted", "dropped"]);
    assert_eq!(
        (field(&h, "csv:ENG-2", "title").await, field(&h, "csv:ENG-2", "body").await),
        ("=Formula".into(), "-not a sum".into()),
        "as it was before spreadsheets"
    );
    assert_eq!((day(&h, "csv:ENG-2", "settled_at").await, day(&h, "csv:ENG-3", "settled_at").await), ("2026-08-09".into(), "2026-08-05".into()));
    assert_eq!(field(&h, "csv:ENG-1", "labels").await, r#"["bug","ui"]"#);
    assert!(field(&h, "csv:ENG-1", "extra").await.contains(r#""Priority":"High""#));
}

#[tokio::test]
async fn taiga_and_kanboard() {
    let h = House::new().await;
    brought(
        &h,
        "id,ref,subject,description,sprint,sprint_estimated_start,sprint_estimated_finish,owner,assigned_to,assigned_to_full_name,status,is_closed,ux-points,total-points,backlog_order,created_date,finish_date,tags\n\
         900,3,Second,T,Sprint 4,2026-04-06,2026-04-17,ann,developer,Developer,In progress,False,1,3,200,2026-03-01 09:00:00+00:00,,\"a,b\"\n\
         901,4,First,T,Sprint 4,2026-04-06,2026-04-17,ann,,,Done,True,1,5,100,2026-03-01 09:00:00+00:00,2026-03-09 09:00:00+00:00,\n",
    )
    .await;
    assert_eq!(fields(&h, &["csv:4", "csv:3"], "title").await, ["First", "Second"]);
    assert!(field(&h, "csv:4", "rank").await < field(&h, "csv:3", "rank").await, "in the order of the backlog there");
    assert_eq!((points(&h, "csv:4").await, day(&h, "csv:4", "settled_at").await), (Some(5.0), "2026-03-09".into()));
    assert_eq!(field(&h, "csv:3", "assignee").await, h.member("developer").simple().to_string(), "who works on it, not who wrote it");
    assert_eq!(h.text("select state from sprint where name = 'Sprint 4'".into()).await, "closed");

    let h = House::new().await;
    brought(
        &h,
        "Reference,Title,Assignee Username,Column Name,Complexity,Due Date,Status,Tags,External Link\n\
         R1,Cut wood,developer,Work in progress,3,03/15/2026 10:00,open,\"a,b\",http://x.org/1\nR2,Glue,,Ready,2,,closed,,\n",
    )
    .await;
    assert_eq!(fields(&h, &["csv:R1", "csv:R2"], "stage").await, ["doing", "accepted"], "the column tells, and that it is closed");
    assert_eq!((points(&h, "csv:R1").await, field(&h, "csv:R1", "origin_url").await), (Some(3.0), "http://x.org/1".into()));
}

#[tokio::test]
async fn gitlab_plane_and_openproject() {
    let h = House::new().await;
    brought(
        &h,
        "Title,Description,Issue ID,URL,State,Assignee,Assignee Username,Due Date,Created At (UTC),Closed At (UTC),Milestone,Weight,Labels,Epic ID,Epic Title\n\
         Fix it,Text,7,https://git.example/a/b/-/issues/7,Open,Bo,bo,,2026-03-01 09:00:00,,M1,3,\"a,b\",12,Open the shop\n\
         Done thing,Text,6,https://git.example/a/b/-/issues/6,Closed,,,,2026-03-02 09:00:00,2026-03-05 09:00:00,,,,,\n",
    )
    .await;
    assert_eq!((day(&h, "csv:7", "created_at").await, day(&h, "csv:6", "settled_at").await), ("2026-03-01".into(), "2026-03-05".into()));
    assert_eq!(field(&h, "csv:7", "labels").await, r#"["a","b","Open the shop"]"#, "its epic by name");

    let h = House::new().await;
    let report = brought(
        &h,
        "ID,Project Identifier,Project,Sequence ID,Name,Description,Priority,Start Date,State,Created At,Completed At,Labels,Estimate,Assignees,Cycle Name,Cycle Start Date,Cycle End Date,Parent\n\
         4f1c,WEB,Website,12,Rework page,<p>Because of <strong>this</strong></p><ul><li>one</li></ul>,high,\"Mon, 02 Mar 2026\",In Progress,\"Sun, 01 Mar 2026\",,\"ui, web\",3,Bo C,Cycle 1,\"Mon, 02 Mar 2026\",\"Fri, 13 Mar 2026\",\n\
         4f1d,WEB,Website,13,Drop page,,none,,Cancelled,\"Sun, 01 Mar 2026\",,,,,,,,WEB-12\n",
    )
    .await;
    assert_eq!((report.parts, report.sprints.len()), (1, 1), "{report:?}");
    assert_eq!(field(&h, "csv:WEB-12", "body").await, "Because of **this**\n\n- one");
    assert_eq!(day(&h, "csv:WEB-12", "created_at").await, "2026-03-01");

    let h = House::new().await;
    brought(&h, "ID,Type,Subject,Status,Assignee,Story Points,Created on,Parent,Finish date\n21,Epic,Big,New,,,03/01/2026 09:00 AM,,\n22,User story,Small,Closed,,3,03/13/2026 09:00 AM,21,04/30/2026\n").await;
    assert_eq!(
        (day(&h, "csv:22", "created_at").await, field(&h, "csv:22", "settled_at").await),
        ("2026-03-13".into(), String::new()),
        "a day that is planned is none on which it was done"
    );
}

#[tokio::test]
async fn shortcut_and_what_is_made_of_html() {
    let h = House::new().await;
    brought(
        &h,
        "id,name,type,requestor,owners,description,is_completed,created_at,started_at,completed_at,estimate,due_date,labels,state,epic_id,epic,iteration\n\
         11,Open a door,feature,ann@x.org,developer@x.org;cy@x.org,Text,true,2026/03/01 09:00:00,2026/03/02 09:00:00,2026/03/04 09:00:00,3,,door;wood,Completed,9,House,\n",
    )
    .await;
    assert_eq!(
        (field(&h, "csv:11", "labels").await, day(&h, "csv:11", "settled_at").await),
        (r#"["door","wood","House"]"#.into(), "2026-03-04".into())
    );
    assert_eq!(
        (field(&h, "csv:11", "assignee").await, day(&h, "csv:11", "started_at").await),
        (h.member("developer").simple().to_string(), "2026-03-02".into())
    );

    let h = House::new().await;
    brought(
        &h,
        "ID,Work Item Type,Title,State,Description,Acceptance Criteria\n\
         31,User Story,Buy at the door,Closed,<div>As a <b>guest</b></div><ul><li>at the door</li></ul>,<div><ul><li>Ticket is printed</li><li>Price is on it</li></ul></div>\n",
    )
    .await;
    assert_eq!(field(&h, "csv:31", "body").await, "As a **guest**\n\n- at the door");
    assert_eq!(h.number("select count(*) from criterion where body in ('Ticket is printed', 'Price is on it')").await, 2);
}

#[tokio::test]
async fn json_is_no_table() {
    for text in ["[{\"number\": 1}]", "{\"lists\": []}"] {
        let refused = exchange::read(exchange::Format::Csv, text.as_bytes(), &Mapping::default()).map(|_| ()).unwrap_err().sentence();
        assert!(refused.contains("This is JSON, not a table"), "{refused}");
    }
    let empty = exchange::read(exchange::Format::Csv, b"id,title\n", &Mapping::default()).unwrap();
    let h = House::new().await;
    let told = exchange::Arrival {
        app: &h.app,
        visitor: &h.visitor("owner", kernel::Door::Import),
        product: "ORB",
        format: exchange::Format::Csv,
        file_name: "f",
        draft: &empty,
    }
    .bring(true, |_| {})
    .await
    .unwrap();
    assert!(says(&told.report.notes, &["There are no rows in the file."]));
}
