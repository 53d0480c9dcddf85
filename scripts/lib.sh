# Shared by the scripts: where things are, and what they need, installed if it is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export RUST_BACKTRACE="${RUST_BACKTRACE:-0}"
target="${CARGO_TARGET_DIR:-target}"

need_package() { # command, Debian package
  command -v "$1" >/dev/null 2>&1 && return
  echo "Installing $2"
  if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo"; fi
  $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "$2" >/dev/null
}

need_nextest() { cargo nextest --version >/dev/null 2>&1 || cargo install --locked cargo-nextest --version 0.9.143; }
need_deny() { cargo deny --version >/dev/null 2>&1 || cargo install --locked --quiet cargo-deny --version 0.20.2; }

# A PostgreSQL of our own in a temporary folder; it never runs as root. Tests lose nothing by `fsync=off`, nor by lying in memory
# where there is room: each has a database of 1,300 files, and disks are slow to give out what was thrown away a minute ago.
# `start_postgres on` writes as a real one does.
start_postgres() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need_package initdb postgresql
  pg_bin="$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -1)")"
  local room free within=/tmp log=1GB
  room="$(df --output=avail -m /dev/shm 2>/dev/null | tail -1 || true)"
  free="$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo 2>/dev/null || true)"
  if [ "${1:-off}" = off ] && [ -w /dev/shm ] && [ "${room:-0}" -ge 2048 ] && [ "${free:-0}" -ge 6144 ]; then within=/dev/shm log=256MB; fi
  pg_home="$(mktemp -d "$within/tandem-pg.XXXXXX")"
  pg_port="${TANDEM_TEST_PORT:-$((20000 + RANDOM % 20000))}"
  if [ "$(id -u)" = 0 ]; then chown postgres "$pg_home"; pg_as="runuser -u postgres --"; pg_user=postgres; else pg_as=""; pg_user="$(id -un)"; fi
  trap stop_postgres EXIT
  $pg_as "$pg_bin/initdb" -D "$pg_home/data" -U "$pg_user" -A trust --no-sync >/dev/null
  # Encryption with an authority of its own, for whoever asks for it.
  need_package openssl openssl
  (cd "$pg_home"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=test authority" -keyout authority.key -out authority.pem
    openssl req -newkey rsa:2048 -nodes -subj "/CN=127.0.0.1" -keyout data/server.key -out server.csr
    openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile <(echo "subjectAltName=IP:127.0.0.1") -out data/server.crt
    chmod 600 data/server.key; chmod 644 authority.pem
    if [ "$(id -u)" = 0 ]; then chown postgres data/server.key data/server.crt; chmod 755 .; fi) >/dev/null 2>&1
  $pg_as "$pg_bin/pg_ctl" -D "$pg_home/data" -w -s -l "$pg_home/log" -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$pg_home -c fsync=${1:-off} -c max_wal_size=$log -c ssl=on -c max_connections=300" start
  export TANDEM_TEST_DATABASE="postgres://$pg_user@127.0.0.1:$pg_port/postgres" TANDEM_TEST_AUTHORITY="$pg_home/authority.pem"
}
stop_postgres() { $pg_as "$pg_bin/pg_ctl" -D "$pg_home/data" -m immediate -s stop || true; rm -rf "$pg_home"; }

# Chromium without windows takes a third less to draw; where a distribution has none of it, the whole one does the same.
need_browser() {
  command -v chromium-headless-shell >/dev/null || need_package chromium-headless-shell chromium-headless-shell || need_package chromium chromium
  export CHROMIUM="${CHROMIUM:-$(command -v chromium-headless-shell || command -v chromium)}"
  need_package node nodejs
  [ -d browser/node_modules ] || (cd browser && npm install --no-audit --no-fund --silent)
}
