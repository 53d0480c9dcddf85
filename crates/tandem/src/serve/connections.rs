//! Connections: how many there may be of one address, how long one may take to ask, and how all of them end. Whoever
//! opens many and asks nothing makes room for those who do ask.

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    http::Response,
};
use http_body_util::BodyExt;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    collections::HashMap,
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    time::{sleep, timeout},
};
use tower::ServiceExt;
use web::Proxies;

/// Connections of one address; proxies of our own may have as many as there can be.
const OF_ONE: usize = 200;
/// Connections in all, as far as the system allows so many open files.
const OF_ALL: usize = 4_000;
/// Open files that are not connections.
const OTHER_FILES: usize = 100;
/// How long a request's head may take, and how long a connection may be silent between two.
const HEAD: Duration = Duration::from_secs(15);
/// The same for proxies of ours: longer than they keep connections for later, so that none is reused as it closes.
const HEAD_OF_PROXY: Duration = Duration::from_secs(180);
/// How long requests under way may take once the house closes.
const LAST_CALL: Duration = Duration::from_secs(20);
/// Connections that the system holds until they are accepted.
const WAITING: usize = 1_024;
/// Read from a connection at a time: the longest head, and the largest piece of a body.
const BUFFER: usize = 64 << 10;

/// Accepts until told to stop, then lets requests under way finish.
pub async fn accept(listener: TcpListener, app: Router, proxies: Proxies, stop: impl Future<Output = ()>) {
    let (closing, closed) = watch::channel(false);
    let open = Arc::new(Open {
        proxies,
        of_one: OF_ONE,
        of_all: open_files().map_or(OF_ALL, |files| files.saturating_sub(OTHER_FILES).min(OF_ALL)),
        list: Mutex::default(),
    });
    let mut stop = std::pin::pin!(stop);
    let welcome = move |stream, from: SocketAddr| match open.enter(from.ip()) {
        Some(seat) => drop(tokio::spawn(serve(stream, from, app.clone(), seat, closed.clone()))),
        None => metrics::counter!("tandem_connections_refused_total").increment(1),
    };
    loop {
        let (stream, from) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: some come back in a moment.
                    tracing::warn!(%error, "accepting");
                    sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        welcome(stream, from);
    }
    // Whoever has connected already is served, and finds the door shut afterwards.
    for _ in 0..WAITING {
        match timeout(Duration::ZERO, listener.accept()).await {
            Ok(Ok((stream, from))) => welcome(stream, from),
            _ => break,
        }
    }
    drop(welcome);
    drop(listener);
    closing.send_replace(true);
    if timeout(LAST_CALL, closing.closed()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

/// How many files this process may have open, where the system tells.
fn open_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    limits.lines().find_map(|line| line.strip_prefix("Max open files"))?.split_whitespace().next()?.parse().ok()
}

async fn serve(stream: TcpStream, from: SocketAddr, app: Router, seat: Seat, mut closed: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let busy = seat.busy.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (app, turn) = (app.clone(), Turn::take(&busy));
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(from));
        async move {
            let answer = app.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
            // The turn ends with the last piece of the answer.
            Ok::<Response<Body>, Infallible>(answer.map(|body| Body::new(body.map_frame(move |frame| turn.pass(frame)))))
        }
    });
    let head = if seat.open.proxies.has(from.ip().to_canonical()) { HEAD_OF_PROXY } else { HEAD };
    let connection =
        http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(BUFFER).serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    let mut leaving = false;
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, %from, "connection");
                }
                return;
            }
            () = seat.leave.notified() => return,
            _ = closed.wait_for(|closed| *closed), if !leaving => {
                leaving = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// The connections that are open.
struct Open {
    proxies: Proxies,
    of_one: usize,
    of_all: usize,
    /// In the order in which they came.
    list: Mutex<HashMap<IpAddr, Vec<Held>>>,
}

/// What is known of a connection from outside.
#[derive(Clone)]
struct Held {
    leave: Arc<Notify>,
    busy: Arc<AtomicUsize>,
}

/// A connection's place; given back when it ends.
struct Seat {
    from: IpAddr,
    leave: Arc<Notify>,
    busy: Arc<AtomicUsize>,
    open: Arc<Open>,
}

impl Open {
    /// A place for one more. Where there is none, the oldest connection that is asking nothing goes: of the same address
    /// if that has its share, else of the one that has most. If all are asking something, there is none.
    fn enter(self: &Arc<Self>, from: IpAddr) -> Option<Seat> {
        let from = from.to_canonical();
        let held = Held { leave: Arc::default(), busy: Arc::default() };
        let mut list = self.list.lock().ok()?;
        let idle = |of: &[Held]| of.iter().position(|h| h.busy.load(Ordering::Relaxed) == 0);
        let has_share = list.get(&from).is_some_and(|own| own.len() >= self.of_one) && !self.proxies.has(from);
        let gives_way = match list.values().map(Vec::len).sum::<usize>() >= self.of_all {
            _ if has_share => Some(from),
            true => Some(*list.iter().filter(|(_, of)| idle(of).is_some()).max_by_key(|(_, of)| of.len())?.0),
            false => None,
        };
        if let Some(of) = gives_way.and_then(|address| list.get_mut(&address)) {
            // Its task ends by itself; the place is counted as free from now on.
            of.remove(idle(of)?).leave.notify_one();
        }
        list.entry(from).or_default().push(held.clone());
        Some(Seat { from, leave: held.leave, busy: held.busy, open: self.clone() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Ok(mut list) = self.open.list.lock() else { return };
        if let Some(own) = list.get_mut(&self.from) {
            own.retain(|h| !Arc::ptr_eq(&h.leave, &self.leave));
            if own.is_empty() {
                list.remove(&self.from);
            }
        }
    }
}

/// A request under way on a connection.
struct Turn(Arc<AtomicUsize>);

impl Turn {
    fn take(busy: &Arc<AtomicUsize>) -> Turn {
        busy.fetch_add(1, Ordering::Relaxed);
        Turn(busy.clone())
    }

    /// Hands a piece on; holding the turn is what counts.
    fn pass<T>(&self, piece: T) -> T {
        piece
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    fn open(of_one: usize) -> Arc<Open> {
        Arc::new(Open { proxies: "10.0.0.1".parse().unwrap(), of_one, of_all: 20, list: Mutex::default() })
    }

    #[tokio::test]
    async fn stopping_lets_requests_finish_and_takes_no_more() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let at = listener.local_addr().unwrap();
        let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (heard, waits) = (begun.clone(), go.clone());
        let slow = move || async move {
            heard.notify_one();
            waits.notified().await;
            "finished"
        };
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let until = async move { drop(stopped.await) };
        let house = tokio::spawn(accept(listener, Router::new().route("/", axum::routing::get(slow)), Proxies::default(), until));
        let mut asking = TcpStream::connect(at).await.unwrap();
        asking.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        begun.notified().await;
        stop.send(()).unwrap();
        while TcpStream::connect(at).await.is_ok() {
            tokio::task::yield_now().await;
        }
        assert!(!house.is_finished(), "somebody is still being answered");
        go.notify_one();
        let mut answer = String::new();
        asking.read_to_string(&mut answer).await.unwrap();
        assert!(answer.contains("connection: close") && answer.ends_with("finished"), "{answer}");
        house.await.unwrap();
    }

    #[test]
    fn who_asks_nothing_makes_room_and_who_asks_stays() {
        let open = open(2);
        let (a, b): (IpAddr, IpAddr) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let first = open.enter(a).unwrap();
        let second = open.enter(a).unwrap();
        let turn = Turn::take(&first.busy);
        let third = open.enter(a).unwrap();
        assert_eq!(Arc::strong_count(&second.leave), 1, "the idle one is off the list");
        let other = Turn::take(&third.busy);
        assert!(open.enter(a).is_none(), "all are asking something");
        assert!(open.enter(b).is_some(), "others are not concerned");
        drop((turn, other));
        assert!(open.enter(a).is_some());
        drop((first, second, third));
        assert!(open.list.lock().unwrap().is_empty(), "nothing is kept of those who left");
    }

    #[test]
    fn where_all_places_are_taken_those_who_have_most_make_room() {
        let open = open(8);
        let seats: Vec<_> = (0..20u8).map(|n| open.enter([192, 0, 2, n % 3].into()).unwrap()).collect();
        let late = open.enter([192, 0, 2, 99].into()).expect("a newcomer finds a place");
        assert_eq!(open.list.lock().unwrap().values().map(Vec::len).sum::<usize>(), 20);
        let turns: Vec<_> = seats.iter().chain([&late]).map(|seat| Turn::take(&seat.busy)).collect();
        assert!(open.enter([192, 0, 2, 98].into()).is_none(), "nobody is sent away while asking");
        drop(turns);
    }

    #[test]
    fn a_proxy_of_ours_may_have_as_many_as_it_needs() {
        let open = open(2);
        let seats: Vec<_> = (0..10).map(|_| open.enter([10, 0, 0, 1].into()).unwrap()).collect();
        assert_eq!(seats.len(), 10);
    }
}
