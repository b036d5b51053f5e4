#!/bin/sh
# Writes docs/what-could-be-demanded.md: the words of docs/what-could-be-demanded.head.md, then every table as the migrations
# say it, in layer order. A test compares.   tools/embed/demanded.sh EMBED [FILE]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${2:-$root/docs/what-could-be-demanded.md}
cd "$root"
files=
for module in store identity lineage directory plan guide web; do files="$files $(ls src/$module/migrations/*.sql)"; done
# shellcheck disable=SC2086
"$1" demanded "$out.tables" $files
{ cat docs/what-could-be-demanded.head.md; echo; cat "$out.tables"; } | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$out"
rm "$out.tables"
