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
import org.xietong.exchange.Exchanged;

/** {@code /v1/admin/certificates}: registered certificates, by key id. */
@Path("/v1/admin/certificates")
@Tag(name = "管理 Administration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CertificateAdminResource {
    private final AdminActs acts;
    private final DirectoryChanges changes;
    private final DirectoryListing directory;

    CertificateAdminResource(AdminActs acts, DirectoryChanges changes, DirectoryListing directory) {
        this.acts = acts;
        this.changes = changes;
        this.directory = directory;
    }

    @GET
    @Exchanged(ADMIN_LIST)
    @Operation(operationId = "listCertificates", summary = "列出证书 / List certificates")
    public DirectoryPage<DirectoryViews.CertificateEntry> list(
            @QueryParam("holder") @Nullable String holder,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return directory.certificates(AdminActs.selection(holder, after, limit));
    }

    @GET
    @Path("{keyId}")
    @Exchanged(ADMIN_READ)
    @Operation(operationId = "readCertificate", summary = "查阅证书 / Read")
    public DirectoryViews.CertificateEntry read(@PathParam("keyId") String keyId) {
        return directory.certificate(Ids.name(keyId));
    }

    @POST
    @Path("{keyId}/suspension")
    @Exchanged(ADMIN_NARROW)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "suspendCertificate", summary = "停用证书 / Suspend a certificate")
    public ChangeView suspend(@PathParam("keyId") String keyId) {
        return acts.act(who -> changes.start(who, AdminAct.KEY_SUSPEND, Ids.name(keyId)));
    }

    @POST
    @Path("{keyId}/revocation")
    @Exchanged(ADMIN_NARROW)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "revokeCertificate", summary = "吊销证书 / Revoke for ever")
    public ChangeView revoke(@PathParam("keyId") String keyId) {
        return acts.act(who -> changes.start(who, AdminAct.KEY_REVOKE, Ids.name(keyId)));
    }

    @POST
    @Path("{keyId}/resumption")
    @Exchanged(ADMIN_PROPOSE)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "resumeCertificate", summary = "提出恢复证书 / Propose to resume")
    public ChangeView resume(@PathParam("keyId") String keyId) {
        return acts.propose(who -> changes.start(who, AdminAct.KEY_RESUME, Ids.name(keyId)));
    }
}
