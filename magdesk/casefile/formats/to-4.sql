-- From format 3 to format 4. Frozen: it has been taken by files in use.

CREATE TABLE asset (
    id CHAR(32) NOT NULL,
    target_id CHAR(32) NOT NULL,
    holder_id CHAR(32),
    kind VARCHAR(40) NOT NULL,
    description TEXT NOT NULL,
    place TEXT NOT NULL,
    country TEXT NOT NULL,
    number TEXT NOT NULL,
    value VARCHAR(40),
    currency TEXT NOT NULL,
    valued_on VARCHAR(40),
    held_since VARCHAR(40),
    note TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_asset PRIMARY KEY (id),
    CONSTRAINT fk_asset_target_id_target FOREIGN KEY(target_id) REFERENCES target (id),
    CONSTRAINT fk_asset_holder_id_party FOREIGN KEY(holder_id) REFERENCES party (id)
);

CREATE TABLE authentication (
    id CHAR(32) NOT NULL,
    evidence_id CHAR(32) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    text TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done_on DATE,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_authentication PRIMARY KEY (id),
    CONSTRAINT fk_authentication_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence (id)
);

CREATE TABLE list_search (
    id CHAR(32) NOT NULL,
    name TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    as_of VARCHAR(40),
    searched_on DATE,
    searched_by TEXT NOT NULL,
    result TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_list_search PRIMARY KEY (id)
);

CREATE TABLE payment (
    id CHAR(32) NOT NULL,
    amount VARCHAR(40),
    currency TEXT NOT NULL,
    date VARCHAR(40),
    payer_id CHAR(32),
    payee_id CHAR(32),
    from_account TEXT NOT NULL,
    to_account TEXT NOT NULL,
    purpose TEXT NOT NULL,
    incident_id CHAR(32),
    rank INTEGER NOT NULL,
    CONSTRAINT pk_payment PRIMARY KEY (id),
    CONSTRAINT fk_payment_payer_id_party FOREIGN KEY(payer_id) REFERENCES party (id),
    CONSTRAINT fk_payment_payee_id_party FOREIGN KEY(payee_id) REFERENCES party (id),
    CONSTRAINT fk_payment_incident_id_incident FOREIGN KEY(incident_id) REFERENCES incident (id)
);

ALTER TABLE ask ADD COLUMN role TEXT NOT NULL DEFAULT '';

ALTER TABLE ask ADD COLUMN summary TEXT NOT NULL DEFAULT '';

ALTER TABLE authority ADD COLUMN title TEXT NOT NULL DEFAULT '';

ALTER TABLE harm ADD COLUMN property TEXT NOT NULL DEFAULT '';

ALTER TABLE incident ADD COLUMN other_kinds TEXT NOT NULL DEFAULT '';

ALTER TABLE victim ADD COLUMN count INTEGER;

ALTER TABLE victim ADD COLUMN count_most INTEGER;

ALTER TABLE victim ADD COLUMN counted VARCHAR(40) NOT NULL DEFAULT 'about';

ALTER TABLE victim ADD COLUMN counted_in TEXT NOT NULL DEFAULT '';

ALTER TABLE victim ADD COLUMN estimate TEXT NOT NULL DEFAULT '';

