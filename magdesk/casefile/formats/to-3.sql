-- From format 2 to format 3. Frozen: it has been taken by files in use.

ALTER TABLE citation ADD COLUMN seen_by TEXT NOT NULL DEFAULT '';

ALTER TABLE citation ADD COLUMN seen_on DATE;

ALTER TABLE citation ADD COLUMN seen_words TEXT NOT NULL DEFAULT '';
