-- Whether a member wants the weekly letter, and for which week (its Monday) one was last written. No row: they want it.
CREATE TABLE digest (
  library_id $id NOT NULL,             -- class: library; retention: with the member
  member_id $id NOT NULL,              -- class: personal; retention: with the member
  wanted $bool NOT NULL,               -- class: personal; retention: with the member
  sent_on $date,                       -- class: personal; retention: with the member
  PRIMARY KEY (library_id, member_id),
  FOREIGN KEY (library_id, member_id) REFERENCES member (library_id, id)
) $strict;
$scoped(digest);

-- A link by which the owner of an action says how it goes, once. Whoever has it may; its hash alone is kept.
-- backup: no
CREATE TABLE action_link (
  library_id $id NOT NULL,             -- class: library; retention: 14 days, or until used
  id $id NOT NULL,                     -- class: library; retention: 14 days, or until used
  token_hash $bytes NOT NULL UNIQUE,   -- class: sealed; retention: 14 days, or until used
  action_id $id NOT NULL,              -- class: library; retention: 14 days, or until used
  member_id $id,                       -- class: personal; retention: 14 days, or until used
  contact_id $id,                      -- class: personal; retention: 14 days, or until used
  handed $bool NOT NULL,               -- class: library; retention: 14 days, or until used
  expires_ms $time NOT NULL,           -- class: library; retention: 14 days, or until used
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, action_id) REFERENCES action (library_id, id),
  FOREIGN KEY (library_id, member_id) REFERENCES member (library_id, id),
  FOREIGN KEY (library_id, contact_id) REFERENCES contact (library_id, id)
) $strict;
$scoped(action_link);
