package org.xietong.app.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xietong.app.DemonstrationCity;
import org.xietong.client.Call;
import org.xietong.client.EvidenceFolder;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.SignedAnswer;
import org.xietong.client.SignedClient;
import org.xietong.crypto.Signer;

/**
 * Who plays: each unit's case system as a client of its own, over HTTP, with its own key. Keeps the evidence that each
 * client computed and received, where it is asked for.
 */
final class Cast {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONSOLE = "console";
    /** A checkpoint comes twice a second. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final int ATTEMPTS = 80;

    private final DemonstrationCity city;
    private final URI base;
    private final @Nullable Path folder;
    private final @Nullable EvidenceFolder evidence;
    private final Map<String, SignedClient> clients = new LinkedHashMap<>();
    private final Map<String, String> unitOfExchange = new LinkedHashMap<>();

    Cast(DemonstrationCity city, URI base, @Nullable Path evidenceFolder) {
        this.city = city;
        this.base = base;
        this.folder = evidenceFolder;
        this.evidence = evidenceFolder == null ? null : new EvidenceFolder(evidenceFolder);
    }

    /** The client of a unit's case system. */
    SignedClient client(String unit) {
        return clients.computeIfAbsent(unit, u -> plain(u).observing(answer -> keep(u, answer)));
    }

    /** A call for which the unit's first officer answers, by name. */
    Call call(String unit, String method, String target) {
        return client(unit)
                .call(method, target)
                .purpose(Purpose.of("case-handling"))
                .officer(name(unit, 1));
    }

    /** A call that the unit's officer signs with his own key. */
    Call signed(String unit, int officer, String method, String target) {
        return client(unit)
                .call(method, target)
                .purpose(Purpose.of("case-handling"))
                .officer(name(unit, officer), key(unit, officer));
    }

    DemonstrationCity city() {
        return city;
    }

    /** A call from the administrators' console, signed by the administrator. */
    Call console(String officer, String method, String target) {
        return clients.computeIfAbsent(
                        CONSOLE,
                        u -> SignedClient.at(
                                        base, DemonstrationCity.AUTHORITY, city.console(), city.platformCertificates())
                                .observing(answer -> keep(u, answer)))
                .call(method, target)
                .purpose(Purpose.of("administration"))
                .officer(new OfficerName(officer, DemonstrationCity.ADMINISTRATION, "ukey"), city.officer(officer));
    }

    /** A call of the auditor. */
    Call audit(String unit, String target) {
        return client(unit).call("GET", target).purpose(Purpose.of("audit")).officer(name(unit, 1), key(unit, 1));
    }

    /** Fetches the journal's entry of each exchange, by whoever made it, and puts it beside his evidence. */
    int fetchEntries() {
        if (evidence == null) {
            return 0;
        }
        int fetched = 0;
        for (Map.Entry<String, String> exchange : Map.copyOf(unitOfExchange).entrySet()) {
            // administrators open no entry, so the auditor does for their console
            String unit = exchange.getValue().equals(CONSOLE) ? DemonstrationCity.ADMINISTRATION : exchange.getValue();
            SignedAnswer answer = plain(unit)
                    .call("GET", "/v1/exchanges/" + exchange.getKey())
                    .purpose(Purpose.of(unit.equals(DemonstrationCity.ADMINISTRATION) ? "audit" : "case-handling"))
                    .officer(name(unit, 1), key(unit, 1))
                    .send();
            if (answer.status() == 200) {
                store(exchange.getKey(), json(answer).path("entry").asText());
                fetched++;
            }
        }
        return fetched;
    }

    /**
     * Has units fetch their bundles: of the composite matter each that took part in it, and of one exchange of its own each
     * unit.
     *
     * @return how many
     */
    int keepBundles(String matter) throws IOException {
        Path folder = Files.createDirectories(kept().resolve("bundles"));
        int bundles = 0;
        Map<String, String> one = new LinkedHashMap<>();
        unitOfExchange.forEach((exchange, unit) -> one.putIfAbsent(unit, exchange));
        one.remove(CONSOLE);
        for (Map.Entry<String, String> unit : one.entrySet()) {
            SignedAnswer ofExchange = inLog(unit.getKey(), "/v1/exchanges/" + unit.getValue() + "/evidence");
            Files.write(folder.resolve("exchange-" + unit.getKey() + ".zip"), ofExchange.body());
            bundles++;
            SignedAnswer ofMatter = inLog(unit.getKey(), "/v1/matters/" + matter + "/evidence");
            if (ofMatter.status() == 200) {
                Files.write(folder.resolve("matter-" + unit.getKey() + ".zip"), ofMatter.body());
                bundles++;
            }
        }
        return bundles;
    }

    /**
     * Copies the log, once it holds all exchanges.
     *
     * @return its size
     */
    long keepLog() throws IOException {
        String last = List.copyOf(unitOfExchange.keySet()).getLast();
        inLog(DemonstrationCity.ADMINISTRATION, "/v1/exchanges/" + last + "/receipt");
        return new LogCopy(
                        base,
                        kept().resolve("log"),
                        path -> inLog(DemonstrationCity.ADMINISTRATION, "/log/" + path)
                                .body())
                .write();
    }

    /** Asks until the log holds what is asked for. */
    private SignedAnswer inLog(String unit, String target) {
        String purpose = unit.equals(DemonstrationCity.ADMINISTRATION) ? "audit" : "case-handling";
        for (int attempt = 1; ; attempt++) {
            SignedAnswer answer = plain(unit)
                    .call("GET", target)
                    .purpose(Purpose.of(purpose))
                    .officer(name(unit, 1), key(unit, 1))
                    .send();
            if (answer.status() != 409 || attempt == ATTEMPTS) {
                return answer;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answer;
            }
        }
    }

    private Path kept() {
        return Objects.requireNonNull(folder);
    }

    int exchanges() {
        return unitOfExchange.size();
    }

    /** The body of an answer. */
    static JsonNode json(SignedAnswer answer) {
        return json(new String(answer.body(), StandardCharsets.UTF_8));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a later change must quote. */
    static String etag(SignedAnswer answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }

    private SignedClient plain(String unit) {
        return SignedClient.at(base, DemonstrationCity.AUTHORITY, city.system(unit), city.platformCertificates());
    }

    private void keep(String unit, SignedAnswer answer) {
        unitOfExchange.put(answer.exchangeId(), unit);
        if (evidence != null) {
            evidence.accept(answer);
        }
    }

    private void store(String exchange, String entry) {
        try {
            if (evidence != null) {
                evidence.entry(exchange, entry.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OfficerName name(String unit, int officer) {
        return new OfficerName(unit + "-00" + officer, unit, "ukey");
    }

    private Signer key(String unit, int officer) {
        return city.officer(unit + "-00" + officer);
    }
}
