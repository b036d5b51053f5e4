#!/usr/bin/env bash
# The command line from outside: what it prints, what it leaves alone, and how it ends (docs/commands.md).
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
kedge=${KEDGE_BINARY:-$PWD/build/release/kedge}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
data=$folder/data
export LANG=C.UTF-8 LC_ALL=C.UTF-8
passed=0 failed=0

# ends CODE SENTENCE COMMAND...: the command ends with the code; what it says stays in $said
ends() {
  local code=$1 sentence=$2 got=0
  shift 2
  said=$("$@" 2>&1 </dev/null) || got=$?
  if [ "$got" = "$code" ]; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    printf 'FAILED: %s: ended with %s, not %s\n%s\n' "$sentence" "$got" "$code" "$said"
  fi
}
says() {  # SENTENCE PATTERN: the last command said it
  if grep -qE -- "$2" <<<"$said"; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    printf 'FAILED: %s: no %s in\n%s\n' "$1" "$2" "$said"
  fi
}
is_json() { node -e 'JSON.parse(require("fs").readFileSync(0, "utf8"))' <<<"$said" 2>/dev/null && passed=$((passed + 1)) || { failed=$((failed + 1)); printf 'FAILED: %s: not JSON:\n%s\n' "$1" "$said"; }; }

ends 0 "help" "$kedge" --help
ends 0 "version" "$kedge" --version
says "version" '^[0-9]+\.[0-9]+\.[0-9]+$'
ends 2 "no command" "$kedge"
ends 2 "an unknown command" "$kedge" sing
ends 2 "an unknown option" "$kedge" check --loud
ends 2 "a log level that does not exist" "$kedge" check --log shout
for words in init serve migrate check backup restore "library add" "library list" "library export" "library import" "member add" "member invite" "key backup" "key restore" "guide list" "guide check" "guide export" "guide import" "guide print"; do
  # shellcheck disable=SC2086
  ends 0 "help of $words" "$kedge" $words --help
  says "help of $words" '--data'
done

# nothing there yet
ends 3 "check without data" "$kedge" check --data "$data"
ends 3 "a list of libraries without data" "$kedge" library list --data "$data"
[ ! -e "$data" ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "FAILED: looking made the folder"; }
ends 0 "guides can be listed without data" "$kedge" guide list --data "$data"
says "the guide that ships" 'social-work-approaches'

# made
ends 0 "init" "$kedge" init --data "$data"
ends 0 "init again" "$kedge" init --json --data "$data"
is_json "init again"
ends 0 "check of an empty one" "$kedge" check --data "$data"
[ "$(stat -c %a "$data/keys.db")" = 600 ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "FAILED: keys.db is readable by others"; }
ends 3 "a member of no library" "$kedge" member invite --data "$data"
ends 0 "a library" bash -c 'echo "a long kettle sings" | "$0" library add --name "Elm Street" --lead Ana --email ana@example.org --data "$1"' "$kedge" "$data"
says "its recovery code" '[A-Z0-9]{4}'
ends 1 "a library with a weak password" bash -c 'echo short | "$0" library add --name Two --lead Ben --email ben@example.org --data "$1"' "$kedge" "$data"
ends 4 "a library of a name that is there" bash -c 'echo "a long kettle sings" | "$0" library add --name "elm street" --lead Ana --email two@example.org --data "$1"' "$kedge" "$data"
ends 0 "the list" "$kedge" library list --json --data "$data"
is_json "the list"
says "the list" 'Elm Street'
ends 0 "an invitation" "$kedge" member invite --role staff --public-url https://library.example --data "$data"
says "an invitation" '^https://library\.example/invitation/[A-Za-z0-9_-]{22}$'
ends 0 "an invitation when nobody said the address" env -u KEDGE_PUBLIC_URL "$kedge" member invite --data "$data"
says "an invitation when nobody said the address" 'begins with http://127\.0\.0\.1:8080'
ends 0 "a member" "$kedge" member add --name Bo --email bo@example.org --public-url https://kedge.example.org --json --data "$data"
is_json "a member"
ends 1 "the same address twice" "$kedge" member add --name Bob --email bo@example.org --data "$data"
ends 2 "a role that does not exist" "$kedge" member add --name C --email c@example.org --role king --data "$data"
ends 3 "a library that is not there" "$kedge" member invite --library Oak --data "$data"

