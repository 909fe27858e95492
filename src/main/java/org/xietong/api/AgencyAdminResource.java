package org.xietong.api;

import static org.xietong.exchange.Operation.ADMIN_LIST;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.agency.DirectoryListing;
import org.xietong.agency.DirectoryViews;
import org.xietong.exchange.Exchanged;
import org.xietong.identifier.ZhName;

/** {@code /v1/admin/agencies}: the parties of the source. Which of them take part is told by their units. */
@Path("/v1/admin/agencies")
@Tag(name = "管理 Administration")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AgencyAdminResource {
    private final DirectoryListing directory;

    AgencyAdminResource(DirectoryListing directory) {
        this.directory = directory;
    }

    /** All parties; there is no next page. */
    public record AgencyList(@ZhName("机关列表") List<DirectoryViews.AgencyEntry> items) {}

    @GET
    @Exchanged(ADMIN_LIST)
    @Operation(operationId = "listAgencies", summary = "列出机关 / List agencies")
    public AgencyList list() {
        return new AgencyList(directory.agencies());
    }
}
