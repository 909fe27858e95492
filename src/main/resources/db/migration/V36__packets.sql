-- Outside recipients 系统外接收单位: to whom packets may be sent, without an account. Written by the owner's role only, as the directory is.
CREATE TABLE outside_recipient (
    id          varchar(64)  PRIMARY KEY,
    kind        varchar(32)  NOT NULL CHECK (kind IN ('COURT', 'POLICE', 'PROCURATORATE', 'AGENCY', 'JUSTICE_BUREAU',
        'SUPERVISORY_COMMISSION', 'DETENTION_HOUSE', 'COMMUNITY_CORRECTION')),
    division    varchar(6)   NOT NULL CHECK (division ~ '^[0-9]{6}$'),
    name_zh     varchar(200) NOT NULL CHECK (btrim(name_zh) <> ''),
    name_en     varchar(200) NOT NULL CHECK (btrim(name_en) <> ''),
    certificate bytea,
    -- SHA-256 of the SubjectPublicKeyInfo: one private key has one holder, inside or outside.
    public_key  varchar(64)  UNIQUE CHECK (public_key ~ '^[0-9a-f]{64}$'),
    active      boolean      NOT NULL,
    CONSTRAINT outside_recipient_id_form CHECK (id ~ ('^OUT-' || division || '-[a-z][a-z0-9]*$')),
    CONSTRAINT outside_recipient_key CHECK ((certificate IS NULL) = (public_key IS NULL))
);
CREATE TRIGGER outside_recipient_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON outside_recipient
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
GRANT SELECT ON outside_recipient TO xietong_app;

-- What was sent to whom. Made once; what may be added is who first collected it. No passphrase stands anywhere.
CREATE TABLE packet (
    id              uuid        PRIMARY KEY,
    record_id       uuid        NOT NULL REFERENCES record,
    record_version  integer     NOT NULL CHECK (record_version > 0),
    recipient       varchar(64) NOT NULL REFERENCES outside_recipient,
    by_unit         text        NOT NULL,
    by_officer      text        NOT NULL,
    at              timestamptz NOT NULL,
    exchange_id     uuid        NOT NULL,
    view            text        NOT NULL CHECK (view IN ('SUMMARY', 'FULL')),
    rule            text        NOT NULL,
    purpose         text        NOT NULL,
    document_number text        NOT NULL,
    attachments     uuid[]      NOT NULL,
    -- Key id of the certificate that it is sealed to; none = to a passphrase.
    sealed_to       text        CHECK (sealed_to ~ '^[0-9a-f]{64}$'),
    size            bigint      NOT NULL CHECK (size > 0),
    sha256          bytea       NOT NULL CHECK (octet_length(sha256) = 32),
    sm3             bytea       NOT NULL CHECK (octet_length(sm3) = 32),
    -- The packet whose place it takes, e.g. because the passphrase was lost; each is replaced once.
    replaces        uuid        UNIQUE REFERENCES packet,
    collected_at    timestamptz,
    collected_in    uuid,
    CONSTRAINT packet_collected CHECK ((collected_at IS NULL) = (collected_in IS NULL))
);
CREATE INDEX packet_record ON packet (record_id, at, id);

-- The sealed bytes, apart from what is known of them, since they go when anything in them is erased.
CREATE TABLE packet_bytes (
    packet    uuid  PRIMARY KEY REFERENCES packet,
    record_id uuid  NOT NULL REFERENCES record,
    bytes     bytea NOT NULL
);
CREATE INDEX packet_bytes_record ON packet_bytes (record_id);

-- One answer to a packet: signed by the recipient's certificate, or a scan that an officer of the sender entered.
CREATE TABLE packet_receipt (
    packet      uuid        PRIMARY KEY REFERENCES packet,
    record_id   uuid        NOT NULL REFERENCES record,
    outcome     text        NOT NULL CHECK (outcome IN ('RECEIVED', 'RETURNED')),
    reason      text,
    received_on date,
    signature   bytea,
    certificate bytea,
    scan        uuid        REFERENCES attachment,
    by_unit     text        NOT NULL,
    by_officer  text        NOT NULL,
    at          timestamptz NOT NULL,
    exchange_id uuid        NOT NULL,
    CONSTRAINT packet_receipt_one_form CHECK ((signature IS NULL) = (certificate IS NULL) AND (scan IS NULL) = (signature IS NOT NULL)),
    CONSTRAINT packet_receipt_reason CHECK (outcome = 'RECEIVED' OR reason IS NOT NULL)
);
CREATE INDEX packet_receipt_record ON packet_receipt (record_id);

-- A packet and its receipt stay what they were, but for what an erasure blanks.
CREATE FUNCTION packet_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF ROW (NEW.id, NEW.record_id, NEW.record_version, NEW.recipient, NEW.by_unit, NEW.by_officer, NEW.at, NEW.exchange_id, NEW.view,
            NEW.rule, NEW.sealed_to, NEW.size, NEW.sha256, NEW.sm3, NEW.replaces)
        IS DISTINCT FROM
        ROW (OLD.id, OLD.record_id, OLD.record_version, OLD.recipient, OLD.by_unit, OLD.by_officer, OLD.at, OLD.exchange_id, OLD.view,
            OLD.rule, OLD.sealed_to, OLD.size, OLD.sha256, OLD.sm3, OLD.replaces)
        OR (OLD.collected_at IS NOT NULL
            AND ROW (NEW.collected_at, NEW.collected_in) IS DISTINCT FROM ROW (OLD.collected_at, OLD.collected_in))
    THEN
        RAISE EXCEPTION 'a packet is never altered' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER stays BEFORE UPDATE ON packet FOR EACH ROW EXECUTE FUNCTION packet_stays();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON packet FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON packet_receipt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT, UPDATE (collected_at, collected_in) ON packet TO xietong_app;
GRANT SELECT, INSERT ON packet_bytes, packet_receipt TO xietong_app;

-- Erasing: whatever of a record is erased, the sealed copies of it go, with the words that stand beside them. What has left the system
-- cannot be fetched back; that it left, when and to whom stays.
CREATE FUNCTION blank_packets() RETURNS trigger LANGUAGE plpgsql SET search_path = xietong, pg_temp AS $$
BEGIN
    DELETE FROM packet_bytes WHERE record_id = NEW.record_id;
    UPDATE packet SET purpose = '', document_number = '' WHERE record_id = NEW.record_id AND document_number <> '';
    UPDATE packet_receipt SET reason = '' WHERE record_id = NEW.record_id AND reason <> '';
    RETURN NULL;
END
$$;
CREATE TRIGGER blank_packets AFTER INSERT ON record_version FOR EACH ROW WHEN (NEW.act = 'erase') EXECUTE FUNCTION blank_packets();
CREATE TRIGGER blank_packets AFTER UPDATE OF erased_at ON attachment FOR EACH ROW
    WHEN (NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL) EXECUTE FUNCTION blank_packets();
REVOKE ALL ON FUNCTION packet_stays(), blank_packets() FROM PUBLIC;
