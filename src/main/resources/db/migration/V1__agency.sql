-- Who takes part (room agency). Changed by the owner's role only (import, suspend, resume); the application reads.
-- Schema `xietong` and the roles are made by deploy/database/roles.sql; unqualified names follow the search_path.

CREATE TABLE unit (
    id          varchar(64)  PRIMARY KEY,
    agency      varchar(16)  NOT NULL CHECK (agency IN ('COURT', 'PROC', 'POLICE', 'MSA', 'IPO', 'COPYRIGHT', 'MED', 'AUD')),
    division    varchar(6)   NOT NULL CHECK (division ~ '^[0-9]{6}$'),
    name        varchar(200) NOT NULL CHECK (btrim(name) <> ''),
    parent      varchar(64),
    responsible varchar(100) NOT NULL DEFAULT '',
    telephone   varchar(50)  NOT NULL DEFAULT '',
    active      boolean      NOT NULL,
    valid_from  timestamptz  NOT NULL,
    valid_to    timestamptz,
    UNIQUE (id, agency),
    -- The superior unit is of the same agency.
    FOREIGN KEY (parent, agency) REFERENCES unit (id, agency) DEFERRABLE INITIALLY DEFERRED,
    -- The id tells agency and division; a second unit of the same division carries a suffix that begins with a letter,
    -- so that no unit and no officer ever share an id (both stand in one column of the materialised sight).
    CONSTRAINT unit_id_form CHECK (id ~ ('^' || agency || '-' || division || '(-[a-z][a-z0-9]*)?$')),
    CONSTRAINT unit_not_above_itself CHECK (parent <> id),
    -- Article 10: a unit takes part once its responsible person is named.
    CONSTRAINT unit_responsible CHECK (NOT active OR btrim(responsible) <> ''),
    CONSTRAINT unit_validity CHECK (valid_to > valid_from)
);

CREATE TABLE case_system (
    id     varchar(80)   PRIMARY KEY,
    unit   varchar(64)   NOT NULL REFERENCES unit,
    name   varchar(200)  NOT NULL CHECK (btrim(name) <> ''),
    roles  varchar(32)[] NOT NULL,
    active boolean       NOT NULL,
    CONSTRAINT case_system_id_form CHECK (id ~ ('^' || unit || '-[a-z][a-z0-9]*$')),
    CONSTRAINT case_system_roles
        CHECK (cardinality(roles) > 0 AND roles <@ ARRAY['CASE_SYSTEM', 'AUDITOR']::varchar(32)[])
);

CREATE TABLE officer (
    id     varchar(80)  PRIMARY KEY,
    unit   varchar(64)  NOT NULL REFERENCES unit,
    name   varchar(100) NOT NULL CHECK (btrim(name) <> ''),
    title  varchar(100) NOT NULL DEFAULT '',
    active boolean      NOT NULL,
    CONSTRAINT officer_id_form CHECK (id ~ ('^' || unit || '-[0-9]{3,}$'))
);

-- Several keys per holder, so that they rotate with overlap. Never deleted: old signatures name them.
CREATE TABLE registered_key (
    key_id      varchar(64) PRIMARY KEY CHECK (key_id ~ '^[0-9a-f]{64}$'),
    certificate bytea       NOT NULL,
    -- SHA-256 of the SubjectPublicKeyInfo: one private key under two certificates is still one key (I11).
    public_key  varchar(64) NOT NULL CHECK (public_key ~ '^[0-9a-f]{64}$'),
    case_system varchar(80) REFERENCES case_system,
    officer     varchar(80) REFERENCES officer,
    valid_from  timestamptz NOT NULL,
    valid_to    timestamptz NOT NULL,
    active      boolean     NOT NULL,
    CONSTRAINT registered_key_one_holder CHECK ((case_system IS NULL) <> (officer IS NULL)),
    CONSTRAINT registered_key_validity CHECK (valid_to > valid_from)
);
CREATE INDEX registered_key_public_key ON registered_key (public_key);

-- Asked when a certificate is registered; who stops trusting an authority suspends the keys it certified.
CREATE TABLE trusted_authority (
    id          varchar(64)  PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
    name        varchar(200) NOT NULL CHECK (btrim(name) <> ''),
    certificate bytea        NOT NULL
);

-- One row. Its version tells every replica that the directory has changed (I2: suspended within 5 s).
CREATE TABLE directory_state (
    id      smallint PRIMARY KEY CHECK (id = 1),
    version bigint   NOT NULL
);
INSERT INTO directory_state (id, version) VALUES (1, 1);

CREATE FUNCTION directory_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE directory_state SET version = version + 1;
    RETURN NULL;
END
$$;

CREATE TRIGGER unit_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON unit
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER case_system_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON case_system
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER officer_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON officer
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER registered_key_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON registered_key
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();
CREATE TRIGGER trusted_authority_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON trusted_authority
    FOR EACH STATEMENT EXECUTE FUNCTION directory_changed();

GRANT SELECT ON unit, case_system, officer, registered_key, trusted_authority, directory_state TO xietong_app;
