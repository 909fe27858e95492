package org.xietong.api;

import static org.xietong.exchange.Operation.ADMIN_LIST;
import static org.xietong.exchange.Operation.ADMIN_NARROW;
import static org.xietong.exchange.Operation.ADMIN_PROPOSE;
import static org.xietong.exchange.Operation.ADMIN_READ;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.AdminAct;
import org.xietong.agency.ChangeView;
import org.xietong.agency.DirectoryChanges;
import org.xietong.agency.DirectoryListing;
import org.xietong.agency.DirectoryPage;
import org.xietong.agency.DirectoryViews;
import org.xietong.agency.KeyDraft;
import org.xietong.agency.SystemDraft;
import org.xietong.exchange.Exchanged;

/** {@code /v1/admin/systems}: case systems and consoles, with their certificates. */
@Path("/v1/admin/systems")
@Tag(name = "管理 Administration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SystemAdminResource {
    private final AdminActs acts;
    private final DirectoryChanges changes;
    private final DirectoryListing directory;

    SystemAdminResource(AdminActs acts, DirectoryChanges changes, DirectoryListing directory) {
        this.acts = acts;
        this.changes = changes;
        this.directory = directory;
    }

    @GET
    @Exchanged(ADMIN_LIST)
    @Operation(operationId = "listSystems", summary = "列出系统 / List systems")
    public DirectoryPage<DirectoryViews.SystemEntry> list(
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return directory.systems(AdminActs.selection(unit, after, limit));
    }

    @GET
    @Path("{id}")
    @Exchanged(ADMIN_READ)
    @Operation(operationId = "readSystem", summary = "查阅系统 / Read")
    public DirectoryViews.SystemEntry read(@PathParam("id") String id) {
        return directory.system(Ids.name(id));
    }

    @POST
    @Exchanged(ADMIN_PROPOSE)
    @Operation(operationId = "registerSystem", summary = "提出登记系统 / Propose to register")
    public ChangeView register(SystemDraft draft) {
        return acts.propose(who -> changes.start(who, AdminAct.SYSTEM_REGISTER, draft.id(), draft));
    }

    @POST
    @Path("{id}/amendment")
    @Exchanged(ADMIN_PROPOSE)
    @Operation(operationId = "amendSystem", summary = "提出变更系统 / Propose to amend")
    public ChangeView amend(@PathParam("id") String id, SystemDraft draft) {
        return acts.propose(who -> changes.start(who, AdminAct.SYSTEM_AMEND, Ids.name(id), draft));
    }

    @POST
    @Path("{id}/certificates")
    @Exchanged(ADMIN_PROPOSE)
    @Operation(operationId = "registerSystemCertificate", summary = "提出登记系统证书 / Propose a certificate")
    public ChangeView registerCertificate(@PathParam("id") String id, KeyDraft draft) {
        return acts.propose(who -> changes.start(who, AdminAct.KEY_REGISTER, Ids.name(id), draft));
    }

    @POST
    @Path("{id}/suspension")
    @Exchanged(ADMIN_NARROW)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "suspendSystem", summary = "停用系统 / Suspend a system")
    public ChangeView suspend(@PathParam("id") String id) {
        return acts.act(who -> changes.start(who, AdminAct.SYSTEM_SUSPEND, Ids.name(id)));
    }

    @POST
    @Path("{id}/resumption")
    @Exchanged(ADMIN_PROPOSE)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "resumeSystem", summary = "提出恢复系统 / Propose to resume")
    public ChangeView resume(@PathParam("id") String id) {
        return acts.propose(who -> changes.start(who, AdminAct.SYSTEM_RESUME, Ids.name(id)));
    }
}
