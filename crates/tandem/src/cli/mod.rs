//! The command line: the same commands as every other door, for whoever sits at the machine.

mod back;
mod estimate;
mod exchange;
mod forecast;
mod history;
mod outside;
mod people;
mod rootcause;
mod upkeep;
mod verify;

use crate::{backups, demo, serve, set_up};
use app::{Address, App, Blobs, Bucket, Care, Clock, Outcome, Store};
use clap::{Args, Parser, Subcommand};
use std::{
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::net::TcpListener;
use web::{Closing, House, Proxies};

/// One place where a Product Manager and a Product Owner bring a product to market together.
#[derive(Parser)]
#[command(name = "tandem", version, about)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    task: Option<Task>,
}

/// Where the data is.
#[derive(Args, Clone)]
struct Place {
    /// Folder of the embedded database.
    #[arg(long, env = "TANDEM_DATA", default_value = "tandem-data", global = true)]
    data: PathBuf,
    /// Another database: `sqlite:FILE` or `postgres://USER@HOST/NAME`.
    #[arg(long, env = "TANDEM_DATABASE", global = true)]
    database: Option<String>,
    /// Folder of attached files, or s3://BUCKET/PREFIX with its key in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; beside
    /// the embedded database, or in the folder of --data, when left out. Nodes of one workspace share it.
    #[arg(long, env = "TANDEM_FILES", global = true)]
    files: Option<String>,
    /// Answer as JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Task {
    /// Start the server (also without any command).
    Serve(Serve),
    /// Start with a sample product in a throw-away database, already set up.
    Demo(Demo),
    /// Bring a backlog in from another tool.
    Import(exchange::Import),
    /// Write a product out.
    Export(exchange::Export),
    /// Accounts.
    #[command(subcommand)]
    Member(people::MemberTask),
    /// Products.
    #[command(subcommand)]
    Product(people::ProductTask),
    /// Write everything to a file, while the server runs.
    Backup {
        file: PathBuf,
    },
    /// Read a backup into an empty database.
    Restore {
        file: PathBuf,
    },
    Estimate(estimate::Estimate),
    #[command(name = "rootcause")]
    RootCause(rootcause::RootCause),
    Forecast(forecast::Forecast),
    Verify(verify::Verify),
    /// Erase the data of somebody whose account was removed. Without --yes it says what would be erased and does nothing.
    Erase(people::Erase),
    /// Check data, links, files, activity and the seals of what was signed.
    Check,
}

#[derive(Args, Clone)]
struct Listen {
    /// Address and port.
    #[arg(long, env = "TANDEM_LISTEN", default_value = "127.0.0.1:8040")]
    listen: SocketAddr,
}

#[derive(Args, Clone)]
struct Demo {
    #[command(flatten)]
    listen: Listen,
    /// Write letters into this folder.
    #[arg(long, hide = true)]
    letters: Option<PathBuf>,
    /// Let `POST /demo/forward` put the clock forward, by so many `hours`.
    #[arg(long, hide = true)]
    forward: bool,
    /// Tell the sample into this folder, and end.
    #[arg(long, hide = true)]
    tell: Option<PathBuf>,
    /// Go on from a copy of what was told into this folder, which takes less time than telling it anew.
    #[arg(long, hide = true, conflicts_with = "tell")]
    told: Option<PathBuf>,
    #[command(flatten)]
    outside: outside::Outside,
}

#[derive(Args, Clone)]
struct Serve {
    #[command(flatten)]
    listen: Listen,
    /// Print a one-time sign-in link for this e-mail, making the administrator's account if there is none.
    #[arg(long, env = "TANDEM_ADMIN")]
    admin: Option<String>,
    /// Where people reach it, for links in mail, such as https://tandem.example.org; HTTPS makes cookies secure.
    #[arg(long, env = "TANDEM_ORIGIN")]
    origin: Option<String>,
    /// Mail server, such as smtps://user:word@mail.example.org, or file:FOLDER to look at letters without one.
    #[arg(long, env = "TANDEM_MAIL_URL", hide_env_values = true, alias = "smtp")]
    mail_url: Option<String>,
    /// Sender of mail.
    #[arg(long, env = "TANDEM_MAIL_FROM", default_value = "Tandem <tandem@localhost>")]
    mail_from: String,
    /// Proxies in front, whose word about who asks is taken: addresses, ranges such as 10.0.0.0/8, or loopback.
    #[arg(long, env = "TANDEM_TRUSTED_PROXIES", default_value = "")]
    trusted_proxies: Proxies,
    /// Folder in which a backup is made every night.
    #[arg(long, env = "TANDEM_BACKUPS")]
    backups: Option<PathBuf>,
    /// So many of them are kept.
    #[arg(long, env = "TANDEM_KEEP_BACKUPS", default_value_t = 14)]
    keep_backups: usize,
    #[command(flatten)]
    outside: outside::Outside,
    /// Send nothing to other machines, as a copy of a workspace should not.
    #[arg(long, env = "TANDEM_TELL_NOBODY")]
    tell_nobody: bool,
    /// Log as lines of JSON.
    #[arg(long, env = "TANDEM_LOG_JSON")]
    log_json: bool,
}

