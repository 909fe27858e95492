package org.xietong.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.xietong.crypto.Signer;

/**
 * A model client of the platform: signs every request, fetches and renews its token, and takes an answer only when the
 * platform's signature over it, its binding to this request, and its content digest are right. Thread-safe.
 *
 * <pre>{@code
 * SignedClient client = SignedClient.at(base, "xietong.xianning.example", system, platformCertificates)
 *         .observing(new EvidenceFolder(folder));
 * SignedAnswer answer = client.call("POST", "/v1/clues").purpose(purpose).idempotencyKey().body(json).send();
 * }</pre>
 */
public final class SignedClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI base;
    private final String authority;
    private final Signer system;
    private final Collection<X509Certificate> platform;
    private final Consumer<SignedAnswer> observer;
    private final Clock clock;
    private final HttpClient http;
    private final AnswerVerifier verifier;
    private final AccessTokens tokens;

    private SignedClient(
            URI base,
            String authority,
            Signer system,
            Collection<X509Certificate> platform,
            Consumer<SignedAnswer> observer,
            Clock clock,
            HttpClient http) {
        this.base = base;
        this.authority = authority;
        this.system = system;
        this.platform = List.copyOf(platform);
        this.observer = observer;
        this.clock = clock;
        this.http = http;
        this.verifier = new AnswerVerifier(platform, clock);
        this.tokens = new AccessTokens(this::requestToken, clock);
    }

    /**
     * A client of one platform, speaking HTTP/1.1.
     *
     * @param base scheme and authority where the platform is reached, without a path
     * @param authority the platform's logical name, which is signed whatever Host is (RFC 9421 §2.2.3)
     * @param platform the certificates whose keys may sign answers
     */
    public static SignedClient at(URI base, String authority, Signer system, Collection<X509Certificate> platform) {
        String path = base.getRawPath();
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            throw new IllegalArgumentException("the base must have no path: it would not be signed as sent");
        }
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new SignedClient(base, authority, system, platform, answer -> {}, Clock.systemUTC(), http);
    }

    /** The same client, which also shows every trusted answer, those to token requests included, to the observer. */
    public SignedClient observing(Consumer<SignedAnswer> other) {
        return new SignedClient(base, authority, system, platform, other, clock, http);
    }

    /** The same client by another clock. */
    public SignedClient by(Clock other) {
        return new SignedClient(base, authority, system, platform, observer, other, http);
    }

    /**
     * Begins a call.
     *
     * @param target raw path with query, e.g. {@code /v1/clues?rightType=TRADEMARK}
     */
    public Call call(String method, String target) {
        return new Call(this, authority, system, clock, method, target);
    }

    /** Sends, checks, and shows the answer to the observer; see {@link Call#send}. */
    public SignedAnswer exchange(PreparedRequest request) {
        SignedAnswer answer = verify(request, exchangeUnverified(request));
        observer.accept(answer);
        return answer;
    }

    /** Sends the bytes as they are and returns whatever comes, unchecked; for tests and replays. */
    public RawAnswer exchangeUnverified(PreparedRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(asSent(request), HttpResponse.BodyHandlers.ofByteArray());
            return new RawAnswer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for the answer"));
        }
    }

    /**
     * Checks an answer that was fetched unverified.
     *
     * @throws UntrustedAnswerException if the answer is not proven to be the platform's to this request
     */
    public SignedAnswer verify(PreparedRequest request, RawAnswer answer) {
        return verifier.verify(request, answer);
    }

    /** Drops the cached token; the next call fetches a new one. */
    public void forgetToken() {
        tokens.forget();
    }

    String accessToken() {
        return tokens.get();
    }

    private SignedAnswer requestToken() {
        return exchange(new Call(this, authority, system, clock, "POST", "/v1/token")
                .purpose(Purpose.of("token"))
                .sign());
    }

    private HttpRequest asSent(PreparedRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(locate(request.target()))
                .timeout(TIMEOUT)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    /** Joined as text: resolving would normalise the path, and then what is sent would not be what was signed. */
    private URI locate(String target) {
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + target);
    }
}