CREATE TABLE citation_new (
    id CHAR(32) NOT NULL,
    evidence_id CHAR(32) NOT NULL,
    pinpoint_kind VARCHAR(40) NOT NULL,
    pinpoint TEXT NOT NULL,
    quote TEXT NOT NULL,
    quote_english TEXT NOT NULL,
    stance VARCHAR(40) NOT NULL,
    note TEXT NOT NULL,
    seen_by TEXT NOT NULL,
    seen_on DATE,
    seen_words TEXT NOT NULL,
    fact_id CHAR(32),
    name_id CHAR(32),
    identifier_id CHAR(32),
    position_id CHAR(32),
    relation_id CHAR(32),
    participation_id CHAR(32),
    adverse_item_id CHAR(32),
    interest_argument_id CHAR(32),
    proceeding_id CHAR(32),
    other_sanction_id CHAR(32),
    victim_id CHAR(32),
    authentication_id CHAR(32),
    asset_id CHAR(32),
    payment_id CHAR(32),
    rank INTEGER NOT NULL,
    CONSTRAINT pk_citation PRIMARY KEY (id),
    CONSTRAINT ck_citation_one_owner CHECK ((fact_id IS NOT NULL) + (name_id IS NOT NULL) + (identifier_id IS NOT NULL) + (position_id IS NOT NULL) + (relation_id IS NOT NULL) + (participation_id IS NOT NULL) + (adverse_item_id IS NOT NULL) + (interest_argument_id IS NOT NULL) + (proceeding_id IS NOT NULL) + (other_sanction_id IS NOT NULL) + (victim_id IS NOT NULL) + (authentication_id IS NOT NULL) + (asset_id IS NOT NULL) + (payment_id IS NOT NULL) = 1),
    CONSTRAINT fk_citation_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence (id),
    CONSTRAINT fk_citation_fact_id_fact FOREIGN KEY(fact_id) REFERENCES fact (id),
    CONSTRAINT fk_citation_name_id_name FOREIGN KEY(name_id) REFERENCES name (id),
    CONSTRAINT fk_citation_identifier_id_identifier FOREIGN KEY(identifier_id) REFERENCES identifier (id),
    CONSTRAINT fk_citation_position_id_position FOREIGN KEY(position_id) REFERENCES position (id),
    CONSTRAINT fk_citation_relation_id_relation FOREIGN KEY(relation_id) REFERENCES relation (id),
    CONSTRAINT fk_citation_participation_id_participation FOREIGN KEY(participation_id) REFERENCES participation (id),
    CONSTRAINT fk_citation_adverse_item_id_adverse_item FOREIGN KEY(adverse_item_id) REFERENCES adverse_item (id),
    CONSTRAINT fk_citation_interest_argument_id_interest_argument FOREIGN KEY(interest_argument_id) REFERENCES interest_argument (id),
    CONSTRAINT fk_citation_proceeding_id_proceeding FOREIGN KEY(proceeding_id) REFERENCES proceeding (id),
    CONSTRAINT fk_citation_other_sanction_id_other_sanction FOREIGN KEY(other_sanction_id) REFERENCES other_sanction (id),
    CONSTRAINT fk_citation_victim_id_victim FOREIGN KEY(victim_id) REFERENCES victim (id),
    CONSTRAINT fk_citation_authentication_id_authentication FOREIGN KEY(authentication_id) REFERENCES authentication (id),
    CONSTRAINT fk_citation_asset_id_asset FOREIGN KEY(asset_id) REFERENCES asset (id),
    CONSTRAINT fk_citation_payment_id_payment FOREIGN KEY(payment_id) REFERENCES payment (id)
);

INSERT INTO citation_new (
    id, evidence_id, pinpoint_kind, pinpoint, quote, quote_english, stance, note, seen_by, seen_on,
    seen_words, fact_id, name_id, identifier_id, position_id, relation_id, participation_id,
    adverse_item_id, interest_argument_id, proceeding_id, other_sanction_id, rank
)
SELECT
    id, evidence_id, pinpoint_kind, pinpoint, quote, quote_english, stance, note, seen_by, seen_on,
    seen_words, fact_id, name_id, identifier_id, position_id, relation_id, participation_id,
    adverse_item_id, interest_argument_id, proceeding_id, other_sanction_id, rank
FROM citation;

DROP TABLE citation;

ALTER TABLE citation_new RENAME TO citation;

CREATE INDEX ix_citation_adverse_item_id ON citation (adverse_item_id);

CREATE INDEX ix_citation_asset_id ON citation (asset_id);

CREATE INDEX ix_citation_authentication_id ON citation (authentication_id);

CREATE INDEX ix_citation_evidence_id ON citation (evidence_id);

CREATE INDEX ix_citation_fact_id ON citation (fact_id);

CREATE INDEX ix_citation_identifier_id ON citation (identifier_id);

CREATE INDEX ix_citation_interest_argument_id ON citation (interest_argument_id);

CREATE INDEX ix_citation_name_id ON citation (name_id);

CREATE INDEX ix_citation_other_sanction_id ON citation (other_sanction_id);

CREATE INDEX ix_citation_participation_id ON citation (participation_id);

CREATE INDEX ix_citation_payment_id ON citation (payment_id);

CREATE INDEX ix_citation_position_id ON citation (position_id);

CREATE INDEX ix_citation_proceeding_id ON citation (proceeding_id);

CREATE INDEX ix_citation_relation_id ON citation (relation_id);

CREATE INDEX ix_citation_victim_id ON citation (victim_id);

CREATE TABLE consent_new (
    id CHAR(32) NOT NULL,
    party_id CHAR(32) NOT NULL,
    level VARCHAR(40) NOT NULL,
    obtained_on DATE,
    obtained_by TEXT NOT NULL,
    language TEXT NOT NULL,
    interpreter TEXT NOT NULL,
    scope TEXT NOT NULL,
    informed_of_disclosure_risk BOOLEAN NOT NULL,
    review_on DATE,
    withdrawn_at DATETIME,
    form_id CHAR(32),
    recipient_id CHAR(32),
    guardian_id CHAR(32),
    CONSTRAINT pk_consent PRIMARY KEY (id),
    CONSTRAINT fk_consent_party_id_party FOREIGN KEY(party_id) REFERENCES party (id),
    CONSTRAINT fk_consent_form_id_evidence FOREIGN KEY(form_id) REFERENCES evidence (id),
    CONSTRAINT fk_consent_recipient_id_recipient FOREIGN KEY(recipient_id) REFERENCES recipient (id),
    CONSTRAINT fk_consent_guardian_id_party FOREIGN KEY(guardian_id) REFERENCES party (id)
);

