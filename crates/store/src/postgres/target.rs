//! Where the database is and how it is reached: hosts, encryption, time-outs, and a socket that waits only
//! when it is told to.

use super::wire::{Fault, Turn, fault};
use crate::tls;
use kernel::{Refusal, Result};
use std::{
    io::{ErrorKind, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    pin::{Pin, pin},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::{
    Client, Config, Connection,
    config::{Host, SslMode},
    tls::MakeTlsConnect,
};
use tokio_postgres_rustls::MakeRustlsConnect;

type Tls = <MakeRustlsConnect as MakeTlsConnect<Pipe>>::Stream;

/// How long a connection may take to come about, where the address does not say.
const CONNECT: Duration = Duration::from_secs(5);
/// After a failed try others are refused at once for so long, so that nobody queues up before a closed door.
const CLOSED: Duration = Duration::from_millis(500);

/// MiB of answers that a node keeps, where the address does not say.
const ROOM: usize = 8;

/// How our queries are planned. They are far too short for compiling them to pay, and a third of their time would be planning:
/// what they look up is found by keys and indexes, so one plan does for all. A page anywhere in the database costs hardly more
/// than the next one, and merging would read all members in the order of their ids to find the one who asks.
macro_rules! planning {
    () => {
        "set jit = off; set plan_cache_mode = force_generic_plan; set random_page_cost = 1.1; set enable_mergejoin = off"
    };
}

/// What a connection is for; says how long its statements may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Read,
    Write,
    Listen,
    Migrate,
}

impl Purpose {
    /// Said once, when the connection is new. A transaction that its node has left holds nothing for long.
    pub const fn settings(self) -> &'static str {
        match self {
            Purpose::Read => concat!("set statement_timeout = '30s'; set idle_in_transaction_session_timeout = '60s'; ", planning!()),
            Purpose::Write => {
                concat!("set statement_timeout = '60s'; set lock_timeout = '10s'; set idle_in_transaction_session_timeout = '60s'; ", planning!())
            }
            Purpose::Listen => "listen tandem",
            Purpose::Migrate => "",
        }
    }

    /// How long the socket waits for a server that may be gone without a word: longer than the server itself would.
    const fn patience(self) -> Option<Duration> {
        match self {
            Purpose::Read => Some(Duration::from_secs(35)),
            Purpose::Write => Some(Duration::from_secs(65)),
            Purpose::Listen => Some(Duration::from_secs(20)),
            Purpose::Migrate => None,
        }
    }
}

/// Where connections go.
pub struct Target {
    config: Config,
    tls: MakeRustlsConnect,
    /// MiB of answers that are kept.
    room: usize,
    failed: Mutex<Option<Instant>>,
}

