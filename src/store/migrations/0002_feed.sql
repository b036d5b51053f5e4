-- How far the feed of one library is: asked by every page that keeps what it read.
CREATE INDEX change_library ON change (library_id, sequence);
