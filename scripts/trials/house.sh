# Shared by the trials: a workspace of its own with an Owner's token, a server on it, and what writers were told.
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
tandem="${TANDEM:-$target/release/tandem}"
[ -x "$tandem" ] || cargo build --release --quiet -p tandem
export TANDEM_LOG=warn
port="$((20000 + RANDOM % 20000))"
api="http://127.0.0.1:$port/api/v1/products/ORB"
server=""

# A workspace in the database that TANDEM_DATABASE or TANDEM_DATA names.
found_house() {
  echo "a long password" | "$tandem" member add o@x.org --name Owner --administrator >/dev/null
  "$tandem" product add ORB --name Orbit --by o@x.org --hats owner >/dev/null
  token="$("$tandem" member token o@x.org --name trial --write)"
  export token api
}

start_server() {
  "$tandem" serve --listen "127.0.0.1:$port" >/dev/null 2>>"$work/log" & server=$!
  disown "$server" # So that the shell does not tell of its end.
  until curl -s -o /dev/null "http://127.0.0.1:$port/readyz"; do kill -0 "$server" || { tail -5 "$work/log"; exit 1; }; done
}

stop_server() {
  [ -n "$server" ] && kill "$server" 2>/dev/null && while kill -0 "$server" 2>/dev/null; do sleep 0.1; done
  server=""
}

# One story; the status, 000 when nobody answered. The same number asks for the same story.
write_story() {
  curl -s -o /dev/null -w '%{http_code}' -m 30 -X POST -H "Authorization: Bearer $token" -H "Idempotency-Key: trial-$1" \
    -d "{\"title\":\"Write $1 end\",\"body\":\"${2:-}\"}" "$api/stories" || true
}
export -f write_story

# The numbers of the stories that the export has, one line for each time.
found_stories() { "$tandem" export --product ORB | grep -o '"title":"Write [0-9]* end"' | grep -o '[0-9]*' | sort; }