INSERT INTO consent_new (
    id, party_id, level, obtained_on, obtained_by, language, interpreter, scope,
    informed_of_disclosure_risk, review_on, withdrawn_at, form_id
)
SELECT
    id, party_id, level, obtained_on, obtained_by, language, interpreter, scope,
    informed_of_disclosure_risk, review_on, withdrawn_at, form_id
FROM consent;

DROP TABLE consent;

ALTER TABLE consent_new RENAME TO consent;

CREATE INDEX ix_consent_guardian_id ON consent (guardian_id);

CREATE INDEX ix_consent_party_id ON consent (party_id);

CREATE INDEX ix_consent_recipient_id ON consent (recipient_id);

CREATE TABLE evidence_new (
    id CHAR(32) NOT NULL,
    title TEXT NOT NULL,
    title_english TEXT NOT NULL,
    source_type VARCHAR(40) NOT NULL,
    author TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published VARCHAR(40),
    document_number TEXT NOT NULL,
    language TEXT NOT NULL,
    translator TEXT NOT NULL,
    cite_as TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    pages INTEGER,
    width INTEGER,
    height INTEGER,
    duration DOUBLE,
    text_layer BOOLEAN NOT NULL,
    reading_note TEXT NOT NULL,
    password TEXT NOT NULL,
    added_at DATETIME,
    url TEXT NOT NULL,
    archive_url TEXT NOT NULL,
    accessed_at DATETIME,
    capture_method TEXT NOT NULL,
    obtained_by TEXT NOT NULL,
    obtained_from TEXT NOT NULL,
    obtained_on VARCHAR(40),
    obtained_where TEXT NOT NULL,
    obtained_how TEXT NOT NULL,
    device TEXT NOT NULL,
    context TEXT NOT NULL,
    copy VARCHAR(40) NOT NULL,
    lawfulness TEXT NOT NULL,
    grade VARCHAR(40),
    reliability VARCHAR(40) NOT NULL,
    credibility VARCHAR(40) NOT NULL,
    bias_note TEXT NOT NULL,
    verification TEXT NOT NULL,
    verified_on DATE,
    access VARCHAR(40) NOT NULL,
    produce BOOLEAN NOT NULL,
    translation_of_id CHAR(32),
    derived_from_id CHAR(32),
    part_of_id CHAR(32),
    speaker_id CHAR(32),
    supplier_id CHAR(32),
    rank INTEGER NOT NULL,
    CONSTRAINT pk_evidence PRIMARY KEY (id),
    CONSTRAINT fk_evidence_translation_of_id_evidence FOREIGN KEY(translation_of_id) REFERENCES evidence (id),
    CONSTRAINT fk_evidence_derived_from_id_evidence FOREIGN KEY(derived_from_id) REFERENCES evidence (id),
    CONSTRAINT fk_evidence_part_of_id_evidence FOREIGN KEY(part_of_id) REFERENCES evidence (id),
    CONSTRAINT fk_evidence_speaker_id_party FOREIGN KEY(speaker_id) REFERENCES party (id),
    CONSTRAINT fk_evidence_supplier_id_party FOREIGN KEY(supplier_id) REFERENCES party (id)
);

INSERT INTO evidence_new (
    id, title, title_english, source_type, author, publisher, published, document_number, language,
    translator, cite_as, file_name, sha256, size, media_type, pages, width, height, duration, text_layer,
    reading_note, password, added_at, url, archive_url, accessed_at, capture_method, obtained_by,
    obtained_from, obtained_on, obtained_where, obtained_how, device, context, copy, lawfulness, grade,
    reliability, credibility, bias_note, verification, verified_on, access, produce, translation_of_id,
    derived_from_id, part_of_id, speaker_id, rank
)
SELECT
    id, title, title_english, source_type, author, publisher, published, document_number, language,
    translator, cite_as, file_name, sha256, size, media_type, pages, width, height, duration, text_layer,
    reading_note, password, added_at, url, archive_url, accessed_at, capture_method, obtained_by,
    obtained_from, obtained_on, obtained_where, obtained_how, device, context, copy, lawfulness, grade,
    reliability, credibility, bias_note, verification, verified_on, access, produce, translation_of_id,
    derived_from_id, part_of_id, speaker_id, rank
