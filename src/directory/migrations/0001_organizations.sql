-- HSDS 3.1 organization, contact and phone: the columns that a workbook fills, under the names that HSDS gives them.
CREATE TABLE organization (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  id $id NOT NULL,                                 -- class: public; retention: with the library
  name $text NOT NULL,                             -- class: public; retention: with the library
  alternate_name $text NOT NULL,                   -- class: public; retention: with the library
  description $text NOT NULL,                      -- class: library; retention: with the library
  email $text NOT NULL,                            -- class: public; retention: with the library
  website $text NOT NULL,                          -- class: public; retention: with the library
  kind $text NOT NULL,                             -- class: library; retention: with the library
  version $int64 NOT NULL,                         -- class: library; retention: with the library
  changed_ms $time NOT NULL,                       -- class: library; retention: with the library
  removed_ms $time,                                -- class: library; retention: 30 days after removal
  PRIMARY KEY (library_id, id)
) $strict;
$scoped(organization);

CREATE TABLE contact (
  library_id $id NOT NULL,                         -- class: library; retention: with the organization
  id $id NOT NULL,                                 -- class: library; retention: with the organization
  organization_id $id NOT NULL,                    -- class: library; retention: with the organization
  name $text NOT NULL,                             -- class: personal; retention: with the organization
  title $text NOT NULL,                            -- class: personal; retention: with the organization
  department $text NOT NULL,                       -- class: personal; retention: with the organization
  email $text NOT NULL,                            -- class: personal; retention: with the organization
  version $int64 NOT NULL,                         -- class: library; retention: with the organization
  changed_ms $time NOT NULL,                       -- class: library; retention: with the organization
  removed_ms $time,                                -- class: library; retention: 30 days after removal
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, organization_id) REFERENCES organization (library_id, id)
) $strict;
$scoped(contact);
CREATE INDEX contact_organization ON contact (library_id, organization_id);

CREATE TABLE phone (
  library_id $id NOT NULL,                         -- class: library; retention: with the contact
  id $id NOT NULL,                                 -- class: library; retention: with the contact
  contact_id $id NOT NULL,                         -- class: library; retention: with the contact
  number $text NOT NULL,                           -- class: personal; retention: with the contact
  PRIMARY KEY (library_id, id),
  UNIQUE (library_id, contact_id),
  FOREIGN KEY (library_id, contact_id) REFERENCES contact (library_id, id)
) $strict;
$scoped(phone);
