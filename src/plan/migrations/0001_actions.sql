-- A next step that is followed until it is done. What it came from is a link of lineage.
CREATE TABLE action (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  id $id NOT NULL,                                 -- class: library; retention: with the library
  workbook_id $id,                                 -- class: library; retention: with the library
  step $text NOT NULL,                             -- class: library; retention: with the library
  owner_member $id,                                -- class: personal; retention: with the library
  owner_contact $id,                               -- class: personal; retention: with the library
  due $date,                                       -- class: library; retention: with the library
  status $text NOT NULL,                           -- class: library; retention: with the library
  resources $text NOT NULL,                        -- class: library; retention: with the library
  obstacles $text NOT NULL,                        -- class: library; retention: with the library
  informed $text NOT NULL,                         -- class: library; retention: with the library
  measure $text NOT NULL,                          -- class: library; retention: with the library
  outcome $text NOT NULL,                          -- class: library; retention: with the library
  opened_ms $time NOT NULL,                        -- class: library; retention: with the library
  closed_ms $time,                                 -- class: library; retention: with the library
  version $int64 NOT NULL,                         -- class: library; retention: with the library
  removed_ms $time,                                -- class: library; retention: 30 days after removal
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, owner_member) REFERENCES member (library_id, id),
  FOREIGN KEY (library_id, owner_contact) REFERENCES contact (library_id, id)
) $strict;
$scoped(action);
CREATE INDEX action_workbook ON action (library_id, workbook_id);

CREATE TABLE check_in (
  library_id $id NOT NULL,                         -- class: library; retention: with the action
  id $id NOT NULL,                                 -- class: library; retention: with the action
  action_id $id NOT NULL,                          -- class: library; retention: with the action
  member_id $id,                                   -- class: personal; retention: with the action
  note $text NOT NULL,                             -- class: library; retention: with the action
  at_ms $time NOT NULL,                            -- class: library; retention: with the action
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, action_id) REFERENCES action (library_id, id),
  FOREIGN KEY (library_id, member_id) REFERENCES member (library_id, id)
) $strict;
$scoped(check_in);
CREATE INDEX check_in_action ON check_in (library_id, action_id);
