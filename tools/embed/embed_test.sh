#!/bin/sh
# embed refuses what does not say its class, by file and line, and writes what does.
set -eu
embed=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > 0001_good.sql <<'SQL'
-- backup: no
CREATE TABLE note (
  library_id $id NOT NULL,  -- class: library; retention: with the library
  text $text NOT NULL  -- class: personal; retention: until its writer removes it
    CHECK (text <> ','),
  PRIMARY KEY (library_id, text)
) $strict;
$scoped(note);
ALTER TABLE note ADD COLUMN made_ms $time;  -- class: library; retention: with the note
SQL
"$embed" migrations guide_pages out/good.cpp 0001_good.sql
grep -q 'namespace kedge::guide {' out/good.cpp
grep -q '{"guide", 1, "good", R"kedge(' out/good.cpp
"$embed" demanded good.md 0001_good.sql
grep -q '| `text` | personal | until its writer removes it |' good.md
grep -q '| `made_ms` | library | with the note |' good.md
grep -q 'Not in backups' good.md

refused() {  # text of one column, what must be said
  printf 'CREATE TABLE note (\n  %s\n) $strict;\n%s' "$1" "${3:-}" > 0001_bad.sql
  if "$embed" migrations guide bad.cpp 0001_bad.sql 2> said; then echo "taken: $1"; exit 1; fi
  grep -q "0001_bad.sql:$2" said || { echo "not said: $2"; cat said; exit 1; }
  [ ! -e bad.cpp ]
}
refused 'id $id NOT NULL' '2: note.id: needs'
refused 'id $id NOT NULL -- class: secret; retention: ever' '2: note.id: needs'
refused 'id $id NOT NULL -- class: public' '2: note.id: needs .retention'
refused 'id INTEGER NOT NULL -- class: public; retention: ever' '2: column id needs'
refused 'id $uuid NOT NULL -- class: public; retention: ever' '2: note.id: unknown type'
refused 'id $id, name $text -- class: public; retention: ever' '2: write one column a line'
refused 'library_id $id -- class: public; retention: ever' '1: note has library_id'
cp 0001_good.sql good.sql
if "$embed" migrations guide bad.cpp good.sql 2> said; then echo "taken: good.sql"; exit 1; fi
echo "1 passed, 0 failed"
