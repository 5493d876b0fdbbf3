#!/usr/bin/env bash
# Runs a whole cluster on this machine, for developers and tests: silos and gateways as real processes on a PostgreSQL server
# of their own, behind a balancer. Everything it keeps is in one folder; nothing else on the machine is touched.
set -euo pipefail
cd "$(dirname "$0")"
ulimit -n "$(ulimit -Hn)"

readonly configuration=Debug # that of a plain "dotnet build" and of test.sh, so that nothing is built twice
readonly patience=60         # seconds until a process is ready, or has ended

usage() {
  cat <<'END'
usage: ./cluster.sh COMMAND [--dir DIR]

  up [--silos N] [--gateways M] [--port P]   start what does not run; first 2 silos and 2 gateways on a free port
  status                                     one line for each process; fails when one of them is not ready
  start NAME | stop NAME | kill NAME         one process, such as silo1, gateway2, postgres or balancer
  down [--purge]                             end all; with --purge the folder goes too

  --dir DIR   where data and logs are (default artifacts/cluster)

EVCHARGE_ADMIN_PASSWORD is the first administrator's password; without it one is made. Settings of the product are passed
through the environment, such as Ocpp__DrainSeconds=1.
END
}

fail() {
  echo "cluster.sh: $*" >&2
  exit 1
}

# ---- what is needed ----

# Debian keeps the server's programs out of the path; of several versions the newest is taken.
find_postgres() {
  postgres=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
  if [ -z "$postgres" ] && command -v initdb >/dev/null; then
    postgres=$(dirname "$(command -v initdb)")
  fi

  [ -n "$postgres" ] || fail "PostgreSQL 15 or newer is needed: apt-get install postgresql"
}

require_programs() {
  command -v dotnet >/dev/null || fail "the .NET SDK named in global.json is needed: https://dotnet.microsoft.com/download"
  command -v haproxy >/dev/null || PATH=$PATH:/usr/sbin
  command -v haproxy >/dev/null || fail "HAProxy is needed: apt-get install haproxy"
  find_postgres
}

assembly() {
  echo "$PWD/src/$1/bin/$configuration/net10.0/EvCharge.$1.dll"
}

build() {
  local project
  for project in Silo Gateway; do
    if [ ! -f "$(assembly "$project")" ]; then
      echo "building $project"
      dotnet build "src/$project" -c "$configuration" -v q -clp:NoSummary || fail "$project does not build"
    fi
  done
}

# ---- ports and processes ----

listens() {
  (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Below the system's range for outgoing connections, so that it is still free when the process comes back.
free_port() {
  local port
  until port=$((20000 + RANDOM % 12000)) && ! listens "$port"; do :; done
  echo "$port"
}

# When a process was started, in clock ticks since boot: a process id that came round again is another process.
birth() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }"
  [ "${fields[0]}" != Z ] && echo "${fields[19]}"
}

# The id of the process of that name, if it runs.
pid_of() {
  local pid born
  read -r pid born 2>/dev/null <"$dir/run/$1.pid" && [ "$(birth "$pid")" = "$born" ] && echo "$pid"
}

# Runs a program away from this terminal, with its output in NAME.log; of former logs one is kept.
launch() {
  local name=$1 pid
  shift
  if [ -f "$dir/$name.log" ]; then
    mv "$dir/$name.log" "$dir/$name.previous.log"
  fi

  (cd "$dir" && exec setsid "$@") >"$dir/$name.log" 2>&1 </dev/null 9>&- &
  pid=$!
  disown "$pid" # or the shell would report its end
  started+=("$name")
  echo "$pid $(birth "$pid")" >"$dir/run/$name.pid"
}

# Waits until a condition on the process holds.
await() {
  local name=$1 limit=$((SECONDS + patience))
  shift
  until "$@"; do
    pid_of "$name" >/dev/null || fail "$name ended: $(tail -n 5 "$dir/$name.log")"
    [ "$SECONDS" -lt "$limit" ] || fail "$name is not ready after $patience s: $dir/$name.log"
    sleep 0.05
  done
}

# Sends the signal and waits until the process is gone, in the end by force.
end() {
  local name=$1 signal=$2 pid limit=$((SECONDS + patience))
  pid=$(pid_of "$name") || return 0
  kill "-$signal" "$pid" 2>/dev/null || true
  while pid_of "$name" >/dev/null; do
    if [ "$SECONDS" -ge "$limit" ]; then
      echo "$name is still there $patience s after SIG$signal and is killed"
      kill -KILL "$pid" 2>/dev/null || true
      limit=$((SECONDS + patience))
    fi

    sleep 0.05
  done
}

# In order: PostgreSQL takes SIGINT as "cut the sessions and stop"; on SIGTERM it would wait for them.
stop() {
  case $1 in
    postgres) end "$1" INT ;;
    *) end "$1" TERM ;;
  esac
}

stop_together() {
  local name
  for name in "$@"; do
    stop "$name" &
  done

  wait
}

# ---- the cluster ----

silo_names() {
  seq -f 'silo%.0f' "$silos"
}

gateway_names() {
  seq -f 'gateway%.0f' "$gateways"
}

