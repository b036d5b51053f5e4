-- A library keeps its own records here; every row of every module names it.
CREATE TABLE library (
  library_id $id NOT NULL CHECK (library_id = id), -- class: library; retention: with the library
  id $id NOT NULL PRIMARY KEY,                     -- class: library; retention: with the library
  name $text NOT NULL,                             -- class: public; retention: with the library
  language $text NOT NULL,                         -- class: library; retention: with the library
  time_zone $text NOT NULL,                        -- class: library; retention: with the library
  country $text NOT NULL,                          -- class: public; retention: with the library
  state $text NOT NULL,                            -- class: public; retention: with the library
  fiscal_month $int64 NOT NULL,                    -- class: library; retention: with the library
  threshold $int64 NOT NULL CHECK (threshold >= 5), -- class: library; retention: with the library
  example $bool NOT NULL,                          -- class: library; retention: with the library
  founded_ms $time NOT NULL                        -- class: library; retention: with the library
) $strict;
$scoped(library);

CREATE TABLE branch (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  id $id NOT NULL,                                 -- class: library; retention: with the library
  name $text NOT NULL,                             -- class: public; retention: with the library
  position $int64 NOT NULL,                        -- class: library; retention: with the library
  PRIMARY KEY (library_id, id)
) $strict;
$scoped(branch);

-- A person with an account. Who leaves keeps the row (shared work names them) and loses everything that opens a door.
CREATE TABLE member (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: with the library
  id $id NOT NULL,                                 -- class: personal; retention: with the library
  name $text NOT NULL,                             -- class: personal; retention: with the library, or until the member asks on leaving
  job $text NOT NULL,                              -- class: personal; retention: until the member leaves
  email $text NOT NULL,                            -- class: personal; retention: until the member leaves
  email_folded $text,                              -- class: personal; retention: until the member leaves
  roles $int64 NOT NULL,                           -- class: library; retention: with the library
  language $text NOT NULL,                         -- class: personal; retention: until the member leaves
  standing $text NOT NULL,                         -- class: library; retention: with the library
  password_salt $bytes,                            -- class: sealed; retention: until the member leaves
  password_verifier $bytes,                        -- class: sealed; retention: until the member leaves
  password_public $bytes,                          -- class: sealed; retention: until the member leaves
  public_key $bytes,                               -- class: personal; retention: until the member leaves
  joined_on $date NOT NULL,                        -- class: library; retention: with the library
  PRIMARY KEY (library_id, id),
  UNIQUE (library_id, email_folded)
) $strict;
$scoped(member);
CREATE INDEX member_email ON member (email_folded);

-- The member's key, wrapped. Each wrap opens only together with the member's part in the keyring, which no backup of
-- this database holds: destroying that part makes every copy of these rows worthless.
CREATE TABLE member_wrap (
  library_id $id NOT NULL,   -- class: library; retention: until the member leaves
  member_id $id NOT NULL,    -- class: personal; retention: until the member leaves
  kind $text NOT NULL,       -- class: personal; retention: until the member leaves
  salt $bytes,               -- class: sealed; retention: until the member leaves
  wrapped $bytes NOT NULL,   -- class: sealed; retention: until the member leaves
  PRIMARY KEY (library_id, member_id, kind),
  FOREIGN KEY (library_id, member_id) REFERENCES member (library_id, id)
) $strict;
$scoped(member_wrap);

-- backup: no
CREATE TABLE session (
  library_id $id NOT NULL,     -- class: library; retention: until it ends, at most 30 days
  id $id NOT NULL,             -- class: personal; retention: until it ends, at most 30 days
  member_id $id NOT NULL,      -- class: personal; retention: until it ends, at most 30 days
  cookie_hash $bytes NOT NULL UNIQUE, -- class: sealed; retention: until it ends, at most 30 days
  wrapped $bytes,              -- class: sealed; retention: until it ends, at most 30 days
  device $text NOT NULL,       -- class: personal; retention: until it ends, at most 30 days
  shared_computer $bool NOT NULL, -- class: personal; retention: until it ends, at most 30 days
  started_on $date NOT NULL,   -- class: personal; retention: until it ends, at most 30 days
  used_on $date NOT NULL,      -- class: personal; retention: until it ends, at most 30 days
  expires_ms $time NOT NULL,   -- class: personal; retention: until it ends, at most 30 days
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, member_id) REFERENCES member (library_id, id)
) $strict;
$scoped(session);
CREATE INDEX session_member ON session (library_id, member_id);

-- backup: no
CREATE TABLE invitation (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: 14 days, or until used
  id $id NOT NULL,             -- class: library; retention: 14 days, or until used
  token_hash $bytes NOT NULL UNIQUE, -- class: sealed; retention: 14 days, or until used
  roles $int64 NOT NULL,       -- class: library; retention: 14 days, or until used
  email $text NOT NULL,        -- class: personal; retention: 14 days, or until used
  made_by $id,                 -- class: library; retention: 14 days, or until used
  made_on $date NOT NULL,      -- class: library; retention: 14 days, or until used
  expires_ms $time NOT NULL,   -- class: library; retention: 14 days, or until used
  PRIMARY KEY (library_id, id)
) $strict;
$scoped(invitation);

-- backup: no
CREATE TABLE join_code (
  library_id $id NOT NULL REFERENCES library (id), -- class: library; retention: one day
  id $id NOT NULL,             -- class: library; retention: one day
  code_hash $bytes NOT NULL UNIQUE, -- class: sealed; retention: one day
  role $text NOT NULL,         -- class: library; retention: one day
  made_by $id,                 -- class: library; retention: one day
  expires_ms $time NOT NULL,   -- class: library; retention: one day
  PRIMARY KEY (library_id, id)
) $strict;
$scoped(join_code);

-- Links by which a member sets a new password. A used or old one stays 90 days, so that the member can see who made it.
-- backup: no
CREATE TABLE sign_in_link (
  library_id $id NOT NULL,     -- class: library; retention: 90 days
  id $id NOT NULL,             -- class: library; retention: 90 days
  member_id $id NOT NULL,      -- class: personal; retention: 90 days
  token_hash $bytes NOT NULL UNIQUE, -- class: sealed; retention: 90 days
  made_by $id,                 -- class: library; retention: 90 days
  made_on $date NOT NULL,      -- class: library; retention: 90 days
  used_on $date,               -- class: personal; retention: 90 days
  expires_ms $time NOT NULL,   -- class: library; retention: 90 days
  PRIMARY KEY (library_id, id),
  FOREIGN KEY (library_id, member_id) REFERENCES member (library_id, id)
) $strict;
$scoped(sign_in_link);

-- The code on the console that lets its reader found the first library.
-- backup: no
CREATE TABLE founding_code (
  code_hash $bytes NOT NULL PRIMARY KEY, -- class: sealed; retention: until used, at most one day
  expires_ms $time NOT NULL              -- class: library; retention: until used, at most one day
) $strict;
