-- Who brought a unit in; links that can be withdrawn and name persons; the feed's memory of what went and came back.

-- Owners that addressed or invited the unit; none where it opened the matter or something was handed over by it or to it.
-- Where conditions ask for a unit of the matter, whom others brought in is none for a record: its owner alone widens (I5).
ALTER TABLE matter_member ADD COLUMN brought_by text[];
UPDATE matter_member m SET brought_by = ARRAY[i.by_unit] FROM matter_invitation i WHERE i.id = m.joined_through;
GRANT UPDATE (brought_by) ON matter_member TO xietong_app;

-- Where a unit learns to which matters it is invited.
CREATE INDEX matter_invitation_unit ON matter_invitation (unit, at DESC, id DESC) WHERE withdrawn_at IS NULL;

-- A unit states its own links and withdraws them; that another one has stated the same says nothing to it.
ALTER TABLE matter_link
    ADD COLUMN withdrawn_at       timestamptz,
    ADD COLUMN withdrawn_officer  text,
    ADD COLUMN withdrawn_exchange uuid,
    DROP CONSTRAINT matter_link_from_matter_to_matter_type_key;
CREATE UNIQUE INDEX matter_link_once ON matter_link (from_matter, to_matter, type, by_unit) WHERE withdrawn_at IS NULL;
GRANT UPDATE (withdrawn_at, withdrawn_officer, withdrawn_exchange) ON matter_link TO xietong_app;

-- Who is the same person or unit on both sides of a link, as of a suspect who is dealt with in another case 另案处理.
CREATE TABLE matter_link_person (
    link_id          uuid NOT NULL REFERENCES matter_link,
    from_participant uuid NOT NULL REFERENCES participant,
    to_participant   uuid NOT NULL REFERENCES participant,
    PRIMARY KEY (link_id, from_participant, to_participant)
);
GRANT SELECT, INSERT ON matter_link_person TO xietong_app;

-- went, back: between these two positions readers had been told that it was gone; none for back while it is.
ALTER TABLE sight_change ADD COLUMN went bigint, ADD COLUMN back bigint;
