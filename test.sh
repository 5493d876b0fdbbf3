#!/usr/bin/env bash
# Builds the house once and runs every test in it; the last line reads "N passed, N failed, N skipped".
# Details of each project, and the list of skipped tests with their reasons, are left in artifacts/test-logs.
set -euo pipefail
cd "$(dirname "$0")"

# With --all what takes many minutes runs as well; with --faults of all tests those that break things, and those in full.
only_faults=
case ${1:-} in
  '') ;;
  --all) export EVCHARGE_LONG_RUN=1 ;;
  --faults) export EVCHARGE_LONG_RUN=1 only_faults=1 ;;
  *) echo "usage: ./test.sh [--all | --faults]" >&2; exit 2 ;;
esac

readonly configuration=Debug # that of a plain "dotnet test" and "dotnet run", so that nothing is built twice
readonly logs=artifacts/test-logs
limit=30m # for one project; a test that hangs must not hang its caller
[ -z "${EVCHARGE_LONG_RUN:-}" ] || limit=150m
readonly limit

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# Compilers and the products under test are started often and end soon: what is gained by compiling their code again, better, comes too late.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCountingDelayMs=2000
if [ -z "${EVCHARGE_LONG_RUN:-}" ]; then
  export EVCHARGE_KILLS=${EVCHARGE_KILLS:-3} # of each kill audit, which alone kills 25 times
fi

rm -rf "$logs"
mkdir -p "$logs"

# Runs a command as root, directly or through sudo without a password; fails when neither is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# Installs the newest Debian or Ubuntu package whose name matches the pattern: their names carry versions.
install_package() {
  local pattern=$1 package
  if ! command -v apt-get >/dev/null || ! as_root true; then
    echo "not installed: $pattern (needs apt and root)"
    return 1
  fi

  as_root apt-get update -q >>"$logs/apt.log" 2>&1 || true # an index that is out of reach shows when the package is missing
  package=$(apt-cache pkgnames | grep -E "$pattern" | sort -V | tail -n 1 || true)
  if [ -n "$package" ] && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$package" >>"$logs/apt.log" 2>&1; then
    echo "installed: $package"
  else
    echo "not installed: $pattern (see $logs/apt.log)"
    return 1
  fi
}

has_library() {
  ldconfig -p 2>/dev/null | grep -q "$1" || compgen -G "/usr/lib/*/$1*" >/dev/null
}

# In braces, so that the shell's own word about a crash goes to the log as well.
sdk_runs() {
  { dotnet --version; } >"$logs/sdk.log" 2>&1
}

prepare_sdk() {
  if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK named in global.json is needed: https://dotnet.microsoft.com/download" >&2
    exit 1
  fi

  has_library libssl.so || install_package '^libssl3(t64)?$' || true # without it the restore says what is missing
  # The product runs without ICU; the SDK and what is of SQL Server ask for it.
  if ! has_library libicuuc.so && ! install_package '^libicu[0-9]+$' && ! sdk_runs; then
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
  fi

  if ! sdk_runs; then
    tail -n 20 "$logs/sdk.log" >&2
    exit 1
  fi
}

has_postgres() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null
}

# Tests start servers of their own; of what a package would start itself nothing is wanted.
prepare_servers() {
  type -P kill >/dev/null || install_package '^procps$' || true # a test sends a signal; the shell's own kill is no program
  if ! has_postgres; then
    if [ ! -e /etc/postgresql-common/createcluster.conf ] && as_root true; then
      as_root mkdir -p /etc/postgresql-common
      echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi

    install_package '^postgresql-[0-9]+$' || true
  fi

  PATH=$PATH:/usr/sbin type -P haproxy >/dev/null || install_package '^haproxy$' || true
  type -P chromium >/dev/null || install_package '^chromium$' || true # tests look at pages in it
  has_library faketime/libfaketimeMT || install_package '^libfaketime$' || true # a test sets the clock of one process wrong
}

# Where every test has to run the console has to be there; elsewhere its tests are left out without Node.
build() {
  local started=$SECONDS console=auto
  [ -z "${CI:-}" ] || console=true
  if ! dotnet build EvCharge.sln -c "$configuration" -v q -p:BuildConsole="$console" >"$logs/build.log" 2>&1; then
    grep -E '(error|warning NU)' "$logs/build.log" | sort -u | head -n 40 || tail -n 40 "$logs/build.log"
    echo "The build failed: $logs/build.log"
    exit 1
  fi

  printf '%-35s %34s %5ds\n' build '' $((SECONDS - started))
}

counter() {
  grep -o '<Counters [^>]*>' "$1" | sed -nE "s/.* $2=\"([0-9]+)\".*/\1/p"
}

# Prints what failed and why, without stack traces: those are in the log.
failed_tests() {
  awk '
    /^failed / { seen = 1; lines = 0; if (total++ < 60) print; next }
    seen && /^  / && !/^    at / && !/^    --- End of stack/ { if (lines++ < 5 && total++ < 60) print substr($0, 1, 240); next }
    { lines = 5 }' "$1"
}

