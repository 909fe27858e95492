package org.xietong.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xietong.client.Call;
import org.xietong.client.EvidenceFolder;
import org.xietong.client.Purpose;
import org.xietong.client.RawAnswer;
import org.xietong.client.SignedAnswer;
import org.xietong.client.SignedClient;
import org.xietong.client.TokenRefusedException;
import org.xietong.client.UntrustedAnswerException;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Signer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * One signed call. Prints the body of a trusted answer to standard output; ends with 0 for 2xx, with 22 for any other
 * trusted answer (as {@code curl -f}), with 1 if there was no answer that can be trusted.
 */
@Command(
        name = "call",
        description = {
            "发送一次签名调用，验证答复的签名后输出正文。退出码：2xx 为 0，其他可信答复为 22，无可信答复为 1。",
            "Sends one signed call; prints the body once the answer's signature is checked. Exit: 0 for 2xx,",
            "22 for any other trusted answer, 1 if there is none."
        })
final class CallCommand implements Callable<Integer> {
    private static final int NOT_2XX = 22;

    @Parameters(
            paramLabel = "PATH",
            description = {"路径与查询，已编码", "path and query, encoded, e.g. /v1/clues?rightType=TRADEMARK"})
    String target = "";

    @Option(
            names = {"-X", "--request"},
            paramLabel = "METHOD",
            description = {"默认 GET；有正文时 POST", "GET, or POST with a body, by default"})
    @Nullable
    String method;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {"平台地址", "where the platform is reached, http://127.0.0.1:8080 by default"})
    URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--authority",
            required = true,
            paramLabel = "NAME",
            description = {"平台的逻辑名称，计入签名", "the platform's logical name, which is signed"})
    String authority = "";

    @Option(
            names = "--platform",
            required = true,
            paramLabel = "FILE",
            description = {"平台应答证书（PEM，可多张）", "the platform's certificates (PEM), to check answers with"})
    @Nullable
    Path platform;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "TEXT|@FILE|@-",
            description = {"正文", "the body; @file reads a file, @- standard input"})
    @Nullable
    String data;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME=VALUE",
            description = {"其他请求头", "another header"})
    Map<String, String> headers = Map.of();

    @Option(
            names = "--purpose",
            paramLabel = "CODE",
            description = {"用途代码", "purpose code"})
    @Nullable
    String purpose;

    @Option(
            names = "--basis",
            paramLabel = "CODE",
            description = {"法律依据代码", "code of the legal basis"})
    @Nullable
    String basis;

    @Option(
            names = "--case",
            paramLabel = "NUMBER",
            description = {"本单位案号", "the caller's own case number"})
    @Nullable
    String caseNumber;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = {"幂等键；POST 默认随机生成", "random for POST by default"})
    @Nullable
    String idempotencyKey;

    @Option(
            names = "--if-match",
            paramLabel = "ETAG",
            description = {"带引号的 ETag", "the ETag with its quotes"})
    @Nullable
    String ifMatch;

    @Option(
            names = {"-i", "--include"},
            description = {"同时输出状态行与响应头", "prints status line and headers too"})
    boolean include;

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            description = {"保存签名证据", "keeps the signatures as evidence"})
    @Nullable
    Path evidence;

    @ArgGroup(exclusive = false, multiplicity = "1")
    CallKeys keys = new CallKeys();

    @Override
    public Integer call() {
        try {
            SignedAnswer answer = prepare(client()).send();
            print(System.out, answer.status(), answer.headers(), answer.body());
            return answer.status() / 100 == 2 ? 0 : NOT_2XX;
        } catch (TokenRefusedException e) {
            SignedAnswer answer = e.answer();
            print(System.out, answer.status(), answer.headers(), answer.body());
            return NOT_2XX;
        } catch (UntrustedAnswerException e) {
            RawAnswer answer = e.answer();
            System.err.println("xietong: " + e.getMessage());
            print(System.err, answer.status(), answer.headers(), answer.body());
            return Xietong.FAILED;
        } catch (UncheckedIOException e) {
            throw new LaunchException("没有收到答复：" + url, "there was no answer: " + url, e);
        } catch (IllegalArgumentException e) {
            throw new LaunchException("请求无法签名", "the request cannot be signed", e);
        }
    }

    private SignedClient client() {
        Signer system = keys.system().signer();
        SignedClient client;
        try {
            client = SignedClient.at(
                    url, authority, system, Pem.certificates(Files.readString(Objects.requireNonNull(platform))));
        } catch (IOException e) {
            throw new LaunchException(
                    "无法读取平台证书：" + platform, "the platform's certificates cannot be read: " + platform, e);
        }
        return evidence == null ? client : client.observing(new EvidenceFolder(evidence));
    }

    private Call prepare(SignedClient client) {
        byte[] body = body();
        String chosen = method == null ? (body.length == 0 ? "GET" : "POST") : method;
        Call call = client.call(chosen, target).body(body);
        headers.forEach(call::header);
        Optional.ofNullable(purpose)
                .map(code -> new Purpose(code, Optional.ofNullable(basis), Optional.ofNullable(caseNumber)))
                .ifPresent(call::purpose);
        Optional.ofNullable(ifMatch).ifPresent(call::ifMatch);
        if (idempotencyKey != null) {
            call.idempotencyKey(idempotencyKey);
        } else if (chosen.equals("POST")) {
            call.idempotencyKey();
        }
        keys.nameOfficer(call);
        return call;
    }

    private byte[] body() {
        if (data == null) {
            return new byte[0];
        }
        try {
            if (data.equals("@-")) {
                return System.in.readAllBytes();
            }
            return data.startsWith("@")
                    ? Files.readAllBytes(Path.of(data.substring(1)))
                    : data.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LaunchException("无法读取正文：" + data, "the body cannot be read: " + data, e);
        }
    }

    private void print(PrintStream out, int status, HttpHeaders answered, byte[] body) {
        if (include) {
            out.println("HTTP/1.1 " + status);
            for (Map.Entry<String, List<String>> header : answered.map().entrySet()) {
                header.getValue().forEach(value -> out.println(header.getKey() + ": " + value));
            }
            out.println();
        }
        out.writeBytes(body);
        out.flush();
    }
}
