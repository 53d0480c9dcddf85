//! Accounts and products from the command line: set-up without a browser.

use super::{Place, told};
use ::people::{AddAccount, EraseAccount, Member, OfferSignIn, SetPassword, former_by_email, person_by_email, run_inside};
use app::{App, Ask, Visitor, secret};
use clap::{Args, Subcommand};
use kernel::{Area, Door, Hat, Id, Noun, json, matrix::Way};
use std::io::BufRead;

#[derive(Subcommand)]
pub enum MemberTask {
    /// Add an account; the password is read from standard input.
    Add {
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long)]
        administrator: bool,
        /// Bring them into this product…
        #[arg(long)]
        product: Option<String>,
        /// …with these hats (manager, owner, developer, stakeholder).
        #[arg(long, value_delimiter = ',')]
        hats: Vec<String>,
    },
    /// Set a password, read from standard input; signs out everywhere.
    Password { email: String },
    /// Make a key for programs that acts as this member.
    Token {
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long)]
        write: bool,
        #[arg(long, default_value_t = 90)]
        days: i64,
        /// Only for these products, by key.
        #[arg(long, value_delimiter = ',')]
        product: Vec<String>,
        /// Only for these areas, such as backlog,work.
        #[arg(long, value_delimiter = ',')]
        area: Vec<String>,
    },
}

#[derive(Subcommand)]
pub enum ProductTask {
    /// Set up a product for a member.
    Add {
        key: String,
        #[arg(long)]
        name: String,
        /// E-mail of the administrator who sets it up.
        #[arg(long)]
        by: String,
        /// two_people, both_hats, textbook_scrum or safe.
        #[arg(long, default_value = "two_people")]
        way: String,
        #[arg(long, value_delimiter = ',', default_value = "manager")]
        hats: Vec<String>,
    },
}

/// Whose data is erased, and how much of it.
#[derive(Args)]
pub struct Erase {
    /// Their e-mail address.
    #[arg(long)]
    member: String,
    /// What else they are called in texts. Several times, or with commas.
    #[arg(long, value_delimiter = ',')]
    word: Vec<String>,
    /// Also what they wrote: comments, updates, answers in the practice club.
    #[arg(long)]
    said: bool,
    /// Also the files they attached.
    #[arg(long)]
    attached: bool,
    /// Do it. It cannot be taken back.
    #[arg(long)]
    yes: bool,
}

/// Says what would be erased, and with `--yes` erases it in the name of the first administrator.
pub(super) async fn erase(place: &Place, options: Erase) -> Result<(), String> {
    let app = place.open().await?;
    let (email, wanted) = (options.member.clone(), options.member.clone());
    let found = app.store.read(move |reader| former_by_email(reader, &email)).await.map_err(|e| e.to_string())?;
    let member = match found {
        Some(member) => member,
        None => {
            account(&app, &wanted).await?;
            return Err(format!("{wanted} still has an account; remove it first, on the page All accounts"));
        }
    };
    let command = EraseAccount { member: member.id(), words: options.word, said: options.said, files: options.attached };
    let (erasure, registry) = (command.erasure(&member), app.registry.clone());
    let plan = app.store.read(move |reader| app::erasing::plan(reader, &registry, &erasure)).await.map_err(|e| e.to_string())?;
    let e = &plan.extent;
    let mut told = format!(
        "{} {}: named in {} things, {} things they wrote, {} copies of these, {} files, {} lines of the record; {} decisions are sealed anew.",
        if options.yes { "Erased of" } else { "Would be erased of" },
        member.email,
        e.named,
        e.said,
        e.copied,
        e.files,
        e.lines,
        e.sealed_anew
    );
    told += match options.yes {
        true => "",
        false => " Backups and exports made before keep it. Nothing was done yet; with --yes it is, and cannot be taken back.",
    };
    if options.yes {
        let administrator = app.store.read(|reader| {
            let sql = "select id from member where administrator = 1 and removed_at is null order by created_at limit 1";
            reader.query(sql, &[])?.pop().ok_or(kernel::Refusal::NotFound)?.take::<kernel::Uuid>()
        });
        let administrator = administrator.await.map_err(|_| "there is no administrator in whose name it could be done".to_owned())?;
        let ask = Ask::of(None, &command).map_err(|e| e.to_string())?;
        app.run(&Visitor::member(administrator, Door::Cli), ask).await.map_err(|e| e.to_string())?;
    }
    place.say(&json!({ "erased": options.yes, "extent": e }), &told)
}

