-- store: what every installation keeps beside its own tables.

-- backup: no
CREATE TABLE migration (
  module $text NOT NULL,  -- class: public; retention: as long as the installation
  number $int64 NOT NULL,  -- class: public; retention: as long as the installation
  name $text NOT NULL,  -- class: public; retention: as long as the installation
  hash $text NOT NULL,  -- class: public; retention: as long as the installation
  run_ms $time NOT NULL,  -- class: public; retention: as long as the installation
  PRIMARY KEY (module, number)
) $strict;

-- The change feed: that something under a topic is new, never what. Empty library_id: the installation.
-- backup: no
CREATE TABLE change (
  sequence $sequence,  -- class: library; retention: two days, the newest of a library a year
  library_id $text NOT NULL,  -- class: library; retention: two days, the newest of a library a year
  topic $text NOT NULL,  -- class: library; retention: two days, the newest of a library a year
  made_ms $time NOT NULL  -- class: library; retention: two days, the newest of a library a year
) $strict;
$scoped(change);

-- Who changed which fields of what, and when: a hash chain a library. Never content.
CREATE TABLE ledger (
  library_id $text NOT NULL,  -- class: library; retention: as long as the library
  sequence $int64 NOT NULL,  -- class: library; retention: as long as the library
  made_ms $time NOT NULL,  -- class: library; retention: as long as the library
  member_id $id,  -- class: library; retention: as long as the library; an id alone, its name goes with the member
  kind $text NOT NULL,  -- class: library; retention: as long as the library
  record_id $id,  -- class: library; retention: as long as the library
  fields $text NOT NULL,  -- class: library; retention: as long as the library
  previous $bytes NOT NULL,  -- class: library; retention: as long as the library
  digest $bytes NOT NULL,  -- class: library; retention: as long as the library
  PRIMARY KEY (library_id, sequence)
) $strict;
$scoped(ledger);

-- What the first sending of a form answered, so that the second does nothing.
-- backup: no
CREATE TABLE idempotency (
  library_id $text NOT NULL,  -- class: library; retention: one day
  key $text NOT NULL,  -- class: library; retention: one day
  reply $text NOT NULL,  -- class: library; retention: one day
  until_ms $time NOT NULL,  -- class: library; retention: one day
  PRIMARY KEY (library_id, key)
) $strict;
$scoped(idempotency);

-- Work for later. lease_until_ms is 0 while a job waits; ids only in the body.
-- backup: no
CREATE TABLE job (
  id $id NOT NULL PRIMARY KEY,  -- class: library; retention: until it is done, a failed one 30 days
  library_id $text NOT NULL,  -- class: library; retention: until it is done, a failed one 30 days
  kind $text NOT NULL,  -- class: library; retention: until it is done, a failed one 30 days
  body $text NOT NULL,  -- class: library; retention: until it is done, a failed one 30 days
  dedupe $text,  -- class: library; retention: until it is done, a failed one 30 days
  made_ms $time NOT NULL,  -- class: library; retention: until it is done, a failed one 30 days
  run_after_ms $time NOT NULL,  -- class: library; retention: until it is done, a failed one 30 days
  lease_until_ms $time NOT NULL,  -- class: library; retention: until it is done, a failed one 30 days
  attempts $int64 NOT NULL,  -- class: library; retention: until it is done, a failed one 30 days
  why $text NOT NULL  -- class: library; retention: until it is done, a failed one 30 days
) $strict;
$scoped(job);
CREATE INDEX job_due ON job (run_after_ms, id);
CREATE UNIQUE INDEX job_waiting_once ON job (library_id, kind, dedupe) WHERE dedupe IS NOT NULL AND lease_until_ms = 0;

-- Attempts counted under keyed hashes: who it was can't be read from them.
-- backup: no
CREATE TABLE attempt (
  key_hash $bytes NOT NULL PRIMARY KEY,  -- class: library; retention: its window, at most one day
  since_ms $time NOT NULL,  -- class: library; retention: its window, at most one day
  until_ms $time NOT NULL,  -- class: library; retention: its window, at most one day
  count $int64 NOT NULL  -- class: library; retention: its window, at most one day
) $strict;
