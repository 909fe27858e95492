-- Transfers: copies that the service makes to the procuratorate, and one transfer under way of each clue.

-- copy: made by the service, acknowledged by who got it; makes nobody a sender.
ALTER TABLE handover ADD COLUMN copy boolean NOT NULL DEFAULT false;

CREATE UNIQUE INDEX transfer_of_clue ON record ((content ->> 'clue'))
    WHERE kind = 'transfer' AND content ->> 'clue' IS NOT NULL AND state NOT IN ('DECLINED', 'RECALLED', 'CLOSED');

-- Texts that a transfer may say of somebody: they go with him where free texts go.
CREATE OR REPLACE FUNCTION free_text_fields() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['facts', 'title', 'text', 'note', 'reply', 'publicText', 'publicUrl', 'legalBasis', 'target', 'goods', 'items',
        'penaltyBasis', 'storedAt', 'payer', 'reasons', 'asked', 'whereabouts']
$$;
