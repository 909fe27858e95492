package org.xietong.agency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether the outside recipients of a file may be registered. */
final class OutsideCheck {
    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");
    private static final Pattern SUFFIX = Pattern.compile("-[a-z][a-z0-9]*");

    private final CertificateCheck certificates;
    private final Set<String> certified;
    private final Faults faults;

    /** @param certified ids of those who are registered with a certificate */
    OutsideCheck(CertificateCheck certificates, Set<String> certified, Faults faults) {
        this.certificates = certificates;
        this.certified = certified;
        this.faults = faults;
    }

    List<OutsideRecipient> check(List<DirectoryFile.OutsideEntry> entries) {
        Set<String> seen = new HashSet<>();
        List<OutsideRecipient> accepted = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String at = "outsideRecipients[" + i + "]";
            DirectoryFile.OutsideEntry entry = entries.get(i);
            checkAlone(at, entry);
            if (!seen.add(entry.id())) {
                faults.add(at + ".id", "DUPLICATE", "重复", "stands twice in this file");
            }
            checkWord(at, entry);
            Optional<OutsideKind> kind = kind(at, entry);
            var key = entry.certificate().flatMap(file -> certificates.sealing(at + ".certificate", entry.id(), file));
            kind.ifPresent(known -> accepted.add(new OutsideRecipient(
                    entry.id(), known, entry.division(), entry.nameZh(), entry.nameEn(), key, !entry.suspended())));
        }
        return accepted;
    }

    /** A line that got lost must not lower anybody from certificate to passphrase. */
    private void checkWord(String at, DirectoryFile.OutsideEntry entry) {
        if (entry.passphrase() && entry.certificate().isPresent()) {
            faults.add(at + ".passphrase", "NOT_ALLOWED", "写明证书的，不得同时写明改用口令", "must not stand beside a certificate");
        }
        if (certified.contains(entry.id()) && entry.certificate().isEmpty() && !entry.passphrase()) {
            faults.add(
                    at + ".certificate",
                    "REQUIRED",
                    "该单位已登记证书：请写明证书；确要取消证书、改用口令的，写明 passphrase: true",
                    "is registered with a certificate: name it, or say passphrase: true to take it away");
        }
    }

    private Optional<OutsideKind> kind(String at, DirectoryFile.OutsideEntry entry) {
        Optional<OutsideKind> kind = Arrays.stream(OutsideKind.values())
                .filter(known -> known.name().equals(entry.kind()))
                .findFirst();
        if (kind.isEmpty()) {
            faults.add(at + ".kind", "UNKNOWN_CODE", "单位种类不存在", "is no known kind of recipient");
        }
        return kind;
    }

    private void checkAlone(String at, DirectoryFile.OutsideEntry entry) {
        if (!DIVISION.matcher(entry.division()).matches()) {
            faults.add(at + ".division", "FORMAT", "行政区划代码须为六位数字（GB/T 2260）", "must be six digits (GB/T 2260)");
        }
        String stem = "OUT-" + entry.division();
        if (!entry.id().startsWith(stem)
                || !SUFFIX.matcher(entry.id().substring(stem.length())).matches()) {
            faults.add(
                    at + ".id", "FORMAT", "须为“OUT-行政区划代码-”加字母开头的小写字母数字", "must be OUT-division- and a lower-case word");
        }
        faults.require(at + ".nameZh", entry.nameZh());
        faults.require(at + ".nameEn", entry.nameEn());
    }
}