names() {
  echo postgres
  silo_names
  gateway_names
  echo balancer
}

random_word() {
  head -c 18 /dev/urandom | base64 | tr '+/' 'xy'
}

# What was decided at the first start: counts, ports, secrets.
silos='' gateways='' balancer_port='' cluster_id='' database_port='' database_password='' admin_password=''
load_settings() {
  # shellcheck source=/dev/null
  . "$dir/settings"
  export EVCHARGE_DB=postgresql EVCHARGE_CLUSTER_ID=$cluster_id EVCHARGE_SILO_ADDRESS=127.0.0.1 EVCHARGE_SILO_PORT=0
  export EVCHARGE_CONNECTION="Host=127.0.0.1;Port=$database_port;Username=evcharge;Password=$database_password;Database=evcharge"
  export EVCHARGE_ADMIN_PASSWORD=$admin_password DOTNET_hostBuilder__reloadConfigOnChange=false
}

make_settings() {
  (
    umask 077
    cat >"$dir/settings" <<END
silos=${wanted_silos:-2}
gateways=${wanted_gateways:-2}
balancer_port=${wanted_port:-$(free_port)}
cluster_id=$(random_word)
database_port=$(free_port)
database_password=$(random_word)
admin_password=$(printf %q "${EVCHARGE_ADMIN_PASSWORD:-$(random_word)}")
END
  )
}

url_of() {
  case $1 in
    postgres) echo "postgresql://127.0.0.1:$database_port" ;;
    balancer) echo "http://127.0.0.1:$balancer_port" ;;
    *) cat "$dir/run/$1.url" 2>/dev/null || echo "http://127.0.0.1:0" ;;
  esac
}

is_ready() {
  local url port status=
  url=$(url_of "$1")
  port=${url##*:}
  if [ "$1" = postgres ]; then
    "$postgres/pg_isready" -q -h 127.0.0.1 -p "$port"
    return
  fi

  listens "$port" || return 1
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
  read -r -t 5 _ status _ <&3 || true
  exec 3>&-
  [ "$status" = 200 ]
}

# The process prints its real port once it is up.
said_ready() {
  local url
  url=$(sed -nE '/^ready /{s/^ready //p;q}' "$dir/$1.log")
  [ -n "$url" ] && echo "$url" >"$dir/run/$1.url" && is_ready "$1"
}

# initdb refuses root, so root runs the server as the user that the distribution made for it.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"
  else
    "$@"
  fi
}

init_postgres() {
  local fresh=$dir/postgres.new
  rm -rf "$fresh"
  mkdir -m 700 "$fresh"
  (umask 077 && echo "$database_password" >"$fresh/password")
  if [ "$(id -u)" = 0 ]; then
    chown -R postgres "$fresh"
    as_postgres test -w "$fresh" || fail "the user postgres cannot reach $dir: choose another folder with --dir"
  fi

  (cd / && as_postgres "$postgres/initdb" --pgdata "$fresh/data" --username evcharge --pwfile "$fresh/password" \
    --auth scram-sha-256 --encoding UTF8 --locale C) >"$dir/initdb.log" 2>&1 || fail "initdb: $(tail -n 5 "$dir/initdb.log")"
  rm "$fresh/password"
  mv "$fresh" "$dir/postgres"
}

start_postgres() {
  local server=("$postgres/postgres" -D "$dir/postgres/data" -c listen_addresses=127.0.0.1 -c "port=$database_port"
    -c unix_socket_directories= -c logging_collector=off -c max_connections=300)
  [ -d "$dir/postgres" ] || init_postgres
  if [ "$(id -u)" = 0 ]; then
    server=(setpriv --reuid=postgres --regid=postgres --clear-groups -- "${server[@]}")
  fi

  launch postgres "${server[@]}"
  await postgres is_ready postgres
}

migrate() {
  local programs=("$postgres/psql" -h 127.0.0.1 -p "$database_port" -U evcharge -d postgres -Atqc)
  export PGPASSWORD=$database_password
  [ -n "$("${programs[@]}" "SELECT 1 FROM pg_database WHERE datname = 'evcharge'")" ] || "${programs[@]}" 'CREATE DATABASE evcharge'
  unset PGPASSWORD
  (cd "$dir" && dotnet "$silo_assembly" --migrate) >"$dir/migrate.log" 2>&1 || fail "the migration failed: $(tail -n 5 "$dir/migrate.log")"
}

# A connection goes to the gateway with the fewest; one that drains or is gone gets none. Connections that are open are left
# alone: a gateway closes its own when it drains.
start_balancer() {
  local name url descriptors
  descriptors=$(ulimit -n) # two for each connection
  [ "$descriptors" != unlimited ] && [ "$descriptors" -lt 20000 ] || descriptors=20000
  {
    cat <<END
global
  maxconn $((descriptors / 2 - 100))
defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
  option redispatch 1
frontend cluster
  bind 127.0.0.1:$balancer_port
  default_backend gateways
backend gateways
  balance leastconn
  option httpchk GET /health/ready
  http-check expect status 200
  default-server check inter 500ms fall 2 rise 1
END
    for name in $(gateway_names); do
      url=$(url_of "$name")
      echo "  server $name ${url#http://}"
    done
  } >"$dir/balancer.cfg"
  launch balancer haproxy -db -f "$dir/balancer.cfg"
  await balancer is_ready balancer
}

