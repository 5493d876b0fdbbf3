#!/usr/bin/env bash
# Runs ./test.sh (or the command given) from a fresh clone in a Debian root that holds nothing but the .NET SDK, Node
# and CA certificates: what a new contributor's machine holds. Needs root, debootstrap and unshare.
#
#   tests/bare-debian.sh [COMMAND...]
#
# EVCHARGE_BARE_ROOT  folder of the root; kept and used again when it is given, else made anew and removed
# EVCHARGE_BARE_SUITE Debian release, default bookworm
#
# What lets this machine reach its registries (proxy variables, certificates, apt and package sources) is copied into
# the root; package caches are not, so that every restore is a real one.
set -euo pipefail
repository=$(cd "$(dirname "$0")/.." && pwd)
suite=${EVCHARGE_BARE_SUITE:-bookworm}
mirror=http://deb.debian.org/debian

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
  echo "Root and debootstrap are needed." >&2
  exit 2
fi

if [ -n "${EVCHARGE_BARE_ROOT:-}" ]; then
  root=$EVCHARGE_BARE_ROOT keep=true
else
  root=$(mktemp -d) keep=false
fi

release() {
  if [ "$keep" = false ]; then
    rm -rf --one-file-system "$root"
  fi
}
trap release EXIT

make_root() {
  mkdir -p "$root"
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" "$mirror" >"$root.log" 2>&1 || {
    tail -n 20 "$root.log" >&2
    exit 1
  }
  rm -f "$root.log"

  local sdk
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  mkdir -p "$root/usr/share/dotnet"
  cp -a "$sdk/." "$root/usr/share/dotnet/"
  ln -s /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"

  if command -v node >/dev/null; then
    cp -L "$(command -v node)" "$root/usr/bin/node"
    mkdir -p "$root/usr/lib/node_modules"
    cp -a "$(npm root -g)/npm" "$root/usr/lib/node_modules/"
    ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/bin/npm"
    ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/bin/npx"
  fi
}

copy_reachability() {
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  if [ -d /usr/local/share/ca-certificates ]; then
    mkdir -p "$root/usr/local/share/ca-certificates"
    cp -a /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
    chroot "$root" update-ca-certificates >/dev/null 2>&1
  fi

  local file
  for file in .nuget/NuGet/NuGet.Config .npmrc; do
    if [ -f "$HOME/$file" ]; then
      mkdir -p "$root/root/$(dirname "$file")"
      cp "$HOME/$file" "$root/root/$file"
    fi
  done

  find /etc/apt/apt.conf.d -type f -exec grep -liE 'proxy|acquire::https' {} + 2>/dev/null |
    while read -r file; do cp "$file" "$root/etc/apt/apt.conf.d/"; done || true
}

clone() {
  rm -rf "$root/src"
  mkdir -p "$root/src"
  git clone --quiet --no-hardlinks "$repository" "$root/src/evcharge"
  local schemas
  schemas=$(dirname "$repository")/shared/ocpp/schemas # where .ci/run looks for them
  if [ -d "$schemas" ]; then
    mkdir -p "$root/src/shared/ocpp"
    cp -r "$schemas" "$root/src/shared/ocpp/"
  fi
}

if [ ! -x "$root/usr/bin/dotnet" ]; then
  make_root
fi

copy_reachability
clone
mapfile -t variables < <(env | grep -iE '^(https?_proxy|no_proxy|all_proxy|ssl_cert_file|ssl_cert_dir|node_extra_ca_certs|nuget_[a-z_]+)=' || true)
[ $# -gt 0 ] || set -- ./test.sh

# Own namespaces for mounts and processes: whatever the run leaves behind ends with it.
# shellcheck disable=SC2016 # the inner shell expands
time unshare --mount --pid --fork --kill-child env ROOT="$root" sh -c '
  mount -t proc proc "$ROOT/proc" && mount --bind /dev "$ROOT/dev" && exec chroot "$ROOT" "$@"' sh \
  env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "${variables[@]}" \
  sh -c 'cd /src/evcharge && exec "$@"' sh "$@"
