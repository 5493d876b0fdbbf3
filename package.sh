#!/usr/bin/env bash
# Makes folders that need neither the SDK nor a runtime, as archives: ./package.sh [linux-x64] [win-x64]; both when none is named.
# They are left in artifacts/packages, with the sums of their bytes.
set -euo pipefail
cd "$(dirname "$0")"

readonly configuration=${CONFIGURATION:-Release}
readonly out=artifacts/packages

version() {
  sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props
}

# What stands beside the program, of any system.
papers() {
  cp LICENSE README.md CHANGELOG.md docs/dependencies.md "$1"
}

package() {
  local runtime=$1 name folder
  name=evcharge-$(version)-$runtime
  folder=$out/$name
  rm -rf "$folder" "$out/$name".*
  mkdir -p "$folder"
  dotnet publish src/Standalone -c "$configuration" -r "$runtime" --self-contained -p:BuildConsole="${BUILD_CONSOLE:-true}" -p:DebugType=none \
    -o "$folder/program" -v q -clp:NoSummary
  papers "$folder"
  case $runtime in
    linux-*)
      cp deploy/local/linux/* "$folder"
      tar --create --gzip --file "$out/$name.tar.gz" --owner=0 --group=0 --directory "$out" "$name"
      ;;
    win-*)
      cp deploy/local/windows/* "$folder"
      (cd "$out" && zip --quiet --recurse-paths "$name.zip" "$name")
      ;;
  esac
  rm -rf "$folder"
  (cd "$out" && sha256sum "$name".* >SUM && mv SUM "$name.sha256" && cat "$name.sha256") # its own name must not be among them
}

[ $# -gt 0 ] || set -- linux-x64 win-x64
for runtime in "$@"; do
  package "$runtime"
done
