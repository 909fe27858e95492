-- Erasing a participant with the free texts: a field `reason` that is words, as of a clue's flag, goes too; one that is a code with
-- words loses the words alone.
CREATE OR REPLACE FUNCTION without_participant(value jsonb, who text, free boolean) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE SET search_path = xietong, pg_temp AS $$
BEGIN
    IF jsonb_typeof(value) = 'array' THEN
        RETURN coalesce((SELECT jsonb_agg(without_participant(element, who, free) ORDER BY place)
            FROM jsonb_array_elements(value) WITH ORDINALITY AS t (element, place)), '[]');
    ELSIF jsonb_typeof(value) <> 'object' THEN
        RETURN value;
    ELSIF value ->> 'id' = who AND value -> 'roles' IS NOT NULL THEN
        RETURN jsonb_strip_nulls(jsonb_build_object('id', who, 'type', value -> 'type', 'roles', value -> 'roles'));
    ELSIF value ->> 'participant' = who THEN
        RETURN jsonb_build_object('participant', who);
    END IF;
    RETURN coalesce((SELECT jsonb_object_agg(field, without_participant(element, who, free))
        FROM jsonb_each(value) AS t (field, element) WHERE NOT (free AND (field = ANY (free_text_fields())
            OR (field = 'reason' AND jsonb_typeof(element) = 'string')))), '{}');
END
$$;
