-- The database roles of Xietong 协同 and its schema. Idempotent: run it again to change a password.
--
-- Run it once per database, connected to that database as a superuser, before the first migration.
-- Placeholders, each replaced by a password before the script is run (a single quote in a password is doubled, '' ):
--   ${owner_password}  ${app_password}  ${sequencer_password}  ${eraser_password}  ${auditor_password}
--
-- With psql:
--   export owner_password=… app_password=… sequencer_password=… eraser_password=… auditor_password=…
--   envsubst '$owner_password $app_password $sequencer_password $eraser_password $auditor_password' \
--     < roles.sql | psql -X -v ON_ERROR_STOP=1 --single-transaction -d xietong
-- From Java: replace the placeholders and hand the whole text to one java.sql.Statement.
--
-- | role              | who                  | may                                                          |
-- | xietong_owner     | migrations, directory | owns the schema; the service never runs as it                |
-- | xietong_app       | the service          | reads and adds; never changes or removes a journal row       |
-- | xietong_sequencer | the log's sequencer  | takes pending entries, moves the head                        |
-- | xietong_eraser    | erasure              | deletes parts and search rows, never an entry                |
-- | xietong_auditor   | audit queries        | reads the journal and its index, no content                  |
-- What each may do to a table stands in the migration that makes the table. PUBLIC may do nothing.

DO $roles$
DECLARE
    wanted name;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['xietong_owner', 'xietong_app', 'xietong_sequencer', 'xietong_eraser', 'xietong_auditor']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
        EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT', wanted);
    END LOOP;
END
$roles$;

ALTER ROLE xietong_owner PASSWORD '${owner_password}';
ALTER ROLE xietong_app PASSWORD '${app_password}';
ALTER ROLE xietong_sequencer PASSWORD '${sequencer_password}';
ALTER ROLE xietong_eraser PASSWORD '${eraser_password}';
ALTER ROLE xietong_auditor PASSWORD '${auditor_password}';

CREATE SCHEMA IF NOT EXISTS xietong;
ALTER SCHEMA xietong OWNER TO xietong_owner;
REVOKE ALL ON SCHEMA xietong FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA xietong TO xietong_app, xietong_sequencer, xietong_eraser, xietong_auditor;

-- New functions would be PUBLIC's to call; tables are not.
ALTER DEFAULT PRIVILEGES FOR ROLE xietong_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

DO $settings$
DECLARE
    wanted name;
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    FOREACH wanted IN ARRAY ARRAY['xietong_owner', 'xietong_app', 'xietong_sequencer', 'xietong_eraser', 'xietong_auditor']
    LOOP
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), wanted);
        EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = xietong', wanted, current_database());
        -- "Log before answer" (I3) needs a commit that is on disk, whatever the server's default says.
        EXECUTE format('ALTER ROLE %I IN DATABASE %I SET synchronous_commit = on', wanted, current_database());
    END LOOP;
    EXECUTE format('ALTER ROLE xietong_auditor IN DATABASE %I SET default_transaction_read_only = on', current_database());
    -- A replica that stops inside a write must not hold a matter's lock, nor a stuck statement a connection.
    EXECUTE format('ALTER ROLE xietong_app IN DATABASE %I SET idle_in_transaction_session_timeout = ''10s''', current_database());
    EXECUTE format('ALTER ROLE xietong_app IN DATABASE %I SET lock_timeout = ''5s''', current_database());
    EXECUTE format('ALTER ROLE xietong_app IN DATABASE %I SET statement_timeout = ''15s''', current_database());
    -- A leader that is stopped inside its round loses its session, and with it the lock on the head: another takes over.
    EXECUTE format('ALTER ROLE xietong_sequencer IN DATABASE %I SET idle_in_transaction_session_timeout = ''2s''', current_database());
    EXECUTE format('ALTER ROLE xietong_sequencer IN DATABASE %I SET lock_timeout = ''3s''', current_database());
    EXECUTE format('ALTER ROLE xietong_sequencer IN DATABASE %I SET statement_timeout = ''15s''', current_database());
END
$settings$;