impl Target {
    /// Reads `postgres://…`. `sslmode=require` (or `verify-full`) encrypts and checks the server's certificate, against
    /// the public authorities or those in the file `sslrootcert`; without it nothing is encrypted. `answers=0` has nothing
    /// kept of what was answered, another number so many MiB of it.
    pub fn parse(url: &str) -> Result<Target> {
        let wrong = |what: String| Refusal::broken(format!("the address of the database: {what}"));
        let (place, options) = url.split_once('?').unwrap_or((url, ""));
        let (mut encrypted, mut authorities, mut room, mut kept) = (false, None, ROOM, vec![]);
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", "require" | "verify-ca" | "verify-full")) => encrypted = true,
                Some(("sslmode", "disable" | "allow" | "prefer")) => encrypted = false,
                Some(("sslmode", other)) => return Err(wrong(format!("sslmode {other:?} is unknown"))),
                Some(("answers", mib)) => room = mib.parse().map_err(|_| wrong(format!("answers is a number of MiB and not {mib:?}")))?,
                Some(("sslrootcert", file)) => authorities = Some(file.to_owned()),
                _ => kept.push(option),
            }
        }
        let mut config: Config = format!("{place}?{}", kept.join("&"))
            .parse()
            .map_err(|e: tokio_postgres::Error| wrong(std::error::Error::source(&e).map_or_else(|| e.to_string(), ToString::to_string)))?;
        config.ssl_mode(if encrypted { SslMode::Require } else { SslMode::Disable });
        if config.get_application_name().is_none() {
            config.application_name("tandem");
        }
        let tls = tls::config(authorities.as_deref()).map_err(|why| match &authorities {
            Some(_) => wrong(format!("sslrootcert {why}")),
            None => wrong(why),
        })?;
        Ok(Target { config, tls: MakeRustlsConnect::new(tls), room, failed: Mutex::default() })
    }

    /// Bytes of answers that are kept.
    pub fn room(&self) -> usize {
        self.room.saturating_mul(1 << 20)
    }

    /// Opens a connection, trying each host that the address names.
    pub(super) fn connect(&self, purpose: Purpose) -> std::result::Result<(Client, Connection<Pipe, Tls>, Arc<Turn>), Fault> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_some_and(|at| at.elapsed() < CLOSED) {
            return Err(Fault::Lost("the database did not answer a moment ago".into()));
        }
        // One at a time knocks; the others wait here for what comes of it, which is soon known.
        let mut last = Fault::Lost("the address names no host".into());
        for (i, host) in self.config.get_hosts().iter().enumerate() {
            let ports = self.config.get_ports();
            let port = ports.get(i).or(ports.last()).copied().unwrap_or(5432);
            match self.knock(host, port, purpose) {
                Ok(open) => {
                    *failed = None;
                    return Ok(open);
                }
                Err(fault) => last = fault,
            }
        }
        *failed = Some(Instant::now());
        tracing::warn!(cause = ?last, "connecting to the database");
        Err(last)
    }

    fn knock(&self, host: &Host, port: u16, purpose: Purpose) -> std::result::Result<(Client, Connection<Pipe, Tls>, Arc<Turn>), Fault> {
        let lost = |e: std::io::Error| Fault::Lost(e.to_string());
        let turn = Arc::new(Turn::default());
        let (socket, name) = match host {
            Host::Tcp(name) => (Socket::Tcp(self.dial(name, port).map_err(lost)?), name.as_str()),
            #[cfg(unix)]
            Host::Unix(folder) => {
                let path = folder.join(format!(".s.PGSQL.{port}"));
                (Socket::Unix(std::os::unix::net::UnixStream::connect(path).map_err(lost)?), "")
            }
        };
        socket.wait_at_most(Some(self.patience())).map_err(lost)?;
        let pipe = Pipe { socket, turn: turn.clone() };
        let settle = socket_clone(&pipe).map_err(lost)?;
        let tls = MakeTlsConnect::<Pipe>::make_tls_connect(&mut self.tls.clone(), name).map_err(|e| Fault::Lost(e.to_string()))?;
        let mut opening = pin!(self.config.connect_raw(pipe, tls));
        let (client, line) = loop {
            turn.may_wait.store(true, Ordering::Relaxed);
            match opening.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(opened) => break opened.map_err(|error| fault(&error, None))?,
                Poll::Pending if turn.in_vain.swap(false, Ordering::Relaxed) => return Err(Fault::Lost("the database does not answer".into())),
                Poll::Pending => {}
            }
        };
        turn.may_wait.store(false, Ordering::Relaxed);
        settle.wait_at_most(purpose.patience()).map_err(lost)?;
        Ok((client, line, turn))
    }

    fn dial(&self, name: &str, port: u16) -> std::io::Result<TcpStream> {
        let mut last = std::io::Error::new(ErrorKind::NotFound, "the host has no address");
        for address in (name, port).to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, self.patience()) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(stream);
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn patience(&self) -> Duration {
        self.config.get_connect_timeout().copied().unwrap_or(CONNECT)
    }
}

/// The same socket again, to set its patience from outside.
fn socket_clone(pipe: &Pipe) -> std::io::Result<Socket> {
    Ok(match &pipe.socket {
        Socket::Tcp(stream) => Socket::Tcp(stream.try_clone()?),
        #[cfg(unix)]
        Socket::Unix(stream) => Socket::Unix(stream.try_clone()?),
    })
}

enum Socket {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(std::os::unix::net::UnixStream),
}

impl Socket {
    fn wait_at_most(&self, time: Option<Duration>) -> std::io::Result<()> {
        match self {
            Socket::Tcp(stream) => stream.set_read_timeout(time).and_then(|()| stream.set_write_timeout(time)),
            #[cfg(unix)]
            Socket::Unix(stream) => stream.set_read_timeout(time).and_then(|()| stream.set_write_timeout(time)),
        }
    }

    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Socket::Tcp(stream) => stream.read(into),
            #[cfg(unix)]
            Socket::Unix(stream) => stream.read(into),
        }
    }

    fn write(&mut self, from: &[u8]) -> std::io::Result<usize> {
        match self {
            Socket::Tcp(stream) => stream.write(from),
            #[cfg(unix)]
            Socket::Unix(stream) => stream.write(from),
        }
    }
}

/// A waiting socket in the clothes of one that never waits: it reads only when `Turn` lets it, and then once.
pub struct Pipe {
    socket: Socket,
    turn: Arc<Turn>,
}

impl AsyncRead for Pipe {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        let pipe = self.get_mut();
        if !pipe.turn.may_wait.swap(false, Ordering::Relaxed) {
            return Poll::Pending;
        }
        loop {
            match pipe.socket.read(into.initialize_unfilled()) {
                Ok(read) => {
                    into.advance(read);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    pipe.turn.in_vain.store(true, Ordering::Relaxed);
                    return Poll::Pending;
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Pipe {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, from: &[u8]) -> Poll<std::io::Result<usize>> {
        Poll::Ready(self.get_mut().socket.write(from))
    }
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
