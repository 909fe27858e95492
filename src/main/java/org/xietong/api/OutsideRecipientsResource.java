package org.xietong.api;

import static org.xietong.exchange.Operation.OUTSIDE_RECIPIENT_LIST;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Directory;
import org.xietong.agency.OutsideKind;
import org.xietong.agency.OutsideRecipient;
import org.xietong.crypto.VerificationKey;
import org.xietong.exchange.Exchanged;
import org.xietong.identifier.ZhName;
import org.xietong.matter.Occurred;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.PacketSealing;

/** {@code /v1/outside-recipients}: to whom outside the system a packet may be sent. */
@Path("/v1/outside-recipients")
@Tag(name = "系统外接收单位 Outside recipients")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OutsideRecipientsResource {
    private final Directory directory;

    OutsideRecipientsResource(Directory directory) {
        this.directory = directory;
    }

    /**
     * A page, by id.
     *
     * @param next the id to go on after
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OutsideRecipientPage(
            @ZhName("系统外接收单位") List<OutsideRecipientView> items,
            @ZhName("下一页游标") @Nullable String next) {}

    /**
     * One of them.
     *
     * @param keyId SHA-256 of the certificate
     * @param validTo until when its certificate is valid
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OutsideRecipientView(
            @ZhName("接收单位编号") String id,
            @ZhName("单位种类") OutsideKind kind,
            @ZhName("行政区划代码") String division,
            @ZhName("中文名称") String nameZh,
            @ZhName("英文名称") String nameEn,
            @ZhName("封装方式") PacketSealing sealing,
            @ZhName("证书标识") @Nullable String keyId,
            @ZhName("证书有效期止") @Nullable OffsetDateTime validTo) {
        static OutsideRecipientView of(OutsideRecipient recipient) {
            VerificationKey key = recipient.key().orElse(null);
            return new OutsideRecipientView(
                    recipient.id(),
                    recipient.kind(),
                    recipient.division(),
                    recipient.nameZh(),
                    recipient.nameEn(),
                    key == null ? PacketSealing.PASSPHRASE : PacketSealing.CERTIFICATE,
                    key == null ? null : key.keyId(),
                    key == null
                            ? null
                            : key.certificate()
                                    .getNotAfter()
                                    .toInstant()
                                    .atZone(Occurred.ZONE)
                                    .toOffsetDateTime());
        }
    }

    @GET
    @Exchanged(OUTSIDE_RECIPIENT_LIST)
    @Operation(operationId = "listOutsideRecipients", summary = "列出系统外接收单位 / List the outside recipients")
    public OutsideRecipientPage list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
        int most = QueryParameters.limit(limit);
        List<OutsideRecipient> found = directory.current().outsideAfter(after == null ? "" : known(after));
        List<OutsideRecipientView> page =
                found.stream().limit(most).map(OutsideRecipientView::of).toList();
        return new OutsideRecipientPage(
                page, found.size() > most ? page.getLast().id() : null);
    }

    private static String known(String after) {
        if (after.length() > 64) {
            throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("after", "FORMAT"));
        }
        return after;
    }
}
