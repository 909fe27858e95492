package org.xietong.record;

import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/**
 * What whoever has followed the feed to here must hold of one kind: the records that appeared to him and are not gone.
 *
 * @param sha256 over their ids in lower case, sorted, a line feed after each; lower-case hexadecimal: {@code sort | sha256sum}
 */
public record ChangeHeld(
        @ZhName("记录种类") @Code("record-kinds") String kind,
        @ZhName("应持有份数") long records,
        @ZhName("编号校验值") String sha256) {}
