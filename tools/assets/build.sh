#!/bin/sh
# Builds style sheet, scripts, type faces and icons into build/assets, when something that they are made of has changed.
# usage: tools/assets/build.sh [FOLDER]      Needs node 18 and `npm ci --ignore-scripts --omit=dev`.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$root/build/assets}
stamp=$folder/manifest.json

command -v node >/dev/null || { echo "assets: node is missing; on Debian: apt-get install nodejs npm" >&2; exit 1; }
for package in sass @uswds/uswds subset-font; do
  [ -d "$root/node_modules/$package" ] || { echo "assets: $package is missing; run: npm ci --ignore-scripts --omit=dev" >&2; exit 1; }
done
if [ -e "$stamp" ] && [ -z "$(find "$root/assets" "$root/tools/assets" "$root/package-lock.json" -newer "$stamp" -print | head -n 1)" ]; then
  exit 0
fi
mkdir -p "$(dirname "$folder")"
exec node "$root/tools/assets/build.mjs" "$folder"
