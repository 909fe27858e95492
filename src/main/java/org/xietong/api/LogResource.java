package org.xietong.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.exchange.Open;
import org.xietong.ledger.Cosignatures;
import org.xietong.ledger.LogReader;
import org.xietong.ledger.LogSigners;
import org.xietong.ledger.WitnessKeyReader;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * {@code /log}: checkpoints and tiles of the two trees (c2sp.org/tlog-tiles). Hashes and signatures only, for everybody on the
 * network: unsigned by the exchange, unjournaled, and cacheable. What the tiles' leaves say is not here.
 */
@Path("/log")
@Tag(name = "公开日志 Log")
@RunOnVirtualThread
public class LogResource {
    /** A newer one comes twice a second at most. */
    private static final String SOON_OLD = "public, max-age=1";
    /** What a path names never changes. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final LogReader log;
    private final LogSigners signers;
    private final Cosignatures cosignatures;
    private final WitnessKeyReader witnesses;

    LogResource(LogReader log, LogSigners signers, Cosignatures cosignatures, WitnessKeyReader witnesses) {
        this.log = log;
        this.signers = signers;
        this.cosignatures = cosignatures;
        this.witnesses = witnesses;
    }

    @GET
    @Open
    @Path("checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "readCheckpoint",
            summary = "最新检查点 / Newest checkpoint",
            description =
                    "签名笔记（C2SP signed-note）：来源、条目数、根哈希，Ed25519 与 SM2 签名，及迄今收到的见证签名。 Signed note: origin, size, root; Ed25519 and SM2 signatures, and the cosignatures so far.")
    public RestResponse<String> checkpoint() {
        return checkpoint(TreeHash.SHA_256);
    }

    @GET
    @Open
    @Path("sm3/checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "readCheckpointSm3",
            summary = "最新检查点（SM3 树） / Newest checkpoint of the SM3 tree",
            description = "同一批条目的 SM3 树，条目数相同。 The SM3 tree over the same entries, of the same size.")
    public RestResponse<String> checkpointSm3() {
        return checkpoint(TreeHash.SM3);
    }

    @GET
    @Open
    @Path("vkey")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "readLogKey",
            summary = "日志验证公钥 / Verifier key of the log",
            description =
                    "Ed25519 公钥，signed-note 格式；须另行核对其来源。 Ed25519, in signed-note form; confirm it by another road.")
    public RestResponse<String> verifierKey() {
        return text(signers.verifierKeys(TreeHash.SHA_256).getFirst() + "\n", SOON_OLD);
    }

    @GET
    @Open
    @Path("vkeys")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "readLogKeys",
            summary = "日志全部验证公钥 / All verifier keys of both trees",
            description = "每行一个公钥：两棵树各有 Ed25519 与 SM2。 One per line: Ed25519 and SM2 of each tree.")
    public RestResponse<String> verifierKeys() {
        String keys = Arrays.stream(TreeHash.values())
                .flatMap(tree -> signers.verifierKeys(tree).stream())
                .map(VerifierKey::toString)
                .collect(Collectors.joining("\n", "", "\n"));
        return text(keys, SOON_OLD);
    }

    @GET
    @Open
    @Path("witnesses")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "readWitnessKeys",
            summary = "见证人公钥，含已停用的 / Keys of the witnesses, former ones included",
            description =
                    "每行一个：公钥；已停用的附 until 与停用时间，此前的见证签名仍可核验；已撤销的附 withdrawn，不再计。须另行核对其来源。 One per line: the key; a former one with its end, until which its cosignatures count; a withdrawn one as such, which counts no more. Confirm them by another road.")
    public RestResponse<String> witnesses() {
        return text(witnesses.all().stream().map(key -> key + "\n").collect(Collectors.joining()), SOON_OLD);
    }

    /** Only what a configured witness signed over a checkpoint of ours is stored, once; from whomever it comes. */
    @POST
    @Open(deposit = true)
    @Path("cosignature")
    @Consumes(MediaType.TEXT_PLAIN)
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "depositCosignature",
            summary = "交存见证签名 / Deposit a cosignature",
            description =
                    "供自行拉取的见证人交回已加签的检查点（两棵树皆可）；只收已配置见证人的有效签名。 For witnesses that look by themselves: the cosigned checkpoint of either tree; taken from configured witnesses only.")
    public RestResponse<String> deposit(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = String.class)))
                    InputStream body) {
        try {
            byte[] note = body.readNBytes(AddCheckpoint.LONGEST + 1);
            if (note.length > AddCheckpoint.LONGEST) {
                throw new ProblemException(ProblemType.BODY_TOO_LARGE);
            }
            return RestResponse.ResponseBuilder.ok(
                            cosignatures.deposit(SignedCheckpoint.parse(note)),
                            MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                    .build();
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED);
        }
    }

    @GET
    @Open
    @Path("tile/{tile: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            operationId = "readTile",
            summary = "哈希瓦片 / Tile of hashes",
            description =
                    "C2SP tlog-tiles：至多 256 个 32 字节哈希；完整瓦片永不改变。 Up to 256 hashes of 32 bytes; a full tile never changes.")
    public RestResponse<byte[]> tile(
            @Parameter(description = "层/序号[.p/宽度] level/index[.p/width]") @PathParam("tile") String tile) {
        return tile(TreeHash.SHA_256, tile);
    }

    @GET
    @Open
    @Path("sm3/tile/{tile: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            operationId = "readTileSm3",
            summary = "哈希瓦片（SM3 树） / Tile of hashes of the SM3 tree",
            description = "同上，SM3。 The same, of SM3.")
    public RestResponse<byte[]> tileSm3(
            @Parameter(description = "层/序号[.p/宽度] level/index[.p/width]") @PathParam("tile") String tile) {
        return tile(TreeHash.SM3, tile);
    }

    private RestResponse<String> checkpoint(TreeHash tree) {
        return text(log.newest().orElseThrow(LogResource::notFound).note(tree), SOON_OLD);
    }

    private RestResponse<byte[]> tile(TreeHash tree, String path) {
        byte[] hashes = log.tile(tree, path(path)).orElseThrow(LogResource::notFound);
        return RestResponse.ResponseBuilder.ok(hashes, MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header("Cache-Control", FOR_EVER)
                .build();
    }

    /** A path of another form names nothing, like one of a tile that is not there yet. */
    private static TilePath.Hashes path(String path) {
        try {
            if (TilePath.parse("tile/" + path) instanceof TilePath.Hashes hashes) {
                return hashes;
            }
        } catch (MalformedEvidenceException e) {
            throw notFound();
        }
        throw notFound();
    }

    private static RestResponse<String> text(String text, String caching) {
        return RestResponse.ResponseBuilder.ok(text, MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .header("Cache-Control", caching)
                .build();
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND);
    }
}
