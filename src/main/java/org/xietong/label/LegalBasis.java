package org.xietong.label;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.xietong.identifier.ZhName;

/**
 * The source in law of a rule that stands in data (I10).
 *
 * @param law name of the law, or document number
 * @param article article, paragraph and item as cited, e.g. 第八条
 * @param text what the article says, shortened
 * @param verified how far the citation was checked, so that nobody takes an unverified one for law
 */
public record LegalBasis(
        @ZhName("法律文件") String law,
        @ZhName("条款") String article,
        @ZhName("内容") String text,
        @ZhName("核对程度") Verified verified) {

    /** How far a citation was checked against its source. */
    public enum Verified {
        /** The text of the law was read. */
        @JsonProperty("text")
        TEXT,
        /** It was read in an excerpt only. */
        @JsonProperty("excerpt")
        EXCERPT,
        /** General knowledge, not checked. */
        @JsonProperty("none")
        NONE
    }
}
