package org.xietong.agency;

import java.util.Optional;

/**
 * Why an exchange happens, as the caller states it in {@code Exchange-Purpose}.
 *
 * @param code of the list {@code purposes}
 * @param basis legal basis code, where one is given
 * @param caseNumber the caller's own case number, as stated
 */
public record Purpose(String code, Optional<String> basis, Optional<String> caseNumber) {}
