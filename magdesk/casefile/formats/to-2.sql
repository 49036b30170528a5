-- From format 1 to format 2. Frozen: it has been taken by files in use.

CREATE TABLE waiver (
    id CHAR(32) NOT NULL,
    code TEXT NOT NULL,
    subject_id CHAR(32),
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    waived_by TEXT NOT NULL,
    waived_on DATE,
    CONSTRAINT pk_waiver PRIMARY KEY (id),
    CONSTRAINT uq_waiver_code_subject_id_field UNIQUE (code, subject_id, field)
);

CREATE TABLE answer (
    id CHAR(32) NOT NULL,
    target_id CHAR(32),
    question TEXT NOT NULL,
    value TEXT NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_answer PRIMARY KEY (id),
    CONSTRAINT uq_answer_target_id_question UNIQUE (target_id, question),
    CONSTRAINT fk_answer_target_id_target FOREIGN KEY(target_id) REFERENCES target (id)
);

CREATE INDEX ix_answer_target_id ON answer (target_id);

CREATE TABLE ask (
    id CHAR(32) NOT NULL,
    target_id CHAR(32) NOT NULL,
    regime TEXT NOT NULL,
    text TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_ask PRIMARY KEY (id),
    CONSTRAINT uq_ask_target_id_regime UNIQUE (target_id, regime),
    CONSTRAINT fk_ask_target_id_target FOREIGN KEY(target_id) REFERENCES target (id)
);

CREATE INDEX ix_ask_target_id ON ask (target_id);

ALTER TABLE authority ADD COLUMN measures TEXT NOT NULL DEFAULT '';
