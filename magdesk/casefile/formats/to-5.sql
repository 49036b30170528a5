-- From format 4 to format 5. Frozen: it has been taken by files in use.

CREATE TABLE guide_mark (
    id CHAR(32) NOT NULL,
    screen TEXT NOT NULL,
    subject_id CHAR(32),
    state VARCHAR(40) NOT NULL,
    note TEXT NOT NULL,
    marked_by TEXT NOT NULL,
    marked_on DATE,
    CONSTRAINT pk_guide_mark PRIMARY KEY (id),
    CONSTRAINT uq_guide_mark_screen_subject_id UNIQUE (screen, subject_id)
);
