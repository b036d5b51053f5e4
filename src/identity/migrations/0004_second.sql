-- The second step of signing in: a secret that the member's own device shares, sealed with the installation's key. Until it
-- is confirmed by a first code it asks for nothing. A code is taken once: last_step is the half minute of the last one.
CREATE TABLE second_step (
  library_id $id NOT NULL,     -- class: library; retention: until the member leaves
  member_id $id NOT NULL,      -- class: personal; retention: until the member leaves
  sealed $bytes NOT NULL,      -- class: sealed; retention: until the member leaves
  last_step $int64 NOT NULL,   -- class: personal; retention: until the member leaves
  confirmed_on $date,          -- class: personal; retention: until the member leaves
  PRIMARY KEY (library_id, member_id),
  FOREIGN KEY (library_id, member_id) REFERENCES member (library_id, id)
) $strict;
$scoped(second_step);
-- A session that has the password and waits for the second step opens nothing.
ALTER TABLE session ADD COLUMN awaits_second $bool NOT NULL DEFAULT false;  -- class: personal; retention: until it ends, at most 30 days
