package org.xietong.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.xietong.evidence.TreeHash;
import org.xietong.exchange.Open;
import org.xietong.ledger.OpenTimeStamps;
import org.xietong.ledger.TimedCheckpoint;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * {@code /log/timestamp}: which checkpoints are timed, their notes, and the authority's word over each (RFC 3161); open like the
 * log. {@code openssl ts -verify} takes a note as {@code -data} and the response as {@code -in}.
 */
@Path("/log/timestamp")
@Tag(name = "公开日志 Log")
@RunOnVirtualThread
public class TimeStampResource {
    private static final String REPLY = "application/timestamp-reply";
    private static final String SIZE = "{size: [0-9]{1,18}}";
    private static final String SOON_OLD = "public, max-age=1";
    /** What a path names never changes. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final OpenTimeStamps times;

    TimeStampResource(OpenTimeStamps times) {
        this.times = times;
    }

    @GET
    @Open
    @Path("newest")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "readNewestTimedSize",
            summary = "最新的带时间戳的检查点 / Newest timed checkpoint",
            description = "其条目数，十进制。 Its size, in decimal.")
    public RestResponse<String> newest() {
        return text(
                times.newest().orElseThrow(TimeStampResource::notFound).head().size() + "\n", SOON_OLD);
    }

    @GET
    @Open
    @Path(SIZE)
    @Produces(REPLY)
    @Operation(
            operationId = "readTimeStamp",
            summary = "检查点的时间戳 / Time-stamp on a checkpoint",
            description =
                    "RFC 3161 应答（DER），对象是同一条目数的检查点全文（日志自身的签名在内）。 RFC 3161 response (DER) over the checkpoint's note, the log's own signatures included.")
    public RestResponse<byte[]> timeStamp(
            @Parameter(description = "条目数 size of the checkpoint") @PathParam("size") long size) {
        return response(size, TreeHash.SHA_256);
    }

    @GET
    @Open
    @Path(SIZE + "/sm3")
    @Produces(REPLY)
    @Operation(
            operationId = "readTimeStampSm3",
            summary = "检查点的时间戳（SM3 树） / Time-stamp on a checkpoint of the SM3 tree",
            description = "同上，SM3。 The same, of SM3.")
    public RestResponse<byte[]> timeStampSm3(
            @Parameter(description = "条目数 size of the checkpoint") @PathParam("size") long size) {
        return response(size, TreeHash.SM3);
    }

    @GET
    @Open
    @Path(SIZE + "/checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "readTimedCheckpoint",
            summary = "带时间戳的检查点 / Timed checkpoint",
            description = "时间戳所覆盖的签名笔记，逐字节。 The signed note that was stamped, byte for byte.")
    public RestResponse<String> checkpoint(
            @Parameter(description = "条目数 size of the checkpoint") @PathParam("size") long size) {
        return text(timed(size).head().note(TreeHash.SHA_256), FOR_EVER);
    }

    @GET
    @Open
    @Path(SIZE + "/sm3/checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "readTimedCheckpointSm3",
            summary = "带时间戳的检查点（SM3 树） / Timed checkpoint of the SM3 tree",
            description = "同上，SM3。 The same, of SM3.")
    public RestResponse<String> checkpointSm3(
            @Parameter(description = "条目数 size of the checkpoint") @PathParam("size") long size) {
        return text(timed(size).head().note(TreeHash.SM3), FOR_EVER);
    }

    private RestResponse<byte[]> response(long size, TreeHash tree) {
        return RestResponse.ResponseBuilder.ok(timed(size).response(tree), MediaType.valueOf(REPLY))
                .header("Cache-Control", FOR_EVER)
                .build();
    }

    private TimedCheckpoint timed(long size) {
        return times.at(size).orElseThrow(TimeStampResource::notFound);
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