/// Serving as it is without any command: what the environment says.
#[derive(Parser)]
struct Alone {
    #[command(flatten)]
    serve: Serve,
}

/// Runs a command line.
///
/// # Errors
/// A sentence for the terminal.
pub async fn run(cli: Cli) -> Result<(), String> {
    match cli.task {
        None => server(&cli.place, Alone::parse_from(["tandem"]).serve).await,
        Some(Task::Serve(options)) => server(&cli.place, options).await,
        Some(Task::Demo(options)) => sample(options).await,
        Some(Task::Import(import)) => exchange::import(&cli.place, import).await,
        Some(Task::Export(export)) => exchange::export(&cli.place, export).await,
        Some(Task::Member(task)) => people::member(&cli.place, task).await,
        Some(Task::Product(task)) => people::product(&cli.place, task).await,
        Some(Task::Backup { file }) => upkeep::backup(&cli.place, &file).await,
        Some(Task::Restore { file }) => upkeep::restore(&cli.place, &file).await,
        Some(Task::Estimate(options)) => estimate::estimate(&cli.place, &options),
        Some(Task::RootCause(options)) => rootcause::root_cause(&cli.place, &options),
        Some(Task::Forecast(options)) => forecast::forecast(&cli.place, &options).await,
        Some(Task::Verify(options)) => verify::verify(&cli.place, options).await,
        Some(Task::Erase(options)) => people::erase(&cli.place, options).await,
        Some(Task::Check) => upkeep::check(&cli.place).await,
    }
}

impl Place {
    fn address(&self) -> Result<Address, String> {
        match &self.database {
            Some(url) => url.parse(),
            None => Ok(Address::Sqlite(self.data.join("tandem.db"))),
        }
    }

    /// Opens the workspace that is there. A mistyped folder is told instead of made.
    async fn open(&self) -> Result<App, String> {
        let address = self.address()?;
        let nothing = || match &address {
            Address::Sqlite(file) => format!("there is no workspace in {}; say where it is with --data or --database", file.display()),
            Address::Postgres(_) => "there is no workspace in this database; say where it is with --database".to_owned(),
        };
        if !Store::is_there(&address) {
            return Err(nothing());
        }
        let app = self.make()?;
        match app.store.read(store::dump::is_empty).await.map_err(|e| e.to_string())? {
            true => Err(nothing()),
            false => Ok(app),
        }
    }

    /// Opens the workspace, or makes a new one.
    fn make(&self) -> Result<App, String> {
        let app = crate::open(self.address()?, Care::Durable, Clock::System, threads()).map_err(|e| e.to_string())?;
        let beside = if app.blobs.is_somewhere() { app.blobs.clone() } else { Blobs::at(self.data.join("tandem.files")) };
        let blobs = match self.files.as_deref() {
            Some(url) if url.starts_with("s3://") => beside.behind(Bucket::open(url, |name| std::env::var(name).ok())?),
            Some(folder) => Blobs::at(folder),
            None => beside,
        };
        Ok(app.with_files(blobs))
    }

    /// Prints an answer: as JSON when asked for, else as a sentence.
    fn say(&self, json: &kernel::Json, sentence: &str) -> Result<(), String> {
        let mut out = std::io::stdout().lock();
        let text = if self.json { json.to_string() } else { sentence.to_owned() };
        match writeln!(out, "{text}") {
            // Whoever reads has read enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(|e| e.to_string()),
        }
    }
}

/// A number in three figures, as people write it.
fn short(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        return "0".into();
    }
    if !(0.001..9.995e14).contains(&size) {
        return format!("{value:.2e}");
    }
    // Decimals that leave three figures.
    let decimals = |scaled: f64| [99.95, 9.995, 0.9995].iter().position(|least| scaled >= *least).unwrap_or(3);
    let (unit, suffix) = match size {
        s if s < 9999.5 => (1.0, ""),
        s => [(1e3, "k"), (1e6, "M"), (1e9, "B"), (1e12, "T")].into_iter().find(|(unit, _)| s / unit < 999.5).unwrap_or((1e12, "T")),
    };
    let scaled = value / unit;
    let told = format!("{scaled:.*}", decimals(scaled.abs()));
    let whole = value.fract() == 0.0 && told.parse::<f64>().is_ok_and(|t| t.fract() == 0.0);
    if whole { format!("{:.0}{suffix}", scaled) } else { format!("{told}{suffix}") }
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8))
}

