//! The server as a process: its CPU time and memory, with its database's where that is another process.

use std::process::{Child, Command, Stdio};

pub struct Watched {
    server: Child,
    pub port: u16,
    with_postgres: bool,
}

impl Watched {
    pub fn start(program: &str, database: &str, with_postgres: bool) -> Watched {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Command::new(program)
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--database", database])
            .env("TANDEM_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Watched { server, port, with_postgres }
    }

    fn processes(&self) -> Vec<u32> {
        let mut ids = vec![self.server.id()];
        if self.with_postgres {
            let named = |id: &u32| std::fs::read_to_string(format!("/proc/{id}/comm")).is_ok_and(|c| c.trim() == "postgres");
            let all = std::fs::read_dir("/proc").unwrap().filter_map(|e| e.ok()?.file_name().to_str()?.parse().ok());
            ids.extend(all.filter(named));
        }
        ids
    }

    /// CPU seconds of user and system so far.
    pub fn cpu(&self) -> f64 {
        let ticks: u64 = self
            .processes()
            .iter()
            .filter_map(|id| std::fs::read_to_string(format!("/proc/{id}/stat")).ok())
            .map(|stat| {
                let after = stat.rsplit(')').next().unwrap_or("").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
                // Its own, and that of children which have ended: a connection that goes takes nothing along.
                after[11..15].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum::<u64>()
            })
            .sum();
        // Linux counts in hundredths of a second.
        ticks as f64 / 100.0
    }

    /// Resident memory of the server.
    pub fn memory_mib(&self) -> f64 {
        self.status("VmRSS")
    }

    /// The part of it that is no file: the program itself is mapped, and what is read of an embedded database, which the system
    /// takes back when it wants to.
    pub fn anonymous_mib(&self) -> f64 {
        self.status("RssAnon")
    }

    /// The most that it has held so far.
    pub fn peak_mib(&self) -> f64 {
        self.status("VmHWM")
    }

    fn status(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id())).unwrap();
        let line = status.lines().find(|l| l.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
