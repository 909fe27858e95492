package org.xietong.api;

import io.quarkus.runtime.Startup;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.exchange.Open;
import org.xietong.identifier.CodeList;
import org.xietong.identifier.CodeLists;
import org.xietong.identifier.Verified;
import org.xietong.identifier.ZhName;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The code lists with their Chinese and English names. They hold no case data and need no caller. Made at start, so that an unsound
 * list stops it (I10).
 */
@Startup
@Path("/v1/codes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "代码表 Codes")
public class CodesResource {
    private final CodeLists lists = CodeLists.standard();

    /** All lists, without their codes. */
    public record CodeIndex(@ZhName("代码表") List<CodeIndexEntry> lists) {}

    /** One list as the index names it. */
    public record CodeIndexEntry(
            @ZhName("代码表标识") String id,
            @ZhName("中文名称") String zh,
            @ZhName("英文名称") String en,
            @ZhName("依据") String basis,
            @ZhName("核对程度") Verified verified) {
        static CodeIndexEntry of(CodeList list) {
            return new CodeIndexEntry(list.id(), list.zh(), list.en(), list.basis(), list.verified());
        }
    }

    @GET
    @Open
    @Operation(
            summary = "列出代码表 / List the code lists",
            description = "各代码表的名称、依据和核对程度。 Name, basis and verification of each list.")
    public CodeIndex index() {
        return new CodeIndex(lists.all().stream().map(CodeIndexEntry::of).toList());
    }

    @GET
    @Path("/{list}")
    @Open
    @Operation(
            summary = "查阅代码表 / Read a code list",
            description = "代码及其中英文名称、依据和有效期。 Codes with names, basis and validity.")
    public CodeList list(@Parameter(description = "代码表标识 id of the list") @PathParam("list") String list) {
        return lists.find(list).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }
}
