-- Who is at the same thing now. Rows are removed a minute after they were last seen; they refer to nothing, so that
-- neither a leaving member nor an erased library has to wait for them.
-- backup: no
CREATE TABLE presence (
  library_id $id NOT NULL,  -- class: library; retention: a minute
  topic $text NOT NULL,     -- class: library; retention: a minute
  member_id $id NOT NULL,   -- class: personal; retention: a minute
  seen_ms $time NOT NULL,   -- class: personal; retention: a minute
  PRIMARY KEY (library_id, topic, member_id)
) $strict;
$scoped(presence);
