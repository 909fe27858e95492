package org.xietong.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xietong.agency.AdminRole;
import org.xietong.agency.AgencyCode;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import org.xietong.crypto.RevocationList;
import org.xietong.crypto.SecretKeyFile;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.VerifierKey;

/**
 * A city for demonstration and tests, shaped after Xianning: six agencies and an auditor, with a district below
 * market supervision, police, procuratorate and court, and one administrator of each role beside the auditor, with a console, and whom it knows outside ({@link OutsideSeat}). Everybody's key is made here and certified by a demonstration authority; the
 * directory file that comes out is imported like any other. Persons are 某某, telephones synthetic.
 */
public final class DemonstrationCity {
    static final String CITY = "421200";
    static final String DISTRICT = "421202";
    /** The platform's logical name, signed by everybody. */
    public static final String AUTHORITY = "xietong.xianning.example";

    /** Where the administrators sit; their console has no other role. */
    public static final String ADMINISTRATION = "AUD-" + CITY;

    static final String CONSOLE = ADMINISTRATION + "-console";
    private static final Map<String, KeyAlgorithm> PLATFORM = platformAlgorithms();
    /** Whose successors work beside them for a while; their files are not there until then. */
    private static final List<String> ROTATING = List.of("log-gm", "log-intl", "token");

    private static final String BLIND_INDEX = "blind-index";

    private static final int DAYS = 365;

    private final Path folder;
    private final Map<String, KeyFile> systems = new LinkedHashMap<>();
    private final Map<String, KeyFile> officers = new LinkedHashMap<>();
    private final Map<String, KeyFile> platform = new LinkedHashMap<>();
    private final List<Seat> seats = List.of(
            new Seat(AgencyCode.COURT, CITY, "咸宁市中级人民法院", "知识产权审判庭", KeyAlgorithm.SM2),
            new Seat(AgencyCode.PROC, CITY, "咸宁市人民检察院", "第四检察部", KeyAlgorithm.SM2),
            new Seat(AgencyCode.POLICE, CITY, "咸宁市公安局", "食品药品环境犯罪侦查支队", KeyAlgorithm.SM2),
            new Seat(AgencyCode.MSA, CITY, "咸宁市市场监督管理局", "知识产权保护科", KeyAlgorithm.SM2),
            new Seat(AgencyCode.IPO, CITY, "咸宁市知识产权局", "保护协调科", KeyAlgorithm.ED25519),
            new Seat(AgencyCode.COPYRIGHT, CITY, "咸宁市版权局", "版权管理科", KeyAlgorithm.P256),
            new Seat(AgencyCode.AUD, CITY, "咸宁市协同平台审计组", "审计组", KeyAlgorithm.SM2),
            new Seat(AgencyCode.MSA, DISTRICT, "咸安区市场监督管理局", "知识产权保护股", KeyAlgorithm.SM2),
            new Seat(AgencyCode.POLICE, DISTRICT, "咸宁市公安局咸安分局", "经济犯罪侦查大队", KeyAlgorithm.SM2),
            new Seat(AgencyCode.PROC, DISTRICT, "咸宁市咸安区人民检察院", "第二检察部", KeyAlgorithm.SM2),
            new Seat(AgencyCode.COURT, DISTRICT, "咸宁市咸安区人民法院", "知识产权审判团队", KeyAlgorithm.SM2));

    /** One unit, its department in charge, and the kind of key that its system has. */
    record Seat(AgencyCode agency, String division, String name, String department, KeyAlgorithm algorithm) {
        String unit() {
            return agency + "-" + division;
        }

        String system() {
            return unit() + "-cms";
        }

        List<String> officers() {
            return List.of(unit() + "-001", unit() + "-002");
        }
    }

    private static Map<String, KeyAlgorithm> platformAlgorithms() {
        Map<String, KeyAlgorithm> algorithms = new LinkedHashMap<>();
        algorithms.put("response-gm", KeyAlgorithm.SM2);
        algorithms.put("response-intl", KeyAlgorithm.P256);
        algorithms.put("token", KeyAlgorithm.P256);
        algorithms.put("log-gm", KeyAlgorithm.SM2);
        algorithms.put("log-intl", KeyAlgorithm.ED25519);
        algorithms.put("evidence-gm", KeyAlgorithm.SM2);
        algorithms.put("evidence-intl", KeyAlgorithm.P256);
        return Collections.unmodifiableMap(algorithms);
    }

    private DemonstrationCity(Path folder) {
        this.folder = folder;
    }