# guides
ends 0 "the shipped guides have no fault" bash -c '"$0" guide check content/guides/*.yaml' "$kedge"
printf 'guide: broken\nversion: one\n' >"$folder/broken.yaml"
ends 1 "a broken guide" "$kedge" guide check "$folder/broken.yaml"
says "file and line" 'broken\.yaml:2: '
ends 1 "a broken guide as JSON" "$kedge" guide check --json "$folder/broken.yaml"
is_json "a broken guide as JSON"
ends 3 "a guide that is not there" "$kedge" guide check "$folder/none.yaml"
"$kedge" guide export social-work-approaches >"$folder/own.yaml" 2>/dev/null
sed -i 's/^guide: .*/guide: our-own/' "$folder/own.yaml"
ends 0 "an exported guide" "$kedge" guide check "$folder/own.yaml"
ends 0 "a guide for a library" "$kedge" guide import "$folder/own.yaml" --data "$data"
ends 0 "the same again" "$kedge" guide import --json "$folder/own.yaml" --data "$data"
is_json "the same again"
says "the same again" '"replaced": true'
ends 0 "an export as JSON" "$kedge" guide export our-own --json --data "$data"
is_json "an export as JSON"
ends 0 "guides of the library" "$kedge" guide list --json --data "$data"
says "guides of the library" 'our-own'
ends 3 "export of an unknown guide" "$kedge" guide export nothing --data "$data"
ends 0 "a guide to fill in by hand, without any data" "$kedge" guide print social-work-approaches --format html --lang es --large --out "$folder/blank.html" --data "$folder/nowhere"
grep -q '<html lang="es" class="k-large">' "$folder/blank.html" && [ ! -e "$folder/nowhere" ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "FAILED: the blank guide is not in Spanish and large, or made a data folder"; }
book=$(sqlite3 "$data/kedge.db" 'SELECT id FROM workbook LIMIT 1' 2>/dev/null)
ends 3 "a guide that nobody has" "$kedge" guide print nothing --format html --out "$folder/none.html" --data "$data"
ends 3 "a workbook that is not there" "$kedge" guide print social-work-approaches --workbook 00000000-0000-7000-8000-000000000000 --format html --out "$folder/none.html" --data "$data"
ends 2 "a format that there is not" "$kedge" guide print social-work-approaches --format exe --out "$folder/none.exe"
ends 2 "a document without a place" "$kedge" guide print social-work-approaches --format html
ends 5 "a document where nothing can be written" "$kedge" guide print social-work-approaches --format html --out "$folder/no/such/folder/a.html"
[ ! -e "$folder/none.html" ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "FAILED: a document of nothing was written"; }

# settings: option before environment before file
printf 'log = "shout"\n' >"$data/kedge.conf"
ends 2 "a wrong value in the file" "$kedge" check --data "$data"
printf 'colour = "blue"\n' >"$data/kedge.conf"
ends 2 "an unknown name in the file" "$kedge" check --data "$data"
says "an unknown name in the file" 'colour'
printf 'listen = "0.0.0.0"\n' >"$data/kedge.conf"
ends 2 "open to the network without a proxy" "$kedge" serve --data "$data" --port 0
ends 0 "a setting of serve does not disturb others" "$kedge" check --data "$data"
ends 2 "the environment goes before the file" env KEDGE_LISTEN=0.0.0.1 "$kedge" serve --data "$data" --port 0
says "the environment goes before the file" '0\.0\.0\.1'
rm "$data/kedge.conf"

# a library as a file, into another installation
ends 0 "a library as a file" "$kedge" library export --out "$folder/library.zip" --library "elm street" --json --data "$data"
is_json "a library as a file"
[ "$(stat -c %a "$folder/library.zip")" = 600 ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "FAILED: the file of the library is readable by others"; }
ends 5 "a library where nothing can be written" "$kedge" library export --out "$folder/no/such/folder/a.zip" --data "$data"
"$kedge" init --data "$folder/other" >/dev/null
ends 0 "a library rehearsed" "$kedge" library import "$folder/library.zip" --dry-run --json --data "$folder/other"
is_json "a library rehearsed"
says "a library rehearsed" '"kept": false'
ends 3 "nothing was kept" "$kedge" member invite --data "$folder/other"
ends 0 "a library brought in" "$kedge" library import "$folder/library.zip" --public-url https://library.example --data "$folder/other"
says "a link for its administrator" 'Ana  https://library\.example/reset/[A-Za-z0-9_-]{22}$'
ends 0 "the other installation is whole" "$kedge" check --data "$folder/other"
ends 4 "the same library twice" "$kedge" library import "$folder/library.zip" --data "$folder/other"
ends 0 "the same under another name" "$kedge" library import "$folder/library.zip" --name "Oak Street" --json --data "$folder/other"
is_json "the same under another name"
head -c 3000 "$folder/library.zip" >"$folder/half.zip"
ends 1 "half a library" "$kedge" library import "$folder/half.zip" --name Half --data "$folder/other"
says "half a library" 'cut off'
ends 3 "a library file that is not there" "$kedge" library import "$folder/none.zip" --data "$folder/other"

