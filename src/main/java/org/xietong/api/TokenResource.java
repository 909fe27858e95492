package org.xietong.api;

import static org.xietong.exchange.Operation.TOKEN_ISSUE;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.agency.Directory;
import org.xietong.agency.IssuedToken;
import org.xietong.agency.Tokens;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.identifier.ZhName;

/** {@code POST /v1/token}: a short token for who signed, bound to the key that signed (RFC 7800, RFC 8705). */
@Path("/v1/token")
@Tag(name = "令牌 Token")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
public class TokenResource {
    private final CurrentExchange current;
    private final Directory directory;
    private final Tokens tokens;

    TokenResource(CurrentExchange current, Directory directory, Tokens tokens) {
        this.current = current;
        this.directory = directory;
        this.tokens = tokens;
    }

    /**
     * A token as it is handed out.
     *
     * @param expiresIn seconds, at most 600
     */
    public record TokenView(
            @ZhName("访问令牌") String accessToken,
            @ZhName("令牌类型") String tokenType,
            @ZhName("有效秒数") long expiresIn) {}

    @POST
    @Exchanged(TOKEN_ISSUE)
    @Operation(operationId = "issueToken", summary = "取得令牌 / Obtain a token")
    public TokenView issue() {
        Exchange exchange = current.get();
        var system = directory.current().system(exchange.caller().system()).orElseThrow();
        IssuedToken issued = tokens.issue(system, exchange.keyId());
        long lifetime = Duration.between(exchange.time(), issued.expires()).toSeconds();
        return new TokenView(issued.token(), "Bearer", lifetime);
    }
}
