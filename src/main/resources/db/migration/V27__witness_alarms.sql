-- One open alarm for each witness, tree and kind, however often it is said again: a claim that is repeated makes no row. It ends when
-- the witness has cosigned as much as we had when it last spoke; ended ones stay.

ALTER TABLE ledger_witness_alarm RENAME TO earlier_witness_alarm;
ALTER TABLE earlier_witness_alarm RENAME CONSTRAINT ledger_witness_alarm_pkey TO earlier_witness_alarm_pkey;

CREATE TABLE ledger_witness_alarm (
    id                 bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    witness            text        NOT NULL,
    tree               text        NOT NULL CHECK (tree IN ('SHA_256', 'SM3')),
    kind               text        NOT NULL CHECK (kind IN ('AHEAD', 'FORK', 'REFUSED')),
    first_our_size     bigint      NOT NULL,
    first_witness_size bigint      NOT NULL,
    our_size           bigint      NOT NULL,
    witness_size       bigint      NOT NULL,
    first_seen         timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen          timestamptz NOT NULL DEFAULT clock_timestamp(),
    times              bigint      NOT NULL DEFAULT 1,
    ended_at           timestamptz
);
CREATE UNIQUE INDEX ledger_witness_alarm_open ON ledger_witness_alarm (witness, tree, kind) WHERE ended_at IS NULL;

INSERT INTO ledger_witness_alarm (witness, tree, kind, first_our_size, first_witness_size, our_size, witness_size,
                                  first_seen, last_seen, times)
    SELECT witness, tree, kind, min(our_size), min(witness_size), max(our_size), max(witness_size), min(at), max(at), count(*)
        FROM earlier_witness_alarm GROUP BY witness, tree, kind;
DROP TABLE earlier_witness_alarm;

-- What was said first stays, what is counted grows, and what has ended is over.
CREATE FUNCTION keep_witness_alarm() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog
AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL
        OR (NEW.id, NEW.witness, NEW.tree, NEW.kind, NEW.first_our_size, NEW.first_witness_size, NEW.first_seen)
            IS DISTINCT FROM
           (OLD.id, OLD.witness, OLD.tree, OLD.kind, OLD.first_our_size, OLD.first_witness_size, OLD.first_seen)
        OR NEW.times < OLD.times OR NEW.last_seen < OLD.last_seen THEN
        RAISE EXCEPTION 'a witness''s alarm is kept as it was' USING ERRCODE = '55000';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION keep_witness_alarm() FROM PUBLIC;

CREATE TRIGGER kept BEFORE UPDATE ON ledger_witness_alarm FOR EACH ROW EXECUTE FUNCTION keep_witness_alarm();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON ledger_witness_alarm FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE ledger_witness_alarm ENABLE ALWAYS TRIGGER kept;
ALTER TABLE ledger_witness_alarm ENABLE ALWAYS TRIGGER stays;

GRANT SELECT, INSERT, UPDATE (our_size, witness_size, last_seen, times, ended_at) ON ledger_witness_alarm TO xietong_sequencer;
GRANT SELECT ON ledger_witness_alarm TO xietong_app, xietong_auditor;
