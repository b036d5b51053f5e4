-- A list that was open when a backup was restored began again, empty: whoever had marked is told so.
ALTER TABLE checklist ADD COLUMN restarted_on $date;  -- class: library; retention: with the workbook
