-- What a library calls a theme of content/themes.yaml, where it calls it something else, and whether it hides it.
CREATE TABLE theme_label (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  code $text NOT NULL,                             -- class: library; retention: with the library
  label $text NOT NULL,                            -- class: library; retention: with the library
  hidden $bool NOT NULL,                           -- class: library; retention: with the library
  PRIMARY KEY (library_id, code)
) $strict;
$scoped(theme_label);

-- One sentence about the community or the library. Dismissing it changes its state; nothing removes it.
CREATE TABLE finding (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  id $id NOT NULL,                                 -- class: library; retention: with the library
  theme $text NOT NULL,                            -- class: library; retention: with the library
  statement $text NOT NULL,                        -- class: library; retention: with the library
  state $text NOT NULL,                            -- class: library; retention: with the library
  voice $text NOT NULL,                            -- class: library; retention: with the library
  by_member $id,                                   -- class: personal; retention: with the library, none where voice is unnamed
  opened_ms $time NOT NULL,                        -- class: library; retention: with the library
  decided_ms $time,                                -- class: library; retention: with the library
  version $int64 NOT NULL,                         -- class: library; retention: with the library
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, by_member) REFERENCES member (library_id, id)
) $strict;
$scoped(finding);

-- How a finding read before it was changed.
CREATE TABLE finding_revision (
  library_id $id NOT NULL,                         -- class: library; retention: with the library
  finding_id $id NOT NULL,                         -- class: library; retention: with the library
  version $int64 NOT NULL,                         -- class: library; retention: with the library
  theme $text NOT NULL,                            -- class: library; retention: with the library
  statement $text NOT NULL,                        -- class: library; retention: with the library
  until_ms $time NOT NULL,                         -- class: library; retention: with the library
  PRIMARY KEY (library_id, finding_id, version),
  FOREIGN KEY (library_id, finding_id) REFERENCES finding (library_id, id)
) $strict;
$scoped(finding_revision);

-- What a finding rests on. A private note of somebody who is not named has no address here: its ref is the row's own id.
CREATE TABLE evidence (
  library_id $id NOT NULL,                         -- class: library; retention: with the library
  id $id NOT NULL,                                 -- class: library; retention: with the library
  finding_id $id NOT NULL,                         -- class: library; retention: with the library
  kind $text NOT NULL,                             -- class: library; retention: with the library
  ref $text NOT NULL,                              -- class: library; retention: until what it names is gone
  position $int64 NOT NULL,                        -- class: library; retention: with the library
  added_ms $time NOT NULL,                         -- class: library; retention: with the library
  removed_ms $time,                                -- class: library; retention: 30 days after removal
  PRIMARY KEY (library_id, id),
  UNIQUE (library_id, finding_id, kind, ref),
  FOREIGN KEY (library_id, finding_id) REFERENCES finding (library_id, id)
) $strict;
$scoped(evidence);
CREATE INDEX evidence_ref ON evidence (library_id, kind, ref);

-- What came from what: "from" was there before.
CREATE TABLE link (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  from_kind $text NOT NULL,                        -- class: library; retention: with the library
  from_ref $text NOT NULL,                         -- class: library; retention: until what it names is gone
  to_kind $text NOT NULL,                          -- class: library; retention: with the library
  to_ref $text NOT NULL,                           -- class: library; retention: until what it names is gone
  linked_ms $time NOT NULL,                        -- class: library; retention: with the library
  PRIMARY KEY (library_id, from_kind, from_ref, to_kind, to_ref)
) $strict;
$scoped(link);
CREATE INDEX link_to ON link (library_id, to_kind, to_ref);
