-- The picture in the head of a library's pages. One that was replaced or removed can be brought back for 30 days. The bytes
-- stand last: whoever reads a row's other columns does not pass them.
CREATE TABLE logo (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  id $id NOT NULL,                                 -- class: library; retention: with the library
  kind $text NOT NULL,                             -- class: public; retention: with the library
  width $int64 NOT NULL,                           -- class: public; retention: with the library
  height $int64 NOT NULL,                          -- class: public; retention: with the library
  alternative $text NOT NULL,                      -- class: public; retention: with the library
  removed_ms $time,                                -- class: library; retention: 30 days after removal
  image $bytes NOT NULL,                           -- class: public; retention: with the library
  PRIMARY KEY (library_id, id)
) $strict;
$scoped(logo);
