-- When somebody last looked at an action: changed it or noted how it goes. None: not since it was written down before this.
ALTER TABLE action ADD COLUMN looked_ms $time;  -- class: library; retention: with the library
