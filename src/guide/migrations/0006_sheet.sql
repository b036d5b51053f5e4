-- A sheet of paper of a workbook, filled by hand by somebody without an account. What is typed from it are shared answers whose
-- writer's key is the sheet's id.
CREATE TABLE sheet (
  library_id $id NOT NULL,       -- class: library; retention: with the workbook
  id $id NOT NULL,               -- class: library; retention: with the workbook
  workbook_id $id NOT NULL,      -- class: library; retention: with the workbook
  code $text NOT NULL,           -- class: library; retention: with the workbook
  name $text NOT NULL,           -- class: personal; retention: with the workbook
  typed $bool NOT NULL,          -- class: library; retention: with the workbook
  position $int64 NOT NULL,      -- class: library; retention: with the workbook
  removed_ms $time,              -- class: library; retention: with the workbook
  PRIMARY KEY (library_id, id),
  UNIQUE (library_id, workbook_id, code),
  FOREIGN KEY (library_id, workbook_id) REFERENCES workbook (library_id, id)
) $strict;
$scoped(sheet);
