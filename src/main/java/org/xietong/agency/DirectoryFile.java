package org.xietong.agency;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory file: who takes part, as the operator writes it. {@code deploy/directory.example.yaml} shows one.
 *
 * <pre>{@code
 * authorities:                          # whose certificates are accepted
 *   - { name: 某电子认证服务机构, file: ca/root.pem }
 * units:
 *   - id: MSA-421200                    # agency-division, or agency-division-word for a second unit there
 *     agency: MSA                       # AgencyCode
 *     division: "421200"                # GB/T 2260
 *     name: 咸宁市市场监督管理局
 *     parent: MSA-420000                # the superior unit, of the same agency; may be left out
 *     responsible: 知识产权保护科 某某    # required unless suspended: true (article 10)
 *     telephone: 0715-0000000
 *     validFrom: 2021-06-01             # first day; if left out, without beginning
 *     validTo: 2030-12-31               # last day; if left out, without end
 * systems:
 *   - id: MSA-421200-cms                # the unit's id and a word
 *     unit: MSA-421200
 *     name: 案件管理系统
 *     roles: [CASE_SYSTEM]              # Role; CASE_SYSTEM if left out
 *     certificates:
 *       - file: certificates/msa-cms.pem
 *         validTo: 2027-03-31           # may narrow the certificate's own dates, for rotation with overlap
 * officers:
 *   - id: MSA-421200-007                # the unit's id and three digits or more
 *     unit: MSA-421200
 *     name: 某某
 *     title: 执法人员
 *     role: SYSTEM_ADMIN                # AdminRole, for administrators only; of a new officer, see below
 *     certificates: []
 * outsideRecipients:                    # 系统外接收单位: to whom packets may be sent, without an account
 *   - id: OUT-420100-ipcourt            # OUT-division-word
 *     kind: COURT                       # OutsideKind
 *     division: "420100"
 *     nameZh: 武汉知识产权法庭
 *     nameEn: Wuhan Intellectual Property Court
 *     certificate: certificates/out.pem # SM2 or P-256, to sign and to be sealed to; may be left out of one who never had any
 *     # passphrase: true                # instead: takes the certificate of one who is known away
 * }</pre>
 *
 * <p>Files are PEM with one certificate each, relative to this file. Days are Asia/Shanghai days. Units, systems,
 * officers and outside recipients also take {@code suspended: true}; leaving it out lifts no suspension ({@link DirectoryAdmin} does). A role
 * is given to an officer who is new; of one who is known the file neither gives nor takes it. Unknown
 * fields are refused.
 */
public record DirectoryFile(
        Path folder,
        List<AuthorityEntry> authorities,
        List<UnitEntry> units,
        List<SystemEntry> systems,
        List<OfficerEntry> officers,
        List<OutsideEntry> outsideRecipients) {
    public DirectoryFile {
        authorities = entries(authorities);
        units = entries(units);
        systems = entries(systems);
        officers = entries(officers);
        outsideRecipients = entries(outsideRecipients);
    }

    /**
     * Reads the file; whether what it says may stand is checked at the import.
     *
     * @throws DirectoryException if it cannot be read, or is not of this form, naming the field
     */
    public static DirectoryFile read(Path file) {
        return DirectoryFileReader.read(file);
    }

    /** A certificate authority whose certificates are accepted. */
    public record AuthorityEntry(String name, String file) {
        public AuthorityEntry {
            name = text(name);
            file = text(file);
        }
    }

    public record UnitEntry(
            String id,
            String agency,
            String division,
            String name,
            Optional<String> parent,
            String responsible,
            String telephone,
            boolean suspended,
            Optional<LocalDate> validFrom,
            Optional<LocalDate> validTo) {
        public UnitEntry {
            id = text(id);
            agency = text(agency);
            division = text(division);
            name = text(name);
            responsible = text(responsible);
            telephone = text(telephone);
        }
    }

    public record SystemEntry(
            String id,
            String unit,
            String name,
            Set<String> roles,
            boolean suspended,
            List<CertificateEntry> certificates) {
        public SystemEntry {
            id = text(id);
            unit = text(unit);
            name = text(name);
            roles = roles == null ? Set.of(Role.CASE_SYSTEM.name()) : Set.copyOf(roles);
            certificates = entries(certificates);
        }
    }

    public record OfficerEntry(
            String id,
            String unit,
            String name,
            String title,
            Optional<String> role,
            boolean suspended,
            List<CertificateEntry> certificates) {
        public OfficerEntry {
            id = text(id);
            unit = text(unit);
            name = text(name);
            title = text(title);
            certificates = entries(certificates);
        }
    }

    /**
     * The certificate of one who is known goes by the word {@code passphrase: true} alone, never by being left out.
     *
     * @param passphrase whether packets are sealed by a passphrase and receipts scanned, though he is registered with a certificate
     */
    public record OutsideEntry(
            String id,
            String kind,
            String division,
            String nameZh,
            String nameEn,
            Optional<String> certificate,
            boolean passphrase,
            boolean suspended) {
        public OutsideEntry {
            id = text(id);
            kind = text(kind);
            division = text(division);
            nameZh = text(nameZh);
            nameEn = text(nameEn);
        }
    }

    public record CertificateEntry(String file, Optional<LocalDate> validFrom, Optional<LocalDate> validTo) {
        public CertificateEntry {
            file = text(file);
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static <T> List<T> entries(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }
}
