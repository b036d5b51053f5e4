-- A library's own label of a theme, by language; where there is none the shipped one stands.
CREATE TABLE theme_word (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  code $text NOT NULL,                             -- class: library; retention: with the library
  language $text NOT NULL,                         -- class: library; retention: with the library
  label $text NOT NULL,                            -- class: library; retention: with the library
  PRIMARY KEY (library_id, code, language)
) $strict;
$scoped(theme_word);
INSERT INTO theme_word (library_id, code, language, label) SELECT library_id, code, 'en', label FROM theme_label WHERE label <> '';
INSERT INTO theme_word (library_id, code, language, label) SELECT library_id, code, 'es', label FROM theme_label WHERE label <> '';

-- A theme that a library does not offer; it stays on what carries it.
CREATE TABLE theme_hidden (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  code $text NOT NULL,                             -- class: library; retention: with the library
  PRIMARY KEY (library_id, code)
) $strict;
$scoped(theme_hidden);
INSERT INTO theme_hidden (library_id, code) SELECT library_id, code FROM theme_label WHERE hidden;
DROP TABLE theme_label;