    /** Makes all keys and writes them, with the directory file, into a new folder. */
    public static DemonstrationCity found(Path folder) throws IOException {
        DemonstrationCity city = new DemonstrationCity(folder);
        Files.createDirectories(folder.resolve("certificates"));
        Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);
        city.certify(from, from.plus(DAYS, ChronoUnit.DAYS));
        Files.writeString(city.directoryFile(), DemonstrationDirectory.of(city.seats), StandardCharsets.UTF_8);
        return city;
    }

    /** Opens what {@link #found} wrote. */
    public static DemonstrationCity open(Path folder) throws IOException {
        DemonstrationCity city = new DemonstrationCity(folder);
        char[] password = city.password();
        for (Seat seat : city.seats) {
            city.systems.put(seat.system(), KeyFile.open(folder.resolve(seat.system() + ".p12"), password));
            for (String officer : seat.officers()) {
                city.officers.put(officer, KeyFile.open(folder.resolve(officer + ".p12"), password));
            }
        }
        city.systems.put(CONSOLE, KeyFile.open(folder.resolve(CONSOLE + ".p12"), password));
        for (AdminRole role : AdminRole.values()) {
            String officer = administrator(role);
            city.officers.put(officer, KeyFile.open(folder.resolve(officer + ".p12"), password));
        }
        for (String name : PLATFORM.keySet()) {
            city.platform.put(name, KeyFile.open(city.platformKey(name), password));
        }
        if (Files.notExists(city.platformKey(BLIND_INDEX))) {
            SecretKeyFile.generate().create(city.platformKey(BLIND_INDEX), password);
        }
        return city;
    }

    /** What the service must be told to be this city's platform. */
    public Map<String, String> configuration() {
        Map<String, String> configuration = new LinkedHashMap<>();
        for (String name : PLATFORM.keySet()) {
            configuration.put("xietong.keys." + name, platformKey(name).toString());
        }
        configuration.put(
                "xietong.keys." + BLIND_INDEX, platformKey(BLIND_INDEX).toString());
        for (String name : ROTATING) {
            configuration.put(
                    "xietong.keys." + name + "-next",
                    platformKey(name + "-next").toString());
        }
        configuration.put("xietong.keys.password-file", passwordFile().toString());
        configuration.put("xietong.exchange.authority", AUTHORITY);
        configuration.put(
                "xietong.attachments.folder", folder.resolve("attachments").toString());
        configuration.put("xietong.log.outside-folder", folder.resolve("log").toString());
        configuration.put("xietong.timestamps.built-in-key", timeStampKey().toString());
        configuration.put(
                "xietong.timestamps.built-in-password-file", passwordFile().toString());
        configuration.put("xietong.timestamps.every", "1s");
        configuration.put(
                "xietong.revocation.crls",
                Stream.of(Suite.values())
                        .map(suite -> revocationList(suite).toString())
                        .collect(Collectors.joining(",")));
        configuration.put(
                "xietong.erasures.log",
                folder.resolve("log").resolve("erasures.log").toString());
        return configuration;
    }

    /** The directory file, ready to be imported. */
    public Path directoryFile() {
        return folder.resolve("directory.yaml");
    }

    /** The key of a unit's case system. */
    public Signer system(String unit) {
        return key(systems, unit + "-cms").signer();
    }

    /** Everybody's unit and its name, in the order of the directory. */
    public Map<String, String> unitNames() {
        Map<String, String> names = new LinkedHashMap<>();
        seats.forEach(seat -> names.put(seat.unit(), seat.name()));
        return names;
    }

    /** The key of the administrators' console. */
    public Signer console() {
        return key(systems, CONSOLE).signer();
    }

    /** The officer who administers with this role. */
    public static String administrator(AdminRole role) {
        return ADMINISTRATION + "-10" + (role.ordinal() + 1);
    }

    /** The first or second officer's own key. */
    public Signer officer(String officer) {
        return key(officers, officer).signer();
    }

    /**
     * The key of an outside recipient, which he has and the service has not.
     *
     * @throws IllegalArgumentException where he has none
     */
    public Signer outside(OutsideSeat seat) throws IOException {
        if (!seat.isCertified()) {
            throw new IllegalArgumentException(seat.id() + " has no key");
        }
        return KeyFile.open(outsideKey(seat), password()).signer();
    }

    /** Where that key lies. */
    public Path outsideKey(OutsideSeat seat) {
        return folder.resolve(seat.id() + ".p12");
    }

    /** A certificate by whose it is: of an outside recipient, the platform's by {@code platform-} and the key's name, the roots. */
    public Path certificate(String name) {
        return folder.resolve("certificates").resolve(name + ".pem");
    }

    /** Certifies a fresh key, as the demonstration's authority does. */
    public KeyFile issue(KeyAlgorithm algorithm, String name) throws IOException {
        char[] password = password();
        String root = rootName(algorithm.suite()) + ".p12";
        Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.MINUTES);
        return DemonstrationAuthority.of(KeyFile.open(folder.resolve(root), password))
                .issue(algorithm, name, from, from.plus(DAYS / 2, ChronoUnit.DAYS));
    }

    /** Where a key of the platform lies, by the name that its configuration has below {@code xietong.keys}. */
    public Path platformKey(String name) {
        return folder.resolve("platform-" + name + ".p12");
    }

    /** Where the key of the built-in time-stamp authority lies. */
    public Path timeStampKey() {
        return folder.resolve("timestamp.p12");
    }

    /** What the demonstration's authority of this suite has revoked: nothing, for as long as its certificates are valid. */
    public Path revocationList(Suite suite) {
        return folder.resolve("certificates").resolve(rootName(suite) + ".crl");
    }

    private static String rootName(Suite suite) {
        return "root-" + suite.name().toLowerCase(Locale.ROOT);
    }

    /** The certificates whose keys sign answers. */
    public List<X509Certificate> platformCertificates() {
        return List.of(
                key(platform, "response-gm").certificate(),
                key(platform, "response-intl").certificate());
    }

    /** What checks the log's checkpoints under this origin, Ed25519. */
    VerifierKey logKey(String origin) {
        return NoteSigner.of(
                        origin, SignatureType.ED25519, key(platform, "log-intl").signer())
                .verifierKey();
    }

    /** The password of every key file here: random per folder, readable by its owner only. */
    public Path passwordFile() {
        return folder.resolve("password");
    }

    private char[] password() throws IOException {
        return Files.readString(passwordFile()).strip().toCharArray();
    }

    private void certify(Instant from, Instant to) throws IOException {
        char[] password = OwnerOnlyFile.password(passwordFile()).toCharArray();
        Map<Suite, DemonstrationAuthority> roots = new LinkedHashMap<>();
        for (Suite suite : Suite.values()) {
            DemonstrationAuthority root = DemonstrationAuthority.create(suite, from, to);
            roots.put(suite, root);
            root.keyFile().create(folder.resolve(rootName(suite) + ".p12"), password);
            writePem(rootName(suite), root.root());
            Files.writeString(
                    revocationList(suite),
                    RevocationList.parse(root.revocationList(1, from, to, Map.of()))
                            .pem());
            if (suite == Suite.INTL) {
                KeyFile key = root.issueForTimeStamping("协同演示时间戳 Xietong Demonstration TSA", from, to);
                key.create(timeStampKey(), password);
                writePem("timestamp", key.certificate());
            }
        }
        for (Seat seat : seats) {
            issue(systems, roots, seat.algorithm(), seat.system(), from, to, password);
            for (String officer : seat.officers()) {
                issue(officers, roots, seat.algorithm(), officer, from, to, password);
            }
        }
        issue(systems, roots, KeyAlgorithm.SM2, CONSOLE, from, to, password);
        for (AdminRole role : AdminRole.values()) {
            issue(officers, roots, KeyAlgorithm.SM2, administrator(role), from, to, password);
        }
        for (Map.Entry<String, KeyAlgorithm> key : PLATFORM.entrySet()) {
            issue(platform, roots, key.getValue(), key.getKey(), from, to, password);
        }
        SecretKeyFile.generate().create(platformKey(BLIND_INDEX), password);
        for (OutsideSeat seat : OutsideSeat.values()) {
            if (seat.isCertified()) {
                certifyOutside(seat, rootOf(roots, KeyAlgorithm.SM2), from, to, password);
            }
        }
    }

    private void certifyOutside(
            OutsideSeat seat, DemonstrationAuthority root, Instant from, Instant to, char[] password)
            throws IOException {
        KeyFile fresh = KeyFile.generate(KeyAlgorithm.SM2, seat.id(), from, to);
        KeyFile key = fresh.withCertificate(root.issueForPackets(fresh.request(), from, to));
        key.create(outsideKey(seat), password);
        writePem(seat.id(), key.certificate());
    }

    private void issue(
            Map<String, KeyFile> into,
            Map<Suite, DemonstrationAuthority> roots,
            KeyAlgorithm algorithm,
            String name,
            Instant from,
            Instant to,
            char[] password)
            throws IOException {
        KeyFile key = rootOf(roots, algorithm).issue(algorithm, name, from, to);
        String file = into == platform ? "platform-" + name : name;
        key.create(folder.resolve(file + ".p12"), password);
        writePem(file, key.certificate());
        into.put(name, key);
    }

    private static DemonstrationAuthority rootOf(Map<Suite, DemonstrationAuthority> roots, KeyAlgorithm algorithm) {
        DemonstrationAuthority root = roots.get(algorithm.suite());
        if (root == null) {
            throw new IllegalStateException("no root for " + algorithm);
        }
        return root;
    }

    private void writePem(String name, X509Certificate certificate) throws IOException {
        Files.writeString(certificate(name), Pem.ofCertificate(certificate));
    }

    private static KeyFile key(Map<String, KeyFile> keys, String name) {
        KeyFile key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("nobody here is called " + name);
        }
        return key;
    }
}
