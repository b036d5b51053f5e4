-- Where each library's ledger ends, written with every entry: the newest entries can't be cut off unseen.
CREATE TABLE ledger_head (
  library_id $text NOT NULL PRIMARY KEY,  -- class: library; retention: as long as the library
  sequence $int64 NOT NULL,  -- class: library; retention: as long as the library
  digest $bytes NOT NULL  -- class: library; retention: as long as the library
) $strict;
$scoped(ledger_head);
INSERT INTO ledger_head (library_id, sequence, digest)
  SELECT library_id, sequence, digest FROM ledger AS newest
  WHERE sequence = (SELECT MAX(sequence) FROM ledger WHERE ledger.library_id = newest.library_id);
