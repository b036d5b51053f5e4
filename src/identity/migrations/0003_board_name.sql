-- Since when a member agrees that their name, and not their job, stands on pages for the board; none: it does not.
ALTER TABLE member ADD COLUMN board_name_on $date;  -- class: personal; retention: until the member leaves
