-- The page of a workbook for the board: what the lead says, what is asked, and what is left out. What else stands on it is read anew.
CREATE TABLE board_page (
  library_id $id NOT NULL,       -- class: library; retention: with the workbook
  workbook_id $id NOT NULL,      -- class: library; retention: with the workbook
  words $text NOT NULL,          -- class: library; retention: with the workbook
  asks $text NOT NULL,           -- class: library; retention: with the workbook
  left_out $text NOT NULL,       -- class: library; retention: with the workbook
  shown $bool NOT NULL,          -- class: library; retention: with the workbook
  version $int64 NOT NULL,       -- class: library; retention: with the workbook
  PRIMARY KEY (library_id, workbook_id),
  FOREIGN KEY (library_id, workbook_id) REFERENCES workbook (library_id, id)
) $strict;
$scoped(board_page);
