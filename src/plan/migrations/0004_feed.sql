-- The address by which a member's calendar program reads actions. Whoever has it reads them; its hash alone is kept.
-- backup: no
CREATE TABLE calendar_feed (
  library_id $id NOT NULL,             -- class: library; retention: with the member
  member_id $id NOT NULL,              -- class: personal; retention: with the member
  token_hash $bytes NOT NULL UNIQUE,   -- class: sealed; retention: with the member
  holds $text NOT NULL,                -- class: library; retention: with the member
  made_on $date NOT NULL,              -- class: personal; retention: with the member
  PRIMARY KEY (library_id, member_id),
  FOREIGN KEY (library_id, member_id) REFERENCES member (library_id, id)
) $strict;
$scoped(calendar_feed);