# backup, restore, newer
ends 0 "backup" "$kedge" backup "$folder/one.kedge" --data "$data"
ends 5 "a backup where nothing can be written" "$kedge" backup "$folder/no/such/folder/one.kedge" --data "$data"
ends 4 "restore over a library" "$kedge" restore "$folder/one.kedge" --data "$data"
ends 0 "restore" "$kedge" restore "$folder/one.kedge" --data "$folder/second"
says "whose keys a restore without the keyring lacks" 'not in this keyring: 1'
ends 1 "a check of it tells of members without a key" "$kedge" check --json --data "$folder/second"
is_json "check"
says "a check of it" 'not in this keyring: 1'
ends 3 "restore of a file that is not there" "$kedge" restore "$folder/none.kedge" --data "$folder/none"
[ ! -e "$folder/none" ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "FAILED: a restore of nothing made the folder"; }

# the keyring's own backup
says_not() { if grep -qE -- "$2" <<<"$said"; then failed=$((failed + 1)); printf 'FAILED: %s: there is %s in\n%s\n' "$1" "$2" "$said"; else passed=$((passed + 1)); fi; }
ends 0 "a check before there is a backup of the keys" "$kedge" check --data "$data"
says "a check before there is a backup of the keys" 'note +key_backup'
echo "four herons over the mill" >"$folder/phrase"
ends 1 "a passphrase that is too short" env KEDGE_PASSPHRASE=short "$kedge" key backup "$folder/keys.kedge" --data "$data"
ends 3 "a passphrase file that is not there" "$kedge" key backup "$folder/keys.kedge" --passphrase-file "$folder/none" --data "$data"
ends 0 "a backup of the keys" "$kedge" key backup "$folder/keys.kedge" --passphrase-file "$folder/phrase" --data "$data"
ends 0 "another over it, asked for" bash -c '"$0" key backup "$1" --json --data "$2" <"$3"' "$kedge" "$folder/keys.kedge" "$data" "$folder/phrase"
is_json "another over it"
[ "$(stat -c %a "$folder/keys.kedge")" = 600 ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "FAILED: the backup of the keys is readable by others"; }
ends 0 "a check after a backup of the keys" "$kedge" check --data "$data"
says "a check after a backup of the keys" 'ok +key_backup'
ends 3 "keys from a file that is not there" "$kedge" key restore "$folder/none.kedge" --data "$folder/second"
ends 1 "keys from what holds none" env KEDGE_PASSPHRASE="four herons over the mill" "$kedge" key restore "$folder/one.kedge" --data "$folder/second"
ends 1 "keys with another passphrase" env KEDGE_PASSPHRASE="five herons over the mill" "$kedge" key restore "$folder/keys.kedge" --data "$folder/second"
ends 0 "keys after the database" "$kedge" key restore "$folder/keys.kedge" --passphrase-file "$folder/phrase" --data "$folder/second"
says "keys after the database" 'came back: 1'
says_not "keys after the database" 'not in this keyring'
ends 0 "what was restored is whole" "$kedge" check --json --data "$folder/second"
is_json "check"
ends 0 "keys before the database" "$kedge" key restore "$folder/keys.kedge" --json --passphrase-file "$folder/phrase" --data "$folder/keys-first"
is_json "keys before the database"
ends 0 "the database after its keys" "$kedge" restore "$folder/one.kedge" --json --data "$folder/keys-first"
says "the database after its keys" '"members_without_key": 0'
old=$(($(date +%s%3N) - 31 * 86400000))
sed "1s/\"made_ms\":[0-9]*/\"made_ms\":$old/" "$folder/keys.kedge" >"$folder/old.kedge"
ends 4 "a backup of the keys that is too old" env KEDGE_PASSPHRASE="four herons over the mill" "$kedge" key restore "$folder/old.kedge" --data "$folder/old"
says "a backup of the keys that is too old" '--older'
ends 1 "one whose date was altered opens to nobody" env KEDGE_PASSPHRASE="four herons over the mill" "$kedge" key restore "$folder/old.kedge" --older --data "$folder/old"

