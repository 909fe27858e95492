package org.xietong.api;

import static org.xietong.exchange.Operation.ADMIN_APPROVE;
import static org.xietong.exchange.Operation.ADMIN_LIST;
import static org.xietong.exchange.Operation.ADMIN_READ;
import static org.xietong.exchange.Operation.ADMIN_REFUSE;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.ChangeView;
import org.xietong.agency.DirectoryChanges;
import org.xietong.agency.DirectoryChanges.Verdict;
import org.xietong.agency.DirectoryPage;
import org.xietong.exchange.Exchanged;
import org.xietong.identifier.ZhName;

/**
 * {@code /v1/admin/changes}: what administrators proposed and did. A proposal takes effect by a second officer's
 * approval, signed over the digest of exactly what was proposed (I11).
 */
@Path("/v1/admin/changes")
@Tag(name = "管理 Administration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ChangeAdminResource {
    private final AdminActs acts;
    private final DirectoryChanges changes;

    ChangeAdminResource(AdminActs acts, DirectoryChanges changes) {
        this.acts = acts;
        this.changes = changes;
    }

    /**
     * What is decided about.
     *
     * @param digest of the proposal's content, as the deciding officer computed it: SHA-256, lower-hex
     */
    public record DecisionDraft(
            @ZhName("内容摘要") @NotNull @Pattern(regexp = "[0-9a-f]{64}") @Size(max = 64)
            String digest) {}

    @GET
    @Exchanged(ADMIN_LIST)
    @Operation(operationId = "listDirectoryChanges", summary = "列出目录变更 / List changes of the directory")
    public DirectoryPage<ChangeView> list(
            @QueryParam("open") @Nullable String open,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return changes.list(
                QueryParameters.flag("open", open), Optional.ofNullable(after), QueryParameters.limit(limit));
    }

    @GET
    @Path("{id}")
    @Exchanged(ADMIN_READ)
    @Operation(operationId = "readDirectoryChange", summary = "查阅目录变更 / Read a change")
    public ChangeView read(@PathParam("id") String id) {
        return changes.read(Ids.path(id));
    }

    @POST
    @Path("{id}/approval")
    @Exchanged(ADMIN_APPROVE)
    @Operation(operationId = "approveDirectoryChange", summary = "批准目录变更 / Approve, as the second officer")
    public ChangeView approve(@PathParam("id") String id, DecisionDraft draft) {
        return acts.act(who -> changes.decide(who, Ids.path(id), draft.digest(), Verdict.APPROVED));
    }

    @POST
    @Path("{id}/refusal")
    @Exchanged(ADMIN_REFUSE)
    @Operation(operationId = "refuseDirectoryChange", summary = "驳回目录变更 / Refuse, as the second officer")
    public ChangeView refuse(@PathParam("id") String id, DecisionDraft draft) {
        return acts.act(who -> changes.decide(who, Ids.path(id), draft.digest(), Verdict.REFUSED));
    }

    @POST
    @Path("{id}/withdrawal")
    @Exchanged(ADMIN_REFUSE)
    @Operation(operationId = "withdrawDirectoryChange", summary = "撤回目录变更 / Withdraw one's own")
    public ChangeView withdraw(@PathParam("id") String id, DecisionDraft draft) {
        return acts.act(who -> changes.decide(who, Ids.path(id), draft.digest(), Verdict.WITHDRAWN));
    }
}