start_product() {
  launch "$1" dotnet "$2" --urls "$(url_of "$1")"
}

start() {
  case $1 in
    postgres) start_postgres ;;
    balancer) start_balancer ;;
    silo*) start_product "$1" "$silo_assembly" ;;
    gateway*) start_product "$1" "$gateway_assembly" ;;
  esac
}

# Starts those of the names that do not run, side by side, and waits until all are ready.
start_together() {
  local name
  for name in "$@"; do
    pid_of "$name" >/dev/null || start "$name"
  done

  for name in "$@"; do
    await "$name" said_ready "$name"
  done
}

# ---- commands ----

end_what_was_started() {
  local status=$? at
  if [ "$status" != 0 ]; then
    for ((at = ${#started[@]} - 1; at >= 0; at--)); do
      case ${started[at]} in
        postgres) stop postgres ;; # its children would live on for a moment
        *) end "${started[at]}" KILL ;;
      esac
    done
  fi
}

check_wish() {
  [ "${2:-$3}" = "$3" ] || fail "the cluster in $dir has --$1 $3: end it with down --purge first, or choose another folder with --dir"
}

up() {
  require_programs
  build
  mkdir -p "$dir/run"
  exec 9>"$dir/lock"
  flock -n 9 || fail "another cluster.sh is at work in $dir"
  [ -f "$dir/settings" ] || make_settings
  load_settings
  check_wish silos "$wanted_silos" "$silos"
  check_wish gateways "$wanted_gateways" "$gateways"
  check_wish port "$wanted_port" "$balancer_port"
  trap end_what_was_started EXIT
  if ! pid_of postgres >/dev/null; then
    start_postgres
    migrate
  fi

  # shellcheck disable=SC2046 # names have no spaces
  start_together $(silo_names)
  # shellcheck disable=SC2046
  start_together $(gateway_names)
  pid_of balancer >/dev/null || start_balancer
  status
  echo "balancer $(url_of balancer)"
  echo "administrator admin, password $admin_password"
}

status() {
  local name pid state all=0
  for name in $(names); do
    state=ready
    if ! pid=$(pid_of "$name"); then
      pid=- state=down all=1
    elif ! is_ready "$name"; then
      state='not ready' all=1
    fi

    printf '%-10s %8s  %-32s %s\n' "$name" "$pid" "$(url_of "$name")" "$state"
  done

  return "$all"
}

one() {
  local what=$1 name=$2 all
  all=$(names | tr '\n' ' ')
  [[ " $all" = *" $name "* ]] || fail "there is no '$name'; there are: $all"
  case $what in
    kill) end "$name" KILL ;;
    stop) stop "$name" ;;
    start)
      require_programs
      trap end_what_was_started EXIT
      case $name in
        postgres | balancer) pid_of "$name" >/dev/null || start "$name" ;;
        *) start_together "$name" ;;
      esac
      ;;
  esac
}

down() {
  [ -f "$dir/settings" ] || return 0
  load_settings
  stop balancer
  # shellcheck disable=SC2046
  stop_together $(gateway_names)
  # shellcheck disable=SC2046
  stop_together $(silo_names)
  stop postgres
  if [ -n "$purge" ]; then
    rm -rf "$dir"
  fi
}

require_cluster() {
  [ -f "$dir/settings" ] || fail "there is no cluster in $dir: ./cluster.sh up"
  load_settings
  find_postgres
}

check_number() {
  [[ $2 =~ ^[1-9][0-9]{0,4}$ ]] || fail "$1 needs a number from 1, not '$2'"
}

command=${1:-} name='' dir=artifacts/cluster purge='' wanted_silos='' wanted_gateways='' wanted_port='' postgres='' started=()
[ $# = 0 ] || shift
case $command in
  start | stop | kill)
    [ $# -gt 0 ] || fail "$command needs the name of a process"
    name=$1
    shift
    ;;
esac

while [ $# -gt 0 ]; do
  value=${2:-}
  case $1 in
    --silos) check_number "$1" "$value" && wanted_silos=$value && shift ;;
    --gateways) check_number "$1" "$value" && wanted_gateways=$value && shift ;;
    --port) check_number "$1" "$value" && wanted_port=$value && shift ;;
    --dir)
      [ -n "$value" ] || fail "--dir needs a folder"
      dir=$value
      shift
      ;;
    --purge) purge=1 ;;
    *) fail "'$1' is not understood: ./cluster.sh --help" ;;
  esac
  shift
done

dir=$(realpath -m -- "$dir")
silo_assembly=$(assembly Silo)
gateway_assembly=$(assembly Gateway)
readonly dir silo_assembly gateway_assembly
case $command in
  -h | --help | help) usage ;;
  up) up ;;
  status)
    require_cluster
    status
    ;;
  start | stop | kill)
    require_cluster
    one "$command" "$name"
    ;;
  down) down ;;
  *)
    usage >&2
    exit 2
    ;;
esac
