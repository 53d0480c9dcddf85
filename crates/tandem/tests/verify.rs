//! What the documentation tells pipelines to do is done here: its scripts are taken out of it and run as they stand.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

const DOCS: &str = include_str!("../../../docs/verify.md");

fn tandem(data: &Path, args: &[&str], typed: &str) -> String {
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_tandem")).args(args).arg("--data").arg(data).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "{args:?}");
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

fn ask(port: u16, token: &str, verb: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let head = format!(
        "{verb} /api/v1{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    answer
}

/// A house with a product, a story with three criteria, and a token; gone at the end.
struct Served {
    server: Child,
    folder: PathBuf,
    port: u16,
    token: String,
}

impl Served {
    fn new(name: &str) -> Served {
        let folder = std::env::temp_dir().join(format!("tandem-verify-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let data = folder.join("data");
        tandem(&data, &["member", "add", "o@x.org", "--name", "Owner", "--administrator"], "a long password\n");
        tandem(&data, &["product", "add", "ORB", "--name", "Orbit", "--by", "o@x.org", "--hats", "owner"], "");
        let token = tandem(&data, &["member", "token", "o@x.org", "--name", "t", "--write"], "");
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Command::new(env!("CARGO_BIN_EXE_tandem"))
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(&data)
            .env("TANDEM_LOG", "off")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        testkit::until(60, || TcpStream::connect(("127.0.0.1", port)).is_ok());
        let served = Served { server, folder, port, token };
        served.ask("POST", "/products/ORB/stories", r#"{"title":"Hold a bike","criteria":["a","b","c"]}"#);
        served
    }

    fn ask(&self, verb: &str, path: &str, body: &str) -> String {
        ask(self.port, &self.token, verb, path, body)
    }

    /// Runs a script as a pipeline does; what it said.
    fn run(&self, script: &str, environment: &[(&str, &str)]) -> (bool, String) {
        let program = Path::new(env!("CARGO_BIN_EXE_tandem")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        let out = Command::new("bash")
            .args(["-eo", "pipefail", "-c", script])
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", path)
            .env("TANDEM_URL", format!("http://127.0.0.1:{}", self.port))
            .env("TANDEM_TOKEN", &self.token)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr))
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.join(name), text).unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The lines below a line of the documentation that are indented deeper, without what they are indented by.
fn below(heading: &str, key: &str) -> String {
    let part = DOCS.split(heading).nth(1).unwrap();
    let mut lines = part.lines().skip_while(|line| line.trim() != key);
    let depth = |line: &str| line.len() - line.trim_start().len();
    let first = depth(lines.next().unwrap());
    let block: Vec<&str> = lines.take_while(|line| depth(line) > first && !line.starts_with("```")).collect();
    let cut = block.iter().map(|line| depth(line)).min().unwrap();
    block.iter().map(|line| &line[cut..]).collect::<Vec<_>>().join("\n")
}

const REPORT: &str = r#"<testsuite name="hold"><testcase classname="hold" name="lasts @ORB-1.1"/>
<testcase classname="hold" name="opens @ORB-1.2"><failure message="nine minutes"/></testcase></testsuite>"#;

#[test]
fn the_script_for_github_actions_does_what_it_says() {
    let served = Served::new("github");
    served.write("junit.xml", REPORT);
    let script = below("## GitHub Actions", "run: |");
    assert!(script.starts_with("curl ") && script.ends_with("/runs\""), "{script}");
    let pipeline = [
        ("GITHUB_SHA", "99684bcacf01d95875834d87903dcb072306c9ad"),
        ("GITHUB_REF_NAME", "feature/hold & more"),
        ("GITHUB_SERVER_URL", "https://github.com"),
        ("GITHUB_REPOSITORY", "orbit/app"),
        ("GITHUB_RUN_ID", "7"),
    ];
    let (done, said) = served.run(&script, &pipeline);
    assert!(done && said.contains("\"criterion\":\"ORB-1.2\"") && said.contains("feature/hold & more"), "{said}");
    let runs = served.ask("GET", "/products/ORB/runs", "");
    assert!(runs.contains("https://github.com/orbit/app/actions/runs/7") && runs.contains("unit tests"), "{runs}");
    let criteria = served.ask("GET", "/products/ORB/criteria?fields=number,state", "");
    assert!(criteria.contains("passing") && criteria.contains("failing"), "{criteria}");
    // A report that cannot be read fails the step, and says why.
    served.write("junit.xml", "<testsuite>\n<testcase");
    let (done, said) = served.run(&script, &pipeline);
    assert!(!done && said.contains("Line 2"), "{said}");
}

#[test]
fn the_script_for_gitlab_does_what_it_says() {
    let served = Served::new("gitlab");
    served.write("junit.xml", REPORT);
    let script = below("## GitLab CI", "after_script:").trim_start_matches("- ").to_owned();
    assert!(script.starts_with("tandem verify"), "{script}");
    let variables = below("## GitLab CI", "variables:");
    assert!(variables.contains("TANDEM_PRODUCT: ORB"), "{variables}");
    let pipeline = [
        ("TANDEM_PRODUCT", "ORB"),
        ("CI_COMMIT_SHA", "99684bcacf01d95875834d87903dcb072306c9ad"),
        ("CI_COMMIT_REF_NAME", "main"),
        ("CI_PIPELINE_URL", "https://gitlab.com/orbit/app/-/pipelines/7"),
    ];
    let (done, said) = served.run(&script, &pipeline);
    assert!(done && said.contains("1 passed, 1 failed") && said.contains("ORB-1.2 failed (failing)"), "{said}");
    let (done, said) = served.run(&script, &pipeline);
    assert!(done && said.contains("recorded before"), "{said}");
    let runs = served.ask("GET", "/products/ORB/runs", "");
    assert!(runs.contains("pipelines/7") && runs.matches("\"suite\"").count() == 1, "{runs}");
}

#[test]
fn the_command_line_tells_what_is_wrong_before_anything_is_sent() {
    let served = Served::new("line");
    served.write("a.xml", REPORT);
    served.write("b.ndjson", "{\"meta\":{}}\n{\"pickle\":{\"id\":\"1\",\"name\":\"keeps\",\"tags\":[{\"name\":\"@ORB-1.3\"}]}}\n{\"testRunFinished\":{\"success\":true}}\n");
    let (done, said) = served.run("tandem verify a.xml b.ndjson --product ORB --commit 1", &[]);
    assert!(done && said.contains("1 passed, 1 failed, 1 did not run") && said.contains("ORB-1.3 skipped (none)"), "{said}");
    for (script, says) in [
        ("tandem verify a.xml nothing.xml --product ORB", "nothing.xml: "),
        ("echo '<TestRun/>' > c.trx; tandem verify c.trx --product ORB", "c.trx: Line 1: These are not JUnit XML but results of Visual Studio"),
        ("printf '<testsuite>\\n<a' > d.xml; tandem verify d.xml --product ORB", "d.xml: Line 2"),
        ("tandem verify a.xml --product NONE", "no product NONE"),
        ("TANDEM_TOKEN=x tandem verify a.xml --product ORB", "token is unknown"),
        ("tandem verify a.xml --product ORB --at soon", "“soon” is no time"),
        ("tandem verify a.xml --product ORB --url localhost", "no address of Tandem"),
    ] {
        let (done, said) = served.run(script, &[]);
        assert!(!done && said.contains(says), "{script}: {said}");
    }
}
