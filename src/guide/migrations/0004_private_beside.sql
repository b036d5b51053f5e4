-- What one's own answer said on a second device that saved late: sealed like the answer, and kept beside it until its writer
-- has chosen; then it stays among the earlier texts.
CREATE TABLE private_beside (
  library_id $id NOT NULL,       -- class: library; retention: with the member
  answer_id $id NOT NULL,        -- class: library; retention: with the member
  number $int64 NOT NULL,        -- class: personal; retention: with the member
  sealed $bytes NOT NULL,        -- class: sealed; retention: with the member
  changed_on $date NOT NULL,     -- class: personal; retention: with the member
  settled $bool NOT NULL,        -- class: personal; retention: with the member
  PRIMARY KEY (library_id, answer_id, number),
  FOREIGN KEY (library_id, answer_id) REFERENCES private_answer (library_id, id)
) $strict;
$scoped(private_beside);
