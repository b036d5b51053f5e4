-- Two records of one organization or person, made one. What was merged keeps its row and says where it went, so that an answer,
-- an action or a link that names it leads on: merged_into is the record that a person chose, survivor_id where that one is now.
ALTER TABLE organization ADD COLUMN merged_into $id;  -- class: library; retention: with the library
ALTER TABLE organization ADD COLUMN survivor_id $id;  -- class: library; retention: with the library
ALTER TABLE contact ADD COLUMN merged_into $id;  -- class: library; retention: with the organization
ALTER TABLE contact ADD COLUMN survivor_id $id;  -- class: library; retention: with the organization

-- Two records that are alike, of which somebody said that they are two.
CREATE TABLE told_apart (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  first_id $id NOT NULL,                           -- class: library; retention: with the library
  second_id $id NOT NULL,                          -- class: library; retention: with the library
  PRIMARY KEY (library_id, first_id, second_id)
) $strict;
$scoped(told_apart);
