package org.xietong.label;

import org.xietong.identifier.Verified;
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
        @ZhName("核对程度") Verified verified) {}