# two libraries of one name, as an older version let them be made
cp -r "$folder/second" "$folder/twins"
sqlite3 "$folder/twins/kedge.db" "CREATE TEMP TABLE twin AS SELECT * FROM library; UPDATE twin SET id = '018f0000-0000-7000-8000-000000000000', library_id = '018f0000-0000-7000-8000-000000000000'; INSERT INTO library SELECT * FROM twin"
ends 4 "a name that two libraries have" "$kedge" member invite --library "Elm Street" --data "$folder/twins"
says "a name that two libraries have" 'Say its id'
ends 0 "an id that one has" "$kedge" member invite --library 018f0000-0000-7000-8000-000000000000 --data "$folder/twins"
head -c 400 "$folder/one.kedge" >"$folder/cut.kedge"
ends 1 "half a backup" "$kedge" restore "$folder/cut.kedge" --data "$folder/third"
sqlite3 "$folder/second/kedge.db" "INSERT INTO migration (module, number, name, hash, run_ms) VALUES ('guide', 9001, 'later', 'x', 0)"
before=$(sha1sum <"$folder/second/kedge.db")
ends 0 "migrate" "$kedge" migrate --json --data "$folder/keys-first"
is_json "migrate"
ends 4 "a database of a newer version" "$kedge" migrate --data "$folder/second"
ends 4 "a server on a database of a newer version" "$kedge" serve --port 0 --data "$folder/second"
[ "$before" = "$(sha1sum <"$folder/second/kedge.db")" ] && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "FAILED: the newer database was touched"; }

# two at once
"$kedge" init --data "$folder/twins" >"$folder/one.log" 2>&1 &
first=$!
ends 0 "two that make the same database at once" "$kedge" init --data "$folder/twins"
other=0
wait "$first" || other=$?
ends 0 "the other of the two, which ended with $other: $(cat "$folder/one.log")" test "$other" = 0
ends 0 "what both made is whole" "$kedge" check --data "$folder/twins"

# a ledger whose newest entries are gone, one with a hole, one without its end, one that was changed
broken_ledger() {  # SENTENCE SQL
  rm -rf "$folder/ledger"
  cp -a "$data" "$folder/ledger"
  sqlite3 "$folder/ledger/kedge.db" "$2"
  ends 1 "$1" "$kedge" check --data "$folder/ledger"
  says "$1" 'WRONG +ledger: Elm Street'
}
broken_ledger "a ledger whose newest entries were cut off" "DELETE FROM ledger WHERE sequence = (SELECT MAX(sequence) FROM ledger)"
broken_ledger "a ledger with a hole" "DELETE FROM ledger WHERE sequence = (SELECT MAX(sequence) FROM ledger) - 1"
broken_ledger "a ledger without its end" "DELETE FROM ledger_head"
sqlite3 "$data/kedge.db" "UPDATE ledger SET fields = 'altered' WHERE sequence = 1"
ends 1 "a ledger that was changed" "$kedge" check --data "$data"
says "a ledger that was changed" 'WRONG +ledger: Elm Street'

# the command line speaks the console's language, a wrong use too
for words in "" serve "library add" "guide check" "key restore"; do
  LC_ALL=es_US.UTF-8 "$kedge" $words --help >"$folder/es" 2>&1
  LC_ALL=C "$kedge" $words --help >"$folder/en" 2>&1
  ends 0 "what \"kedge $words\" is for can be found in English" grep -qxFf <(grep -vE '^$|KEDGE_|TEXT|INT' "$folder/en") "$folder/en"
  ends 1 "no line of what \"kedge $words\" is for is English in Spanish" grep -qxFf <(grep -vE '^$|KEDGE_|TEXT|INT' "$folder/en") "$folder/es"
  ends 1 "\"kedge $words --help\" has every word" grep -qiE "went wrong|salió mal" "$folder/es"
done
LC_ALL=es_US.UTF-8 "$kedge" serve --port abc 2>"$folder/es" >/dev/null
ends 0 "a wrong use is said in Spanish" grep -q 'kedge: Uno de los valores' "$folder/es"

# a port that is taken
node -e 'require("net").createServer().listen(0, "127.0.0.1", function () { console.log(this.address().port); setTimeout(() => process.exit(), 20000) })' >"$folder/port" &
holder=$!
while [ ! -s "$folder/port" ]; do sleep 0.05; done
ends 5 "a port that is taken" "$kedge" serve --port "$(cat "$folder/port")" --data "$folder/fourth"
kill "$holder"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