fn log(json: bool) {
    let quiet = std::env::var("TANDEM_LOG").is_ok_and(|l| l == "off" || l == "warn");
    let level = if quiet { tracing::Level::WARN } else { tracing::Level::INFO };
    let builder = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).with_target(false);
    let set = if json { builder.json().try_init() } else { builder.try_init() };
    if set.is_err() {
        tracing::debug!("logging was set up before");
    }
}

async fn server(place: &Place, options: Serve) -> Result<(), String> {
    log(options.log_json);
    let app = place.make()?;
    match (&options.mail_url, &options.origin) {
        (None, _) => {}
        // A link in a letter must not be taken from what a request says of its host.
        (Some(_), None) => return Err("with a mail server, say where people reach Tandem: --origin https://…".into()),
        (Some(url), Some(origin)) => set_up(&app, url, &options.mail_from, origin)?,
    }
    if let Some(folder) = &options.backups {
        backups::set_up(&app, folder, options.keep_backups)?;
    }
    let listener = TcpListener::bind(options.listen.listen).await.map_err(|e| format!("{}: {e}", options.listen.listen))?;
    let at = options.origin.clone().unwrap_or_else(|| format!("http://{}", options.listen.listen));
    if !options.tell_nobody {
        options.outside.set_up(&app, &at)?;
    }
    if let Some(email) = &options.admin {
        let link = people::admin_link(&app, email).await?;
        place.say(&kernel::json!({ "link": format!("{at}{link}") }), &format!("Sign in once with {at}{link}"))?;
    }
    let house = Arc::new(House { app, origin: options.origin, proxies: options.trusted_proxies, closing: Closing::default() });
    place.say(&kernel::json!({ "listening": at }), &format!("Tandem is at {at}"))?;
    serve::serve(house, listener).await.map_err(|e| e.to_string())
}

async fn sample(options: Demo) -> Result<(), String> {
    log(false);
    let (listen, own) = (options.listen.listen, std::env::temp_dir().join(format!("tandem-demo-{}", std::process::id())));
    let folder = options.tell.clone().unwrap_or(own);
    if let Some(told) = &options.told {
        copied(told, &folder).map_err(|e| format!("{}: {e}", told.display()))?;
    }
    let clock = if options.forward { Clock::movable() } else { Clock::System };
    let app = crate::open(Address::Sqlite(folder.join("demo.db")), Care::Fast, clock, threads()).map_err(|e| e.to_string())?;
    let cast = if options.told.is_some() { demo::cast(&app).await } else { demo::tell(&app).await }.map_err(|e| e.to_string())?;
    if options.tell.is_some() {
        return Ok(());
    }
    let at = format!("http://{listen}");
    if let Some(letters) = options.letters {
        set_up(&app, &format!("file:{}", letters.display()), "Tandem <tandem@orbit.example>", &at)?;
    }
    options.outside.set_up(&app, &at)?;
    let listener = TcpListener::bind(listen).await.map_err(|e| format!("{listen}: {e}"))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "The sample product is at http://{listen}/demo\nIt is gone when you stop it (Ctrl C).").map_err(|e| e.to_string())?;
    drop(out);
    let routes = demo::routes(cast, options.forward);
    let served = serve::serve_with(crate::house(app), listener, routes).await.map_err(|e| e.to_string());
    drop(std::fs::remove_dir_all(&folder));
    served
}

/// A folder with all that is in it, once more.
fn copied(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let (entry, to) = entry.map(|entry| (entry.path(), to.join(entry.file_name())))?;
        if entry.is_dir() {
            copied(&entry, &to)?;
        } else {
            std::fs::copy(&entry, &to)?;
        }
    }
    Ok(())
}

/// What is told about an outcome on the terminal.
fn told(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done(done) => done.reveal.clone().unwrap_or_else(|| "Done.".into()),
        Outcome::Proposed(p) => format!("Proposed: {}.", p.title),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cli, short};
    use clap::Parser;

    #[test]
    fn an_option_of_a_command_is_none_of_the_place() {
        let read = |line: &str| Cli::try_parse_from(line.split(' ')).is_ok();
        assert!(read("tandem erase --member a@x.org --said --attached --files kept"));
        assert!(read("tandem check --data elsewhere"));
        assert!(read("tandem verify a.xml b.xml --url u --token t --product ORB"));
    }

    #[test]
    fn numbers_have_three_figures() {
        for (value, told) in [
            (999_999.0, "1M"),
            (999_499.0, "999k"),
            (1e6, "1M"),
            (40_000.0, "40k"),
            (49_031.5, "49.0k"),
            (9999.7, "10.0k"),
            (1193.2, "1193"),
            (99.96, "100"),
            (9.996, "10.0"),
            (0.0707, "0.071"),
            (-1.5e6, "-1.50M"),
            (0.0, "0"),
            (3e15, "3.00e15"),
            (0.0002, "2.00e-4"),
        ] {
            assert_eq!(short(value), told);
        }
    }
}
