-- A list of practices that each marks for oneself. What is fixed at opening is never changed; marks lie in the box.
CREATE TABLE checklist (
  library_id $id NOT NULL,       -- class: library; retention: with the workbook
  id $id NOT NULL,               -- class: library; retention: with the workbook
  workbook_id $id NOT NULL,      -- class: library; retention: with the workbook
  prompt $text NOT NULL,         -- class: library; retention: with the workbook
  state $text NOT NULL,          -- class: library; retention: with the workbook
  opened_on $date NOT NULL,      -- class: library; retention: with the workbook
  closes_on $date NOT NULL,      -- class: library; retention: with the workbook
  threshold $int64 NOT NULL,     -- class: library; retention: with the workbook
  said $bool NOT NULL,           -- class: library; retention: with the workbook
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, workbook_id) REFERENCES workbook (library_id, id)
) $strict;
$scoped(checklist);

CREATE TABLE checklist_item (
  library_id $id NOT NULL,       -- class: library; retention: with the workbook
  checklist_id $id NOT NULL,     -- class: library; retention: with the workbook
  item $text NOT NULL,           -- class: library; retention: with the workbook
  label $text NOT NULL,          -- class: library; retention: with the workbook
  position $int64 NOT NULL,      -- class: library; retention: with the workbook
  well $text,                    -- class: library; retention: with the workbook
  better $text,                  -- class: library; retention: with the workbook
  PRIMARY KEY (library_id, checklist_id, item),
  FOREIGN KEY (library_id, checklist_id) REFERENCES checklist (library_id, id)
) $strict;
$scoped(checklist_item);

-- Who was asked; shown to all of them. Not who took part: that is never known.
CREATE TABLE checklist_roster (
  library_id $id NOT NULL,       -- class: library; retention: a year after closing
  checklist_id $id NOT NULL,     -- class: library; retention: a year after closing
  member_id $id NOT NULL,        -- class: personal; retention: a year after closing
  PRIMARY KEY (library_id, checklist_id, member_id),
  FOREIGN KEY (library_id, checklist_id) REFERENCES checklist (library_id, id)
) $strict;
$scoped(checklist_roster);

-- backup: no
CREATE TABLE checklist_ticket (
  library_id $id NOT NULL,       -- class: library; retention: until the list closes
  checklist_id $id NOT NULL,     -- class: library; retention: until the list closes
  member_id $id NOT NULL,        -- class: personal; retention: until the list closes
  sealed $bytes NOT NULL,        -- class: sealed; retention: until the list closes
  PRIMARY KEY (library_id, checklist_id, member_id),
  FOREIGN KEY (library_id, checklist_id) REFERENCES checklist (library_id, id)
) $strict;
$scoped(checklist_ticket);

-- backup: no
CREATE TABLE checklist_box (
  library_id $id NOT NULL,       -- class: library; retention: until the list closes
  checklist_id $id NOT NULL,     -- class: library; retention: until the list closes
  sealed $bytes NOT NULL,        -- class: sealed; retention: until the list closes
  PRIMARY KEY (library_id, checklist_id),
  FOREIGN KEY (library_id, checklist_id) REFERENCES checklist (library_id, id)
) $strict;
$scoped(checklist_box);

-- Lines without names, joined to nothing, in no order; ids are random.
CREATE TABLE checklist_comment (
  library_id $id NOT NULL,       -- class: anonymous; retention: with the workbook
  id $id NOT NULL,               -- class: anonymous; retention: with the workbook
  checklist_id $id NOT NULL,     -- class: anonymous; retention: with the workbook
  words $text NOT NULL,          -- class: anonymous; retention: with the workbook
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, checklist_id) REFERENCES checklist (library_id, id)
) $strict;
$scoped(checklist_comment);

-- A practice that somebody proposes for the next list, before it opens. Nobody's name stands at it.
CREATE TABLE checklist_proposal (
  library_id $id NOT NULL,       -- class: library; retention: with the workbook
  id $id NOT NULL,               -- class: library; retention: with the workbook
  workbook_id $id NOT NULL,      -- class: library; retention: with the workbook
  prompt $text NOT NULL,         -- class: library; retention: with the workbook
  label $text NOT NULL,          -- class: library; retention: with the workbook
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, workbook_id) REFERENCES workbook (library_id, id)
) $strict;
$scoped(checklist_proposal);
