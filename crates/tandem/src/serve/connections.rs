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
/// Connections in all.
const OF_ALL: usize = 4_000;
/// How long a request's head may take, and how long a connection may be silent between two.
const HEAD: Duration = Duration::from_secs(15);
/// How long requests under way may take once the house closes.
const LAST_CALL: Duration = Duration::from_secs(20);
/// Connections that the system holds until they are accepted.
const WAITING: usize = 1_024;
/// Read from a connection at a time: the longest head, and the largest piece of a body.
const BUFFER: usize = 64 << 10;

/// Accepts until told to stop, then lets requests under way finish.
pub async fn accept(listener: TcpListener, app: Router, proxies: Proxies, stop: impl Future<Output = ()>) {
    let (closing, closed) = watch::channel(false);
    let open = Arc::new(Open { proxies, of_one: OF_ONE, list: Mutex::default() });
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
    let connection =
        http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(BUFFER).serve_connection(TokioIo::new(stream), service);
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
    /// A place for one more. Where there is none, the oldest connection of the same address that is asking nothing
    /// goes; if all are asking something, there is none.
    fn enter(self: &Arc<Self>, from: IpAddr) -> Option<Seat> {
        let from = from.to_canonical();
        let held = Held { leave: Arc::default(), busy: Arc::default() };
        let mut list = self.list.lock().ok()?;
        let all: usize = list.values().map(Vec::len).sum();
        let own = list.entry(from).or_default();
        let is_full = own.len() >= self.of_one && !self.proxies.has(from);
        if is_full || all >= OF_ALL {
            let idle = own.iter().position(|h| h.busy.load(Ordering::Relaxed) == 0)?;
            // Its task takes itself off the list; the place is counted as free from now on.
            own.remove(idle).leave.notify_one();
        }
        own.push(held.clone());
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

    fn open(of_one: usize) -> Arc<Open> {
        Arc::new(Open { proxies: "10.0.0.1".parse().unwrap(), of_one, list: Mutex::default() })
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
    fn a_proxy_of_ours_may_have_as_many_as_it_needs() {
        let open = open(2);
        let seats: Vec<_> = (0..10).map(|_| open.enter([10, 0, 0, 1].into()).unwrap()).collect();
        assert_eq!(seats.len(), 10);
    }
}