fn parse_hats(words: &[String]) -> Result<Vec<Hat>, String> {
    words.iter().map(|w| Hat::parse(w).ok_or_else(|| format!("{w:?} is no hat; write manager, owner, developer or stakeholder"))).collect()
}

pub(super) async fn account(app: &App, email: &str) -> Result<Member, String> {
    let wanted = email.to_owned();
    let found = app.ask(&Visitor::nobody(Door::Cli), None, move |look| person_by_email(look.reader, &wanted)).await;
    found.map_err(|e| e.to_string())?.ok_or_else(|| format!("there is no account with the address {email}"))
}

fn typed_password() -> Result<String, String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|e| e.to_string())?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    ::people::password(&password).map_err(|e| e.to_string())?;
    Ok(password)
}

/// A one-time link for the administrator, whose account is made if there is none.
pub(super) async fn admin_link(app: &App, email: &str) -> Result<String, String> {
    let member = match account(app, email).await {
        Ok(member) => member,
        Err(_) => {
            let add = AddAccount {
                name: email.split('@').next().unwrap_or(email).into(),
                email: email.to_owned(),
                password_hash: None,
                administrator: true,
            };
            run_inside(app, &add).await.map_err(|e| e.to_string())?;
            account(app, email).await?
        }
    };
    let link = run_inside(app, &OfferSignIn { member: member.id() }).await.map_err(|e| e.to_string())?;
    link.ok_or_else(|| "no link was made".into())
}

pub(super) async fn member(place: &Place, task: MemberTask) -> Result<(), String> {
    // The first account makes the workspace.
    let app = if matches!(task, MemberTask::Add { .. }) { place.make()? } else { place.open().await? };
    match task {
        MemberTask::Add { email, name, administrator, product, hats } => {
            let hats = parse_hats(&hats)?;
            let hash = secret::hash_password(typed_password()?).await.map_err(|e| e.to_string())?;
            let add = AddAccount { name: name.into(), email: email.clone(), password_hash: Some(hash), administrator };
            run_inside(&app, &add).await.map_err(|e| e.to_string())?;
            let member = account(&app, &email).await?;
            if let Some(key) = product {
                let join = ::product::AddMember { product: key, member: member.id(), hats };
                run_inside(&app, &join).await.map_err(|e| e.to_string())?;
            }
            place.say(&json!({ "member": member.id() }), &format!("Added {email}."))
        }
        MemberTask::Password { email } => {
            let member = account(&app, &email).await?;
            let password_hash = secret::hash_password(typed_password()?).await.map_err(|e| e.to_string())?;
            run_inside(&app, &SetPassword { member: member.id(), password_hash }).await.map_err(|e| e.to_string())?;
            place.say(&json!({ "member": member.id() }), &format!("Set the password of {email}."))
        }
        MemberTask::Token { email, name, write, days, product, area } => {
            let member = account(&app, &email).await?;
            let areas = area.iter().map(|a| Area::parse(a).ok_or_else(|| format!("{a:?} is no area"))).collect::<Result<_, _>>()?;
            let create = ::people::CreateToken { name: name.into(), can_write: write, days, products: product, areas };
            let ask = Ask::of(None, &create).map_err(|e| e.to_string())?;
            let outcome = app.run(&Visitor::member(member.meta.id, Door::Cli), ask).await.map_err(|e| e.to_string())?;
            let word = told(&outcome);
            place.say(&json!({ "token": word }), &word)
        }
    }
}

pub(super) async fn product(place: &Place, task: ProductTask) -> Result<(), String> {
    let app = place.open().await?;
    let ProductTask::Add { key, name, by, way, hats } = task;
    let hats = parse_hats(&hats)?;
    let way = Way::parse(&way).ok_or_else(|| format!("{way:?} is no way of working"))?;
    let member = account(&app, &by).await?;
    let create = ::product::CreateProduct { name: name.into(), key: key.clone(), way, hats };
    let ask = Ask::of(None, &create).map_err(|e| e.to_string())?;
    app.run(&Visitor::member(member.meta.id, Door::Cli), ask).await.map_err(|e| e.to_string())?;
    place.say(&json!({ "product": key }), &format!("Set up {key}."))
}

/// The member in whose name the command line acts.
pub(super) fn acts_as(member: &Member) -> Visitor {
    let id: Id<Member> = member.id();
    Visitor::member(id.0, Door::Import)
}
