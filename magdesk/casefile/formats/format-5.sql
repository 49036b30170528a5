-- Format 5: what was said of a question of the Guide instead of an answer.
-- Frozen: files of this format are in use. What changes next goes into a format of its own.

-- The rows of a case.

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

CREATE TABLE "case" (
    id CHAR(32) NOT NULL,
    title TEXT NOT NULL,
    reference TEXT NOT NULL,
    version TEXT NOT NULL,
    status VARCHAR(40) NOT NULL,
    language TEXT NOT NULL,
    country TEXT NOT NULL,
    filing_date DATE,
    standard_of_proof TEXT NOT NULL,
    order_status_verified_on DATE,
    programme_check TEXT NOT NULL,
    programme_checked_on DATE,
    side_effects TEXT NOT NULL,
    bates_prefix TEXT NOT NULL,
    banner TEXT NOT NULL,
    no_adverse_statement TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    CONSTRAINT pk_case PRIMARY KEY (id)
);

CREATE TABLE adverse_item (
    id CHAR(32) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    answer TEXT NOT NULL,
    target_id CHAR(32),
    rank INTEGER NOT NULL,
    CONSTRAINT pk_adverse_item PRIMARY KEY (id),
    CONSTRAINT fk_adverse_item_target_id_target FOREIGN KEY(target_id) REFERENCES target (id)
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

CREATE TABLE ask (
    id CHAR(32) NOT NULL,
    target_id CHAR(32) NOT NULL,
    regime TEXT NOT NULL,
    text TEXT NOT NULL,
    role TEXT NOT NULL,
    summary TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_ask PRIMARY KEY (id),
    CONSTRAINT uq_ask_target_id_regime UNIQUE (target_id, regime),
    CONSTRAINT fk_ask_target_id_target FOREIGN KEY(target_id) REFERENCES target (id)
);

CREATE TABLE authority (
    id CHAR(32) NOT NULL,
    regime TEXT NOT NULL,
    citation TEXT NOT NULL,
    citation_confirmed_on DATE,
    publicity VARCHAR(40) NOT NULL,
    publicity_reason TEXT NOT NULL,
    measures TEXT NOT NULL,
    title TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_authority PRIMARY KEY (id),
    CONSTRAINT uq_authority_regime UNIQUE (regime)
);

CREATE TABLE citation (
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

CREATE TABLE consent (
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

CREATE TABLE contact (
    id CHAR(32) NOT NULL,
    organisation_id CHAR(32) NOT NULL,
    name TEXT NOT NULL,
    position TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    point_of_contact BOOLEAN NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT fk_contact_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);

CREATE TABLE detail (
    id CHAR(32) NOT NULL,
    evidence_id CHAR(32) NOT NULL,
    section TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_detail PRIMARY KEY (id),
    CONSTRAINT fk_detail_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence (id)
);

CREATE TABLE element_note (
    id CHAR(32) NOT NULL,
    legal_basis_id CHAR(32) NOT NULL,
    element TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_element_note PRIMARY KEY (id),
    CONSTRAINT uq_element_note_legal_basis_id_element UNIQUE (legal_basis_id, element),
    CONSTRAINT fk_element_note_legal_basis_id_legal_basis FOREIGN KEY(legal_basis_id) REFERENCES legal_basis (id)
);

CREATE TABLE engagement (
    id CHAR(32) NOT NULL,
    organisation_id CHAR(32) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    date VARCHAR(40),
    url TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_engagement PRIMARY KEY (id),
    CONSTRAINT fk_engagement_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);

CREATE TABLE evidence (
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

CREATE TABLE fact (
    id CHAR(32) NOT NULL,
    text TEXT NOT NULL,
    date VARCHAR(40),
    place TEXT NOT NULL,
    incident_id CHAR(32),
    rank INTEGER NOT NULL,
    CONSTRAINT pk_fact PRIMARY KEY (id),
    CONSTRAINT fk_fact_incident_id_incident FOREIGN KEY(incident_id) REFERENCES incident (id)
);

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

CREATE TABLE harm (
    id CHAR(32) NOT NULL,
    incident_id CHAR(32) NOT NULL,
    party_id CHAR(32) NOT NULL,
    description TEXT NOT NULL,
    property TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_harm PRIMARY KEY (id),
    CONSTRAINT uq_harm_incident_id_party_id UNIQUE (incident_id, party_id),
    CONSTRAINT fk_harm_incident_id_incident FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT fk_harm_party_id_party FOREIGN KEY(party_id) REFERENCES party (id)
);

CREATE TABLE hash_list (
    id CHAR(32) NOT NULL,
    day DATE NOT NULL,
    first_entry INTEGER NOT NULL,
    last_entry INTEGER NOT NULL,
    count INTEGER NOT NULL,
    root TEXT NOT NULL,
    made_at DATETIME,
    CONSTRAINT pk_hash_list PRIMARY KEY (id)
);

CREATE TABLE identifier (
    id CHAR(32) NOT NULL,
    party_id CHAR(32) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    value TEXT NOT NULL,
    date VARCHAR(40),
    country TEXT NOT NULL,
    note TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_identifier PRIMARY KEY (id),
    CONSTRAINT fk_identifier_party_id_party FOREIGN KEY(party_id) REFERENCES party (id)
);

CREATE TABLE incident (
    id CHAR(32) NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    other_kinds TEXT NOT NULL,
    start VARCHAR(40),
    "end" VARCHAR(40),
    place TEXT NOT NULL,
    country TEXT NOT NULL,
    summary TEXT NOT NULL,
    old_justification TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_incident PRIMARY KEY (id)
);

CREATE TABLE interest_argument (
    id CHAR(32) NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    regime TEXT NOT NULL,
    target_id CHAR(32),
    rank INTEGER NOT NULL,
    CONSTRAINT pk_interest_argument PRIMARY KEY (id),
    CONSTRAINT fk_interest_argument_target_id_target FOREIGN KEY(target_id) REFERENCES target (id)
);

CREATE TABLE legal_basis (
    id CHAR(32) NOT NULL,
    target_id CHAR(32) NOT NULL,
    regime TEXT NOT NULL,
    prong TEXT NOT NULL,
    abuse_type TEXT NOT NULL,
    standing VARCHAR(40) NOT NULL,
    argument TEXT NOT NULL,
    principal_id CHAR(32),
    principal_listing TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_legal_basis PRIMARY KEY (id),
    CONSTRAINT fk_legal_basis_target_id_target FOREIGN KEY(target_id) REFERENCES target (id),
    CONSTRAINT fk_legal_basis_principal_id_target FOREIGN KEY(principal_id) REFERENCES target (id)
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

CREATE TABLE name (
    id CHAR(32) NOT NULL,
    party_id CHAR(32) NOT NULL,
    text TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    script TEXT NOT NULL,
    language TEXT NOT NULL,
    system TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_name PRIMARY KEY (id),
    CONSTRAINT fk_name_party_id_party FOREIGN KEY(party_id) REFERENCES party (id)
);

CREATE TABLE organisation (
    id CHAR(32) NOT NULL,
    role VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    legal_form TEXT NOT NULL,
    founded TEXT NOT NULL,
    seats TEXT NOT NULL,
    mandate TEXT NOT NULL,
    link_to_case TEXT NOT NULL,
    contribution TEXT NOT NULL,
    website TEXT NOT NULL,
    may_be_named BOOLEAN NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_organisation PRIMARY KEY (id)
);

CREATE TABLE other_sanction (
    id CHAR(32) NOT NULL,
    jurisdiction TEXT NOT NULL,
    listed BOOLEAN NOT NULL,
    reference TEXT NOT NULL,
    listed_on VARCHAR(40),
    checked_on DATE,
    text TEXT NOT NULL,
    target_id CHAR(32),
    rank INTEGER NOT NULL,
    CONSTRAINT pk_other_sanction PRIMARY KEY (id),
    CONSTRAINT fk_other_sanction_target_id_target FOREIGN KEY(target_id) REFERENCES target (id)
);

CREATE TABLE outcome (
    id CHAR(32) NOT NULL,
    submission_id CHAR(32) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    happened_on DATE,
    due_on DATE,
    reference TEXT NOT NULL,
    text TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_outcome PRIMARY KEY (id),
    CONSTRAINT fk_outcome_submission_id_submission FOREIGN KEY(submission_id) REFERENCES submission (id)
);

CREATE TABLE participation (
    id CHAR(32) NOT NULL,
    incident_id CHAR(32) NOT NULL,
    target_id CHAR(32) NOT NULL,
    mode VARCHAR(40) NOT NULL,
    description TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_participation PRIMARY KEY (id),
    CONSTRAINT uq_participation_incident_id_target_id_mode UNIQUE (incident_id, target_id, mode),
    CONSTRAINT fk_participation_incident_id_incident FOREIGN KEY(incident_id) REFERENCES incident (id),
    CONSTRAINT fk_participation_target_id_target FOREIGN KEY(target_id) REFERENCES target (id)
);

CREATE TABLE party (
    id CHAR(32) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    short_name TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    protected BOOLEAN NOT NULL,
    description TEXT NOT NULL,
    CONSTRAINT pk_party PRIMARY KEY (id)
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

CREATE TABLE position (
    id CHAR(32) NOT NULL,
    party_id CHAR(32) NOT NULL,
    organisation_id CHAR(32),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    place TEXT NOT NULL,
    start VARCHAR(40),
    "end" VARCHAR(40),
    end_state VARCHAR(40) NOT NULL,
    government BOOLEAN NOT NULL,
    leader BOOLEAN NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_position PRIMARY KEY (id),
    CONSTRAINT fk_position_party_id_party FOREIGN KEY(party_id) REFERENCES party (id),
    CONSTRAINT fk_position_organisation_id_party FOREIGN KEY(organisation_id) REFERENCES party (id)
);

CREATE TABLE proceeding (
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

CREATE TABLE proof (
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

CREATE TABLE recipient (
    id CHAR(32) NOT NULL,
    letter TEXT NOT NULL,
    office TEXT NOT NULL,
    addressee TEXT NOT NULL,
    salutation TEXT NOT NULL,
    address TEXT NOT NULL,
    email TEXT NOT NULL,
    verified_on DATE,
    verified_by TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_recipient PRIMARY KEY (id)
);

CREATE TABLE relation (
    id CHAR(32) NOT NULL,
    party_id CHAR(32) NOT NULL,
    other_id CHAR(32) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    percent DOUBLE,
    start VARCHAR(40),
    "end" VARCHAR(40),
    end_state VARCHAR(40) NOT NULL,
    include_in_request BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_relation PRIMARY KEY (id),
    CONSTRAINT fk_relation_party_id_party FOREIGN KEY(party_id) REFERENCES party (id),
    CONSTRAINT fk_relation_other_id_party FOREIGN KEY(other_id) REFERENCES party (id)
);

CREATE TABLE section (
    id CHAR(32) NOT NULL,
    code TEXT NOT NULL,
    regime TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_section PRIMARY KEY (id),
    CONSTRAINT uq_section_code_regime UNIQUE (code, regime)
);

CREATE TABLE signoff (
    id CHAR(32) NOT NULL,
    role VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    signed_on DATE,
    statement TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_signoff PRIMARY KEY (id)
);

CREATE TABLE submission (
    id CHAR(32) NOT NULL,
    recipient_id CHAR(32),
    sent_on DATE,
    channel TEXT NOT NULL,
    message_id TEXT NOT NULL,
    version TEXT NOT NULL,
    packet_digest TEXT NOT NULL,
    note TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_submission PRIMARY KEY (id),
    CONSTRAINT fk_submission_recipient_id_recipient FOREIGN KEY(recipient_id) REFERENCES recipient (id)
);

CREATE TABLE target (
    id CHAR(32) NOT NULL,
    party_id CHAR(32) NOT NULL,
    role TEXT NOT NULL,
    request TEXT NOT NULL,
    foreign_person_basis TEXT NOT NULL,
    photo_id CHAR(32),
    namesake_check TEXT NOT NULL,
    namesake_checked_on DATE,
    designation_check TEXT NOT NULL,
    designation_checked_on DATE,
    already_designated BOOLEAN NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_target PRIMARY KEY (id),
    CONSTRAINT uq_target_party_id UNIQUE (party_id),
    CONSTRAINT fk_target_party_id_party FOREIGN KEY(party_id) REFERENCES party (id),
    CONSTRAINT fk_target_photo_id_evidence FOREIGN KEY(photo_id) REFERENCES evidence (id)
);

CREATE TABLE timestamp_proof (
    id CHAR(32) NOT NULL,
    evidence_id CHAR(32),
    hash_list_id CHAR(32),
    kind VARCHAR(40) NOT NULL,
    algorithm TEXT NOT NULL,
    stamped TEXT NOT NULL,
    stamped_at DATETIME,
    authority TEXT NOT NULL,
    bitcoin_block INTEGER,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    proof TEXT NOT NULL,
    certificates TEXT NOT NULL,
    added_at DATETIME,
    CONSTRAINT pk_timestamp_proof PRIMARY KEY (id),
    CONSTRAINT fk_timestamp_proof_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence (id),
    CONSTRAINT fk_timestamp_proof_hash_list_id_hash_list FOREIGN KEY(hash_list_id) REFERENCES hash_list (id)
);

CREATE TABLE unknown (
    id CHAR(32) NOT NULL,
    subject_id CHAR(32) NOT NULL,
    field TEXT NOT NULL,
    searched TEXT NOT NULL,
    searched_on DATE,
    note TEXT NOT NULL,
    CONSTRAINT pk_unknown PRIMARY KEY (id)
);

CREATE TABLE verification (
    id CHAR(32) NOT NULL,
    evidence_id CHAR(32) NOT NULL,
    result VARCHAR(40) NOT NULL,
    source_analysis TEXT NOT NULL,
    technical_analysis TEXT NOT NULL,
    content_analysis TEXT NOT NULL,
    verified_by TEXT NOT NULL,
    verified_on DATE,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_verification PRIMARY KEY (id),
    CONSTRAINT fk_verification_evidence_id_evidence FOREIGN KEY(evidence_id) REFERENCES evidence (id)
);

CREATE TABLE victim (
    id CHAR(32) NOT NULL,
    party_id CHAR(32) NOT NULL,
    status VARCHAR(40) NOT NULL,
    groups TEXT NOT NULL,
    present_situation TEXT NOT NULL,
    count INTEGER,
    count_most INTEGER,
    counted VARCHAR(40) NOT NULL,
    counted_in TEXT NOT NULL,
    estimate TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_victim PRIMARY KEY (id),
    CONSTRAINT uq_victim_party_id UNIQUE (party_id),
    CONSTRAINT fk_victim_party_id_party FOREIGN KEY(party_id) REFERENCES party (id)
);

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

CREATE TABLE witness (
    id CHAR(32) NOT NULL,
    party_id CHAR(32) NOT NULL,
    basis_of_knowledge TEXT NOT NULL,
    interviewed_by TEXT NOT NULL,
    interviewed_on VARCHAR(40),
    prior_statements TEXT NOT NULL,
    risk TEXT NOT NULL,
    risk_assessed_on DATE,
    rank INTEGER NOT NULL,
    CONSTRAINT pk_witness PRIMARY KEY (id),
    CONSTRAINT uq_witness_party_id UNIQUE (party_id),
    CONSTRAINT fk_witness_party_id_party FOREIGN KEY(party_id) REFERENCES party (id)
);

CREATE INDEX ix_adverse_item_target_id ON adverse_item (target_id);
CREATE INDEX ix_answer_target_id ON answer (target_id);
CREATE INDEX ix_ask_target_id ON ask (target_id);
CREATE INDEX ix_asset_holder_id ON asset (holder_id);
CREATE INDEX ix_asset_target_id ON asset (target_id);
CREATE INDEX ix_authentication_evidence_id ON authentication (evidence_id);
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
CREATE INDEX ix_consent_guardian_id ON consent (guardian_id);
CREATE INDEX ix_consent_party_id ON consent (party_id);
CREATE INDEX ix_consent_recipient_id ON consent (recipient_id);
CREATE INDEX ix_contact_organisation_id ON contact (organisation_id);
CREATE INDEX ix_detail_evidence_id ON detail (evidence_id);
CREATE INDEX ix_element_note_legal_basis_id ON element_note (legal_basis_id);
CREATE INDEX ix_engagement_organisation_id ON engagement (organisation_id);
CREATE INDEX ix_evidence_derived_from_id ON evidence (derived_from_id);
CREATE INDEX ix_evidence_part_of_id ON evidence (part_of_id);
CREATE INDEX ix_evidence_sha256 ON evidence (sha256);
CREATE INDEX ix_evidence_speaker_id ON evidence (speaker_id);
CREATE INDEX ix_evidence_supplier_id ON evidence (supplier_id);
CREATE INDEX ix_evidence_translation_of_id ON evidence (translation_of_id);
CREATE INDEX ix_fact_incident_id ON fact (incident_id);
CREATE INDEX ix_harm_incident_id ON harm (incident_id);
CREATE INDEX ix_harm_party_id ON harm (party_id);
CREATE INDEX ix_identifier_party_id ON identifier (party_id);
CREATE INDEX ix_interest_argument_target_id ON interest_argument (target_id);
CREATE INDEX ix_legal_basis_regime_prong ON legal_basis (regime, prong);
CREATE INDEX ix_legal_basis_target_id ON legal_basis (target_id);
CREATE INDEX ix_name_party_id ON name (party_id);
CREATE INDEX ix_other_sanction_target_id ON other_sanction (target_id);
CREATE INDEX ix_outcome_submission_id ON outcome (submission_id);
CREATE INDEX ix_participation_incident_id ON participation (incident_id);
CREATE INDEX ix_participation_target_id ON participation (target_id);
CREATE INDEX ix_payment_incident_id ON payment (incident_id);
CREATE INDEX ix_payment_payee_id ON payment (payee_id);
CREATE INDEX ix_payment_payer_id ON payment (payer_id);
CREATE INDEX ix_position_organisation_id ON position (organisation_id);
CREATE INDEX ix_position_party_id ON position (party_id);
CREATE INDEX ix_proceeding_target_id ON proceeding (target_id);
CREATE INDEX ix_proceeding_victim_id ON proceeding (victim_id);
CREATE INDEX ix_proof_fact_id ON proof (fact_id);
CREATE INDEX ix_proof_legal_basis_id ON proof (legal_basis_id);
CREATE INDEX ix_proof_participation_id ON proof (participation_id);
CREATE INDEX ix_relation_other_id ON relation (other_id);
CREATE INDEX ix_relation_party_id ON relation (party_id);
CREATE INDEX ix_submission_recipient_id ON submission (recipient_id);
CREATE INDEX ix_timestamp_proof_evidence_id ON timestamp_proof (evidence_id);
CREATE INDEX ix_timestamp_proof_hash_list_id ON timestamp_proof (hash_list_id);
CREATE INDEX ix_verification_evidence_id ON verification (evidence_id);
CREATE UNIQUE INDEX ix_unknown_subject_field ON unknown (subject_id, field);

-- What keeps them: journal, custody ledger, evidence bytes, index.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE journal_step (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    undoes TEXT,
    custody TEXT NOT NULL,
    digest TEXT NOT NULL
);

CREATE TABLE journal_row (
    step INTEGER NOT NULL REFERENCES journal_step (number),
    table_name TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (step, table_name, key)
);

CREATE TABLE custody (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    evidence TEXT NOT NULL,
    at TEXT NOT NULL,
    stated TEXT NOT NULL,
    actor TEXT NOT NULL,
    tool TEXT NOT NULL,
    kind TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    medium TEXT NOT NULL,
    note TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX ix_custody_evidence ON custody (evidence, sequence);

CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    sha256 TEXT UNIQUE,
    size INTEGER NOT NULL,
    chunk_size INTEGER NOT NULL
);

CREATE INDEX ix_blob_size ON blob (size);

CREATE TABLE chunk (
    blob INTEGER NOT NULL REFERENCES blob (id),
    number INTEGER NOT NULL,
    digest BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (blob, number)
);

CREATE TABLE text_item (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    layer INTEGER NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0,
    UNIQUE (key, kind, layer)
);

CREATE INDEX ix_text_item_hidden ON text_item (id) WHERE hidden;

CREATE TABLE text_body (id INTEGER PRIMARY KEY, body TEXT NOT NULL);

CREATE VIRTUAL TABLE page_index USING fts5 (
    words, content='', contentless_delete=1, prefix='1 2 3', tokenize='ascii'
);

CREATE VIRTUAL TABLE row_index USING fts5 (
    title, source, words, keys, hidden, content='', contentless_delete=1, prefix='1 2 3', tokenize='ascii'
);

-- Triggers that refuse to change what is only ever added to.

CREATE TRIGGER custody_order BEFORE INSERT ON custody
    WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM custody)
    BEGIN SELECT RAISE(ABORT, 'the custody ledger is only added to at its end'); END;

CREATE TRIGGER custody_update BEFORE UPDATE ON custody
    BEGIN SELECT RAISE(ABORT, 'custody is never changed'); END;

CREATE TRIGGER custody_delete BEFORE DELETE ON custody
    BEGIN SELECT RAISE(ABORT, 'custody is never changed'); END;

CREATE TRIGGER journal_step_update BEFORE UPDATE ON journal_step
    BEGIN SELECT RAISE(ABORT, 'journal_step is never changed'); END;

CREATE TRIGGER journal_step_delete BEFORE DELETE ON journal_step
    BEGIN SELECT RAISE(ABORT, 'journal_step is never changed'); END;

CREATE TRIGGER journal_row_update BEFORE UPDATE ON journal_row
    BEGIN SELECT RAISE(ABORT, 'journal_row is never changed'); END;

CREATE TRIGGER journal_row_delete BEFORE DELETE ON journal_row
    BEGIN SELECT RAISE(ABORT, 'journal_row is never changed'); END;
