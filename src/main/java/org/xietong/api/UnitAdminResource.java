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
import org.xietong.agency.UnitDraft;
import org.xietong.exchange.Exchanged;

/** {@code /v1/admin/units}: units with their responsible persons (article 10) and former names. */
@Path("/v1/admin/units")
@Tag(name = "管理 Administration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class UnitAdminResource {
    private final AdminActs acts;
    private final DirectoryChanges changes;
    private final DirectoryListing directory;

    UnitAdminResource(AdminActs acts, DirectoryChanges changes, DirectoryListing directory) {
        this.acts = acts;
        this.changes = changes;
        this.directory = directory;
    }

    @GET
    @Exchanged(ADMIN_LIST)
    @Operation(operationId = "listUnits", summary = "列出单位 / List units")
    public DirectoryPage<DirectoryViews.UnitEntry> list(
            @QueryParam("agency") @Nullable String agency,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return directory.units(AdminActs.selection(agency, after, limit));
    }

    @GET
    @Path("{id}")
    @Exchanged(ADMIN_READ)
    @Operation(operationId = "readUnit", summary = "查阅单位 / Read")
    public DirectoryViews.UnitEntry read(@PathParam("id") String id) {
        return directory.unit(Ids.name(id));
    }

    @POST
    @Exchanged(ADMIN_PROPOSE)
    @Operation(operationId = "registerUnit", summary = "提出登记单位 / Propose to register")
    public ChangeView register(UnitDraft draft) {
        return acts.propose(who -> changes.start(who, AdminAct.UNIT_REGISTER, draft.id(), draft));
    }

    @POST
    @Path("{id}/amendment")
    @Exchanged(ADMIN_PROPOSE)
    @Operation(operationId = "amendUnit", summary = "提出变更单位 / Propose to amend")
    public ChangeView amend(@PathParam("id") String id, UnitDraft draft) {
        return acts.propose(who -> changes.start(who, AdminAct.UNIT_AMEND, Ids.name(id), draft));
    }

    @POST
    @Path("{id}/suspension")
    @Exchanged(ADMIN_NARROW)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "suspendUnit", summary = "停用单位及其下级 / Suspend a unit and those below")
    public ChangeView suspend(@PathParam("id") String id) {
        return acts.act(who -> changes.start(who, AdminAct.UNIT_SUSPEND, Ids.name(id)));
    }

    @POST
    @Path("{id}/resumption")
    @Exchanged(ADMIN_PROPOSE)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "resumeUnit", summary = "提出恢复单位 / Propose to resume")
    public ChangeView resume(@PathParam("id") String id) {
        return acts.propose(who -> changes.start(who, AdminAct.UNIT_RESUME, Ids.name(id)));
    }
}