# Prints "name<TAB>reason" of each skipped test: the runner writes the reason into the line below the name.
skipped_tests() {
  awk -v project="$1" '
    name != "" { sub(/^ +/, ""); print project "." name "\t" $0; name = "" }
    /^skipped / { name = $2 }' "$2"
}

# Runs the tests of a project, all or those that the runner's options leave: run_tests PROJECT LABEL [OPTION...]
host=()
run_tests() {
  local project=$1 label=$1${2:+-$2} assembly log trx started=$SECONDS status=0 ok=0 bad=0 left=0
  shift 2
  assembly=tests/$project/bin/$configuration/net10.0/EvCharge.$project.dll
  log=$logs/$label.log
  trx=$logs/$label.trx
  timeout --kill-after=10 "$limit" dotnet "${host[@]}" "$assembly" --no-ansi --progress off "$@" \
    --results-directory "$PWD/$logs" --report-xunit-trx --report-xunit-trx-filename "$label.trx" >"$log" 2>&1 || status=$?

  if grep -q '<Counters ' "$trx" 2>/dev/null; then
    ok=$(counter "$trx" passed)
    bad=$(($(counter "$trx" failed) + $(counter "$trx" error)))
    left=$(counter "$trx" notExecuted)
  elif [ "$status" = 0 ]; then
    status=1 # nobody can tell what it ran
  fi

  if [ "$status" != 0 ] && [ "$bad" = 0 ]; then
    bad=1 # crashed, timed out, or ran no test at all
    echo "$label ended with exit code $status:"
    tail -n 15 "$log" | tee -a "$logs/failed.txt"
  fi

  if [ "$bad" != 0 ]; then
    failed_tests "$log" | sed "s/^failed /failed $label: /" | tee -a "$logs/failed.txt"
  fi

  skipped_tests "$label" "$log" >>"$logs/skipped.txt"
  printf '%-35s %5d passed %4d failed %4d skipped %4ds\n' "$label" "$ok" "$bad" "$left" $((SECONDS - started))
  echo "$ok $bad $left" >>"$logs/counts.txt"
}

# Runs the console's own tests, which are in its own language.
run_console_units() {
  local report=$PWD/$logs/console.json started=$SECONDS ok=0 bad=0 failures
  (cd src/Console && npx --no-install vitest run --reporter=json --outputFile="$report") >"$logs/console.log" 2>&1 || bad=1
  if [ -s "$report" ]; then
    ok=$(grep -o '"numPassedTests":[0-9]*' "$report" | grep -o '[0-9]*$')
    failures=$(grep -o '"numFailedTests":[0-9]*' "$report" | grep -o '[0-9]*$')
    bad=$((failures > bad ? failures : bad))
  fi

  [ "$bad" = 0 ] || tail -n 40 "$logs/console.log"
  printf '%-35s %5d passed %4d failed %4d skipped %4ds\n' console "$ok" "$bad" 0 $((SECONDS - started))
  echo "$ok $bad 0" >>"$logs/counts.txt"
}

has_console() {
  [ -e src/Console/dist/index.html ]
}

# Says that a run was left out: leave_out LABEL REASON
leave_out() {
  printf '%s\t%s\n' "$1" "$2" >>"$logs/skipped.txt"
  printf '%-35s left out: %s\n' "$1" "$2"
  echo '0 0 1' >>"$logs/counts.txt"
}

# Runs what needs a database server, or says that it was left out.
run_with_postgres() {
  if has_postgres; then
    run_tests "$@"
  else
    leave_out "$1-$2" 'PostgreSQL is not installed'
  fi
}

# Runs what needs a SQL Server where there is one: the change of nobody else waits for it. Its driver asks for cultures, which
# the programs are built without, so that they are run with other settings than they were built with.
run_with_sqlserver() {
  local program=tests/$1/bin/$configuration/net10.0/EvCharge.$1 settings=$PWD/$logs/$1.cultures.json
  if [ -z "${EVCHARGE_TEST_SQLSERVER:-}" ] && [ ! -S /var/run/docker.sock ]; then
    printf '%-35s left out: there is no SQL Server\n' "$1-$2"
    return
  fi

  sed 's/"System.Globalization.Invariant": true/"System.Globalization.Invariant": false/' "$program.runtimeconfig.json" >"$settings"
  host=(exec --runtimeconfig "$settings" --depsfile "$program.deps.json")
  run_tests "$@"
  host=()
}

