-- A letter on its way. Its address, its words and the token in them are sealed, and wiped when it is sent or given up.
-- backup: no
CREATE TABLE letter (
  library_id $id NOT NULL,     -- class: library; retention: 14 days, or until used
  id $id NOT NULL,             -- class: library; retention: 14 days, or until used
  kind $text NOT NULL,         -- class: library; retention: 14 days, or until used
  about $id,                   -- class: personal; retention: 14 days, or until used
  sealed $bytes,               -- class: sealed; retention: 14 days, or until used
  state $text NOT NULL,        -- class: library; retention: 14 days, or until used
  why $text NOT NULL,          -- class: library; retention: 14 days, or until used
  tries $int64 NOT NULL,       -- class: library; retention: 14 days, or until used
  made_ms $time NOT NULL,      -- class: library; retention: 14 days, or until used
  due_ms $time NOT NULL,       -- class: library; retention: 14 days, or until used
  PRIMARY KEY (library_id, id)
) $strict;
$scoped(letter);
CREATE INDEX letter_due ON letter (state, due_ms);
