package org.xietong.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.xietong.app.DatabaseRole;
import org.xietong.app.DemonstrationCity;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.SignedAnswer;
import org.xietong.client.SignedClient;
import org.xietong.crypto.Crypto;

/** The city of {@link CityResource} from inside a test: its callers, with their keys, and its database. */
public final class City {
    public static final String MSA = "MSA-421200";
    public static final String POLICE = "POLICE-421200";
    public static final String PROC = "PROC-421200";
    public static final String COURT = "COURT-421200";
    public static final String IPO = "IPO-421200";
    public static final String COPYRIGHT = "COPYRIGHT-421200";
    public static final String AUD = "AUD-421200";
    public static final String MSA_DISTRICT = "MSA-421202";
    public static final String POLICE_DISTRICT = "POLICE-421202";
    public static final String PROC_DISTRICT = "PROC-421202";
    public static final String COURT_DISTRICT = "COURT-421202";

    private static final OpenApiContract CONTRACT = OpenApiContract.committed();
    private static final ConcurrentMap<String, City> OPEN = new ConcurrentHashMap<>();

    private final DemonstrationCity keys;
    private final String database;
    private final @Nullable URI fixed;
    private final Stored stored;
    private final ConcurrentMap<String, SignedClient> clients = new ConcurrentHashMap<>();

    private City(DemonstrationCity keys, String database, URI fixed, Stored stored) {
        this.keys = keys;
        this.database = database;
        this.fixed = fixed;
        this.stored = stored;
    }

    private City(Path folder, String database, @Nullable URI fixed) {
        Crypto.install();
        this.database = database;
        this.fixed = fixed;
        this.stored = new Stored(superuser());
        try {
            keys = DemonstrationCity.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same city at another process of the service. */
    public City at(URI base) {
        return new City(keys, database, base, stored);
    }

    public static City current() {
        var config = ConfigProvider.getConfig();
        return OPEN.computeIfAbsent(
                config.getValue(CityResource.FOLDER, String.class),
                folder -> new City(Path.of(folder), config.getValue(CityResource.DATABASE, String.class), null));
    }

    /** The city that a {@link CityResource} gave this configuration, at a service process of its own. */
    public static City at(URI base, Map<String, String> configuration) {
        return new City(
                Path.of(configuration.get(CityResource.FOLDER)), configuration.get(CityResource.DATABASE), base);
    }

    public DemonstrationCity keys() {
        return keys;
    }

    public URI base() {
        return fixed != null
                ? fixed
                : URI.create("http://127.0.0.1:"
                        + ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class));
    }

    /** The database, with a role's rights. */
    public DataSource database(DatabaseRole role) {
        return TestDatabase.get().as(role, database);
    }

    public DataSource superuser() {
        return TestDatabase.get().superuser(database);
    }

    /** How many statements the service has sent to the database; with {@link CountedCityResource} only. */
    public long statements() {
        return Long.parseLong(System.getProperty(WireStatements.COUNT));
    }

    /** The database as the superuser sees it. */
    public Stored stored() {
        return stored;
    }

    /** A caller of the service at hand who sends requests byte for byte, from an address of his own. */
    public Wire wire() {
        return Wire.to(base());
    }

    /** The client of a unit's case system; every answer that it takes is checked against the committed contract. */
    public SignedClient client(String unit) {
        return clients.computeIfAbsent(
                unit,
                u -> SignedClient.at(base(), DemonstrationCity.AUTHORITY, keys.system(u), keys.platformCertificates())
                        .observing(City::keepsTheContract));
    }

    private static void keepsTheContract(SignedAnswer answer) {
        CONTRACT.require(
                answer.request().method(), answer.request().target(), answer.status(), answer.headers(), answer.body());
    }

    /** An attended call: purpose, and the unit's first officer by name. */
    public Call call(String unit, String method, String target) {
        return client(unit)
                .call(method, target)
                .purpose(Purpose.of("case-handling"))
                .officer(new OfficerName(unit + "-001", unit, "ukey"));
    }

    /** A call that one of the unit's officers signs with his own key. */
    public Call signed(String unit, int officer, String method, String target) {
        String id = unit + "-00" + officer;
        return client(unit)
                .call(method, target)
                .purpose(Purpose.of("case-handling"))
                .officer(new OfficerName(id, unit, "ukey"), keys.officer(id));
    }

    /** A call by a machine at night: no officer. */
    public Call unattended(String unit, String method, String target) {
        return client(unit).call(method, target).purpose(Purpose.of("case-handling"));
    }

    public static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