# Says what failed, and how many: the end of every run.
finish() {
  local passed failed skipped
  read -r passed failed skipped < <(awk '{ ok += $1; bad += $2; left += $3 } END { print ok + 0, bad + 0, left + 0 }' "$logs/counts.txt")
  if [ -s "$logs/failed.txt" ]; then
    printf 'What failed, once more:\n'
    cat "$logs/failed.txt"
  fi

  echo "$passed passed, $failed failed, $skipped skipped" | tee "$logs/summary.txt"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

# Runs one of what can run beside others, by its name: a project, or one of the ways in which a project is run.
run_unit() {
  case $1 in
    console)
      if has_console; then
        run_console_units
      else
        leave_out console 'Node is not installed'
      fi
      ;;
    Console.Tests)
      if has_console; then
        run_tests "$1" ''
      else
        leave_out "$1" 'Node is not installed'
      fi
      ;;
    SqlServer.Tests)
      if has_library libicuuc.so; then
        run_tests "$1" ''
      else
        leave_out "$1" 'ICU is not installed'
      fi
      ;;
    History.Tests)
      run_tests "$1" '' --filter-not-trait engine=postgresql --filter-not-trait engine=sqlserver --filter-not-trait engine=server
      ;;
    History.Tests-postgresql)
      EVCHARGE_TEST_DB=postgresql run_with_postgres History.Tests postgresql --filter-not-trait engine=sqlite --filter-not-trait engine=sqlserver
      ;;
    History.Tests-sqlserver)
      EVCHARGE_TEST_DB=sqlserver run_with_sqlserver History.Tests sqlserver --filter-not-trait engine=sqlite --filter-not-trait engine=postgresql
      ;;
    Gateway.Tests)
      EVCHARGE_RIGHTS_MATRIX=$PWD/$logs/rights.txt run_tests "$1" ''
      cat "$logs/rights.txt" 2>/dev/null || true # who may call what
      ;;
    # The charging sessions run on every installation. What calls grains runs in the split too, where calls leave the process; that
    # the rest reads and writes a server is seen in History.Tests.
    Gateway.Tests-standalone-postgresql)
      EVCHARGE_TEST_INSTALLATION=standalone-postgresql run_with_postgres Gateway.Tests standalone-postgresql --filter-not-trait installation=own \
        --filter-class 'EvCharge.GatewayTests.Operations.*' --filter-class 'EvCharge.GatewayTests.Ocpp.M*' \
        --filter-class 'EvCharge.GatewayTests.Ocpp.O*' --filter-class 'EvCharge.GatewayTests.Ocpp.R*'
      ;;
    Gateway.Tests-split)
      EVCHARGE_TEST_INSTALLATION='split' run_with_postgres Gateway.Tests split --filter-not-trait installation=own \
        --filter-not-namespace EvCharge.GatewayTests.Audit --filter-not-namespace EvCharge.GatewayTests.Exports \
        --filter-not-namespace EvCharge.GatewayTests.Fuzz --filter-not-namespace EvCharge.GatewayTests.Security \
        --filter-not-namespace EvCharge.GatewayTests.Series --filter-not-namespace EvCharge.GatewayTests.Tenants \
        --filter-not-namespace EvCharge.GatewayTests.Web
      ;;
    Gateway.Tests-standalone-sqlserver)
      EVCHARGE_TEST_INSTALLATION=standalone-sqlserver run_with_sqlserver Gateway.Tests standalone-sqlserver --filter-not-trait installation=own
      ;;
    Gateway.Tests-split-sqlserver)
      EVCHARGE_TEST_INSTALLATION=split-sqlserver run_with_sqlserver Gateway.Tests split-sqlserver --filter-not-trait installation=own
      ;;
    *) run_tests "$1" '' ;;
  esac
}

# What takes long comes first, so that two of them end at about the same time; a project that is named nowhere comes last.
units() {
  local file project long=(
    Cluster.Tests Console.Tests Gateway.Tests Gateway.Tests-split Grains.Tests History.Tests-postgresql Gateway.Tests-standalone-postgresql
    History.Tests History.Tests-sqlserver Gateway.Tests-standalone-sqlserver Gateway.Tests-split-sqlserver console)
  printf '%s\n' "${long[@]}"
  for file in tests/*.Tests/*.csproj; do
    project=$(basename "$(dirname "$file")")
    [[ " ${long[*]} " == *" $project "* ]] || echo "$project"
  done
}

# Waits until fewer than that many runs are left. Of tests a run has said itself what failed; here one that broke off is seen.
wait_for_fewer_than() {
  while [ "$(jobs -rp | wc -l)" -ge "$1" ]; do
    wait -n || {
      echo 'A run broke off; see above.' | tee -a "$logs/failed.txt"
      echo '0 1 0' >>"$logs/counts.txt"
    }
  done
}

# Two at a time: most of the time each waits for processes that it started, for pages and for clocks.
run_all() {
  local unit lanes=${EVCHARGE_TEST_LANES:-2}
  for unit in $(units); do
    wait_for_fewer_than "$lanes"
    run_unit "$unit" &
  done

  wait_for_fewer_than 1
}

prepare_sdk
prepare_servers
build
if [ -n "$only_faults" ]; then
  run_tests Cluster.Tests faults --filter-trait 'fault=F*'
  grep -o '<Message>[^<]*' "$logs/Cluster.Tests-faults.trx" | sed 's/<Message>/  /' || true # how long each took to recover
else
  run_all
fi

finish
