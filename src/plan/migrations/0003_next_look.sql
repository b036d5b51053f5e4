-- When somebody means to look at an action again. None: a month after the last look.
ALTER TABLE action ADD COLUMN look_on $date;  -- class: library; retention: with the library
