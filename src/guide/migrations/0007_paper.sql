-- A list that was marked on paper and typed in as one batch: nobody knows who was asked.
ALTER TABLE checklist ADD COLUMN paper $bool NOT NULL DEFAULT false;  -- class: library; retention: with the workbook
