-- What is leaving a viewer's sight and has no position for that yet: a reader who passes its former place in this moment was not told
-- of it, and must not be told that it went. Few at any time: the sequencer takes them within a second.
CREATE INDEX sight_change_leaving ON sight_change (viewer) WHERE position IS NULL AND gone;
