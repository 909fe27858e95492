package org.xietong.label;

import org.jspecify.annotations.Nullable;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The sender's declaration 不涉及国家秘密 (I7). The guard is an aid; the declaration is what binds the sender. It travels as
 * {@code "noStateSecret": true} in every envelope that brings content.
 */
public final class Declaration {
    private Declaration() {}

    /** @throws ProblemException DECLARATION_REQUIRED unless the sender declared it in so many words */
    public static void require(@Nullable Boolean noStateSecret) {
        if (!Boolean.TRUE.equals(noStateSecret)) {
            throw new ProblemException(
                    ProblemType.DECLARATION_REQUIRED, new FieldFault("/noStateSecret", "MUST_BE_TRUE"));
        }
    }
}
