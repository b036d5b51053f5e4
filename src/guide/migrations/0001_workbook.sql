-- A library's guides: a copy of a shipped one that it may change, or its own.
CREATE TABLE guide (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  id $id NOT NULL,                                 -- class: library; retention: with the library
  slug $text NOT NULL,                             -- class: library; retention: with the library
  yaml $text NOT NULL,                             -- class: library; retention: with the library
  shipped $bool NOT NULL,                          -- class: library; retention: with the library
  version $int64 NOT NULL,                         -- class: library; retention: with the library
  changed_ms $time NOT NULL,                       -- class: library; retention: with the library
  PRIMARY KEY (library_id, id)
) $strict;
$scoped(guide);

CREATE TABLE workbook (
  library_id $id NOT NULL,       -- class: library; retention: with the library
  id $id NOT NULL,               -- class: library; retention: with the library
  guide_id $id NOT NULL,         -- class: library; retention: with the library
  title $text NOT NULL,          -- class: library; retention: with the library
  opened_ms $time NOT NULL,      -- class: library; retention: with the library
  removed_ms $time,              -- class: library; retention: 30 days after removal
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, guide_id) REFERENCES guide (library_id, id)
) $strict;
$scoped(workbook);

-- What the team agreed on, and the clear copies of what members share. A prompt with rows has one answer a row.
CREATE TABLE answer (
  library_id $id NOT NULL,       -- class: library; retention: with the workbook
  id $id NOT NULL,               -- class: library; retention: with the workbook
  workbook_id $id NOT NULL,      -- class: library; retention: with the workbook
  prompt $text NOT NULL,         -- class: library; retention: with the workbook
  row $text NOT NULL,            -- class: library; retention: with the workbook
  voice $text NOT NULL,          -- class: library; retention: with the workbook
  member_id $id,                 -- class: personal; retention: until taken back or the member leaves and asks
  member_key $text NOT NULL,     -- class: personal; retention: as member_id, '' for the team
  body $text NOT NULL,           -- class: library; retention: with the workbook
  version $int64 NOT NULL,       -- class: library; retention: with the workbook
  position $int64 NOT NULL,      -- class: library; retention: with the workbook
  changed_ms $time NOT NULL,     -- class: library; retention: with the workbook
  changed_by $id,                -- class: library; retention: with the workbook
  removed_ms $time,              -- class: library; retention: 30 days after removal
  PRIMARY KEY (library_id, id),
  UNIQUE (library_id, workbook_id, prompt, row, voice, member_key),
  FOREIGN KEY (library_id, workbook_id) REFERENCES workbook (library_id, id)
) $strict;
$scoped(answer);

-- Every text that an answer ever had. A text that came too late (somebody else had saved meanwhile) is kept beside it.
CREATE TABLE answer_revision (
  library_id $id NOT NULL,       -- class: library; retention: with the workbook
  id $id NOT NULL,               -- class: library; retention: with the workbook
  answer_id $id NOT NULL,        -- class: library; retention: with the workbook
  version $int64 NOT NULL,       -- class: library; retention: with the workbook
  body $text NOT NULL,           -- class: library; retention: with the workbook
  member_id $id,                 -- class: library; retention: with the workbook
  at_ms $time NOT NULL,          -- class: library; retention: with the workbook
  beside $bool NOT NULL,         -- class: library; retention: with the workbook
  settled $bool NOT NULL,        -- class: library; retention: with the workbook
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, answer_id) REFERENCES answer (library_id, id)
) $strict;
$scoped(answer_revision);
CREATE INDEX answer_revision_answer ON answer_revision (library_id, answer_id, version);

-- What one member wrote for no other eyes: sealed to the member's key, bound to library, member and row.
CREATE TABLE private_answer (
  library_id $id NOT NULL,       -- class: library; retention: with the member
  id $id NOT NULL,               -- class: library; retention: with the member
  workbook_id $id NOT NULL,      -- class: library; retention: with the member
  member_id $id NOT NULL,        -- class: personal; retention: with the member
  prompt $text NOT NULL,         -- class: personal; retention: with the member
  row $text NOT NULL,            -- class: personal; retention: with the member
  sealed $bytes NOT NULL,        -- class: sealed; retention: with the member
  version $int64 NOT NULL,       -- class: personal; retention: with the member
  position $int64 NOT NULL,      -- class: personal; retention: with the member
  changed_on $date NOT NULL,     -- class: personal; retention: with the member
  shared_version $int64 NOT NULL, -- class: personal; retention: with the member
  removed_ms $time,              -- class: personal; retention: 30 days after removal
  PRIMARY KEY (library_id, id),
  UNIQUE (library_id, workbook_id, member_id, prompt, row),
  FOREIGN KEY (library_id, workbook_id) REFERENCES workbook (library_id, id)
) $strict;
$scoped(private_answer);

CREATE TABLE private_revision (
  library_id $id NOT NULL,       -- class: library; retention: with the member
  answer_id $id NOT NULL,        -- class: library; retention: with the member
  version $int64 NOT NULL,       -- class: personal; retention: with the member
  sealed $bytes NOT NULL,        -- class: sealed; retention: with the member
  changed_on $date NOT NULL,     -- class: personal; retention: with the member
  PRIMARY KEY (library_id, answer_id, version),
  FOREIGN KEY (library_id, answer_id) REFERENCES private_answer (library_id, id)
) $strict;
$scoped(private_revision);
