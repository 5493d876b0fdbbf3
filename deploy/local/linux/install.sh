#!/usr/bin/env bash
# Installs EvCharge from this folder as a systemd service, or upgrades what is installed, after a backup. To be run as root.
#   ./install.sh [--root DIR]     DIR stands for / and is for images and tests: no user is made and no service started
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

root=
case ${1:-} in
  '') ;;
  --root) root=$(readlink -f "${2:?--root needs a folder}") ;;
  *) echo "usage: ./install.sh [--root DIR]" >&2; exit 2 ;;
esac

if [ -z "$root" ] && [ "$(id -u)" != 0 ]; then
  echo "Run it as root: it makes a user, a service and folders of theirs." >&2
  exit 1
fi

readonly version=$(basename "$PWD")
readonly programs=$root/opt/evcharge data=$root/var/lib/evcharge backups=$root/var/backups/evcharge settings=$root/etc/evcharge
readonly current=$programs/current

has_systemd() {
  [ -z "$root" ] && [ -d /run/systemd/system ]
}

stop_service() {
  if has_systemd; then
    systemctl stop evcharge 2>/dev/null || true # there is none before the first installation
  fi
}

back_up() {
  if [ -f "$data/history.db" ]; then
    "$current/EvCharge.Standalone" --backup "$backups/$(date -u +%Y%m%dT%H%M%SZ)" --data "$data"
  fi
}

put_program() {
  mkdir -p "$programs"
  rm -rf "${programs:?}/$version"
  cp -r program "$programs/$version"
  chmod -R u=rwX,go=rX "$programs/$version"
  ln -sfn "$version" "$current"
}

make_folders() {
  mkdir -p "$settings"
  install -d -m 700 "$data" "$backups"
  if [ -z "$root" ]; then
    id evcharge >/dev/null 2>&1 || useradd --system --home-dir "$data" --shell /usr/sbin/nologin evcharge
    chown evcharge:evcharge "$data"
  fi
  if [ ! -e "$settings/environment" ]; then
    install -m 600 environment.example "$settings/environment"
  fi
}

start_service() {
  install -D -m 644 evcharge.service "$root/etc/systemd/system/evcharge.service"
  if has_systemd; then
    systemctl daemon-reload
    systemctl enable --now evcharge
    echo "EvCharge runs: systemctl status evcharge. The first administrator's password is in $data/admin-password.txt."
  else
    echo "There is no systemd: start $current/EvCharge.Standalone --data $data yourself."
  fi
}

stop_service
back_up
make_folders
put_program
start_service