FROM evidence;

DROP TABLE evidence;

ALTER TABLE evidence_new RENAME TO evidence;

CREATE INDEX ix_evidence_derived_from_id ON evidence (derived_from_id);

CREATE INDEX ix_evidence_part_of_id ON evidence (part_of_id);

CREATE INDEX ix_evidence_sha256 ON evidence (sha256);

CREATE INDEX ix_evidence_speaker_id ON evidence (speaker_id);

CREATE INDEX ix_evidence_supplier_id ON evidence (supplier_id);

CREATE INDEX ix_evidence_translation_of_id ON evidence (translation_of_id);

CREATE TABLE interest_argument_new (
    id CHAR(32) NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    regime TEXT NOT NULL,
    target_id CHAR(32),
    rank INTEGER NOT NULL,
    CONSTRAINT pk_interest_argument PRIMARY KEY (id),
    CONSTRAINT fk_interest_argument_target_id_target FOREIGN KEY(target_id) REFERENCES target (id)
);

INSERT INTO interest_argument_new (
    id, code, text, rank, regime
)
SELECT
    id, code, text, rank, ''
FROM interest_argument;

DROP TABLE interest_argument;

ALTER TABLE interest_argument_new RENAME TO interest_argument;

CREATE INDEX ix_interest_argument_target_id ON interest_argument (target_id);

CREATE TABLE proceeding_new (
    id CHAR(32) NOT NULL,
    forum TEXT NOT NULL,
    domestic BOOLEAN NOT NULL,
    status VARCHAR(40) NOT NULL,
    date VARCHAR(40),
    text TEXT NOT NULL,
    target_id CHAR(32),
    victim_id CHAR(32),
    rank INTEGER NOT NULL,
    CONSTRAINT pk_proceeding PRIMARY KEY (id),
    CONSTRAINT fk_proceeding_target_id_target FOREIGN KEY(target_id) REFERENCES target (id),
    CONSTRAINT fk_proceeding_victim_id_party FOREIGN KEY(victim_id) REFERENCES party (id)
);

INSERT INTO proceeding_new (
    id, forum, domestic, status, date, text, target_id, rank
)
SELECT
    id, forum, domestic, status, date, text, target_id, rank
FROM proceeding;

DROP TABLE proceeding;

ALTER TABLE proceeding_new RENAME TO proceeding;

CREATE INDEX ix_proceeding_target_id ON proceeding (target_id);

CREATE INDEX ix_proceeding_victim_id ON proceeding (victim_id);

CREATE TABLE proof_new (
    id CHAR(32) NOT NULL,
    fact_id CHAR(32) NOT NULL,
    legal_basis_id CHAR(32),
    kind TEXT,
    participation_id CHAR(32),
    element TEXT NOT NULL,
    CONSTRAINT pk_proof PRIMARY KEY (id),
    CONSTRAINT ck_proof_one_scope CHECK ((legal_basis_id IS NOT NULL) + (kind IS NOT NULL) + (participation_id IS NOT NULL) = 1),
    CONSTRAINT uq_proof_fact_id_legal_basis_id_element UNIQUE (fact_id, legal_basis_id, element),
    CONSTRAINT uq_proof_fact_id_kind_element UNIQUE (fact_id, kind, element),
    CONSTRAINT uq_proof_fact_id_participation_id_element UNIQUE (fact_id, participation_id, element),
    CONSTRAINT fk_proof_fact_id_fact FOREIGN KEY(fact_id) REFERENCES fact (id),
    CONSTRAINT fk_proof_legal_basis_id_legal_basis FOREIGN KEY(legal_basis_id) REFERENCES legal_basis (id),
    CONSTRAINT fk_proof_participation_id_participation FOREIGN KEY(participation_id) REFERENCES participation (id)
);

INSERT INTO proof_new (
    id, fact_id, legal_basis_id, element
)
SELECT
    id, fact_id, legal_basis_id, element
FROM proof;

DROP TABLE proof;

ALTER TABLE proof_new RENAME TO proof;

CREATE INDEX ix_proof_fact_id ON proof (fact_id);

CREATE INDEX ix_proof_legal_basis_id ON proof (legal_basis_id);

CREATE INDEX ix_proof_participation_id ON proof (participation_id);

CREATE INDEX ix_asset_holder_id ON asset (holder_id);

CREATE INDEX ix_asset_target_id ON asset (target_id);

CREATE INDEX ix_authentication_evidence_id ON authentication (evidence_id);

CREATE INDEX ix_payment_incident_id ON payment (incident_id);

CREATE INDEX ix_payment_payee_id ON payment (payee_id);

CREATE INDEX ix_payment_payer_id ON payment (payer_id);
