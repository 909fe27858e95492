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
import org.xietong.agency.OfficerDraft;
import org.xietong.agency.RoleDraft;
import org.xietong.exchange.Exchanged;

/** {@code /v1/admin/officers}: officers, their certificates, and the three administrators' roles 三员. */
@Path("/v1/admin/officers")
@Tag(name = "管理 Administration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OfficerAdminResource {
    private final AdminActs acts;
    private final DirectoryChanges changes;
    private final DirectoryListing directory;

    OfficerAdminResource(AdminActs acts, DirectoryChanges changes, DirectoryListing directory) {
        this.acts = acts;
        this.changes = changes;
        this.directory = directory;
    }

    @GET
    @Exchanged(ADMIN_LIST)
    @Operation(operationId = "listOfficers", summary = "列出人员 / List officers")
    public DirectoryPage<DirectoryViews.OfficerEntry> list(
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return directory.officers(AdminActs.selection(unit, after, limit));
    }

    @GET
    @Path("{id}")
    @Exchanged(ADMIN_READ)
    @Operation(operationId = "readOfficer", summary = "查阅人员 / Read")
    public DirectoryViews.OfficerEntry read(@PathParam("id") String id) {
        return directory.officer(Ids.name(id));
    }

    @POST
    @Exchanged(ADMIN_PROPOSE)
    @Operation(operationId = "registerOfficer", summary = "提出登记人员 / Propose to register")
    public ChangeView register(OfficerDraft draft) {
        return acts.propose(who -> changes.start(who, AdminAct.OFFICER_REGISTER, draft.id(), draft));
    }

    @POST
    @Path("{id}/amendment")
    @Exchanged(ADMIN_PROPOSE)
    @Operation(operationId = "amendOfficer", summary = "提出变更人员 / Propose to amend")
    public ChangeView amend(@PathParam("id") String id, OfficerDraft draft) {
        return acts.propose(who -> changes.start(who, AdminAct.OFFICER_AMEND, Ids.name(id), draft));
    }

    @POST
    @Path("{id}/certificates")
    @Exchanged(ADMIN_PROPOSE)
    @Operation(operationId = "registerOfficerCertificate", summary = "提出登记人员证书 / Propose a certificate")
    public ChangeView registerCertificate(@PathParam("id") String id, KeyDraft draft) {
        return acts.propose(who -> changes.start(who, AdminAct.KEY_REGISTER, Ids.name(id), draft));
    }

    @POST
    @Path("{id}/role-grant")
    @Exchanged(ADMIN_PROPOSE)
    @Operation(operationId = "grantRole", summary = "提出授予管理角色 / Propose to grant a role")
    public ChangeView grantRole(@PathParam("id") String id, RoleDraft draft) {
        return acts.propose(who -> changes.start(who, AdminAct.ROLE_GRANT, Ids.name(id), draft));
    }

    @POST
    @Path("{id}/role-end")
    @Exchanged(ADMIN_NARROW)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "endRole", summary = "终止管理角色并停用该人员 / End a role and suspend the officer")
    public ChangeView endRole(@PathParam("id") String id) {
        return acts.act(who -> changes.start(who, AdminAct.ROLE_END, Ids.name(id)));
    }

    @POST
    @Path("{id}/suspension")
    @Exchanged(ADMIN_NARROW)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "suspendOfficer", summary = "停用人员 / Suspend an officer")
    public ChangeView suspend(@PathParam("id") String id) {
        return acts.act(who -> changes.start(who, AdminAct.OFFICER_SUSPEND, Ids.name(id)));
    }

    @POST
    @Path("{id}/resumption")
    @Exchanged(ADMIN_PROPOSE)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "resumeOfficer", summary = "提出恢复人员 / Propose to resume")
    public ChangeView resume(@PathParam("id") String id) {
        return acts.propose(who -> changes.start(who, AdminAct.OFFICER_RESUME, Ids.name(id)));
    }
}
