package org.xietong.evidence;

import java.util.regex.Pattern;

/** The grammar of a {@link TilePath}. */
final class TilePathForm {
    static final Pattern PATH = Pattern.compile("tile/(?:entries|(?<level>0|[1-9][0-9]?))/"
            + "(?<index>(?!x000)(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/(?<width>[1-9][0-9]{0,2}))?");

    private TilePathForm() {}

    static long index(String segments) throws MalformedEvidenceException {
        try {
            return Long.parseLong(segments.replace("x", "").replace("/", ""));
        } catch (NumberFormatException tooLarge) {
            throw new MalformedEvidenceException(MalformedEvidenceException.Fault.NUMBER);
        }
    }
}
