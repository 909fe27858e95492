package org.xietong.app.verify;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Crypto;
import org.xietong.crypto.Pem;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;
import org.xietong.evidence.check.BundleCheck;
import org.xietong.evidence.check.LogCheck;
import org.xietong.evidence.check.Report;
import org.xietong.evidence.check.StretchCheck;
import org.xietong.evidence.check.Trust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks evidence without the platform: 0 no fault, 1 the first fault named, 2 usage error. */
@Command(
        name = "verify",
        description = {
            "离线核验证据包、日志文件夹或日志网址，指出第一处问题。退出码：0 通过，1 不通过，2 用法错误。",
            "Checks an evidence bundle, a log's folder or a log's address without trusting the platform, and names the first",
            "fault. Exit: 0 no fault, 1 a fault, 2 usage error."
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final int FAULT = 1;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "BUNDLE.zip|DIR|URL",
            description = {"证据包、日志文件夹，或日志网址（以 /log 结尾）", "a bundle, a log's folder, or its address ending in /log"})
    String target = "";

    @Option(
            names = "--key",
            paramLabel = "VKEY|FILE",
            description = {
                "日志公钥，或每行一个公钥的文件；可重复。不给时取自证据本身，并如实注明",
                "a verifier key of the log, or a file with one a line; may be repeated. Without it those in the evidence are",
                "taken, and the report says so"
            })
    List<String> keys = List.of();

    @Option(
            names = "--witness",
            paramLabel = "VKEY|FILE",
            description = {
                "所信任的见证机构的公钥，或每行一个的文件（如 checkpoints/witnesses.txt、/log/witnesses 核对后的副本）；",
                "行末可有 until <时间>（此后不计）或 withdrawn（已撤销，不计）。同名的多个公钥算一个机构",
                "a verifier key of a witness that you trust, or a file with one a line (a copy of witnesses.txt that you have",
                "checked): until <time> behind it ends it, withdrawn ends it for good; several of one name are one witness"
            })
    List<String> witnesses = List.of();

    @Option(
            names = "--quorum",
            paramLabel = "N",
            description = {"须有几个见证机构签名，默认为所给的全部", "how many of them must have cosigned; all by default"})
    @Nullable
    Integer quorum;

    @Option(
            names = "--trust",
            paramLabel = "CERT.pem",
            description = {
                "信任的根证书（PEM，可多张）。不给时取自证据本身，并如实注明",
                "roots that you trust (PEM). Without it those in the evidence are taken, and the report says so"
            })
    List<Path> roots = List.of();

    @Option(
            names = "--platform",
            paramLabel = "CERT.pem",
            description = {
                "平台签清单和答复的证书（PEM，可多张，含已停用的）。不给时，同一认证机构的任何用户都可能冒充平台，如实注明",
                "the certificates by which the platform signs manifests and answers (PEM, former ones too). Without it any member",
                "of the authorities may pass as the platform, and the report says so"
            })
    List<Path> platform = List.of();

    @Option(
            names = "--since",
            paramLabel = "CHECKPOINT",
            description = {"先前保存的检查点：日志须是它的延续", "an earlier checkpoint that you kept: the log must continue it"})
    @Nullable
    Path since;

    @Option(
            names = "--hashes-only",
            description = {"日志文件夹只是公开部分的副本，没有条目", "the log's folder is a copy of its public side, without entries"})
    boolean hashesOnly;

    @Option(
            names = "--entries",
            paramLabel = "FILE.ndjson",
            description = {
                "从日志导出的一段连续条目：逐条核对其在日志中的位置，须与 --from 同用",
                "an export of consecutive entries: each is held against its place in the log; with --from"
            })
    @Nullable
    Path entries;

    @Option(
            names = "--from",
            paramLabel = "N",
            description = {"这段条目第一条的位置，从 0 起", "the place of the first of them, from 0"})
    @Nullable
    Long from;

    @Option(
            names = "--until",
            paramLabel = "N",
            description = {
                "最后一条之后的位置；不给时末尾是否有缺无从得知",
                "the place behind the last of them; without it nobody can tell whether the end is missing"
            })
    @Nullable
    Long until;

    @Option(
            names = "--json",
            description = {"输出 JSON", "prints JSON"})
    boolean json;

    @Override
    public Integer call() {
        Crypto.install();
        Report report = check(trust());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            out.println(new String(report.json(), StandardCharsets.UTF_8));
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
        return report.accepted() ? 0 : FAULT;
    }

    private Report check(Trust trust) {
        if (entries != null || from != null || until != null) {
            return stretch(trust, entries, from);
        }
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return LogCheck.check(address(), trust, earlier());
        }
        Path path = Path.of(target);
        if (!Files.exists(path)) {
            throw usage("没有这个文件：" + target, "there is no such file");
        }
        if (Files.isDirectory(path)) {
            return LogCheck.check(path, trust, earlier(), hashesOnly);
        }
        if (since != null) {
            throw usage("--since 只用于日志", "--since is for logs");
        }
        return BundleCheck.check(path, trust);
    }

    private Report stretch(Trust trust, @Nullable Path lines, @Nullable Long place) {
        if (lines == null || place == null || place < 0 || since != null || hashesOnly) {
            throw usage(
                    "--entries 与 --from（从 0 起）须同时给出，且不与 --since、--hashes-only 同用",
                    "--entries and --from (0 or more) go together, and without --since and --hashes-only");
        }
        if (!Files.isRegularFile(lines)) {
            throw usage("没有这个文件：" + lines, "there is no such file");
        }
        OptionalLong end = until == null ? OptionalLong.empty() : OptionalLong.of(until);
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return StretchCheck.check(address(), trust, lines, place, end);
        }
        if (!Files.isDirectory(Path.of(target))) {
            throw usage("--entries 须对照日志文件夹或网址", "--entries are held against a log's folder or address");
        }
        return StretchCheck.check(Path.of(target), trust, lines, place, end);
    }

    private URI address() {
        try {
            return URI.create(target);
        } catch (IllegalArgumentException e) {
            throw usage("网址不正确", "not an address");
        }
    }

    private byte @Nullable [] earlier() {
        try {
            return since == null ? null : Files.readAllBytes(since);
        } catch (IOException e) {
            throw usage("无法读取：" + since, "the earlier checkpoint cannot be read");
        }
    }

    private Trust trust() {
        List<WitnessKey> trusted = given(witnesses, WitnessKey::parse);
        Set<String> named = platformKeys();
        try {
            return new Trust(
                    given(keys, VerifierKey::parse),
                    trusted,
                    quorum == null ? Trust.number(trusted) : quorum,
                    certificates(roots),
                    named,
                    Instant.now());
        } catch (IllegalArgumentException e) {
            throw usage("--quorum 不能大于 --witness 的个数", "--quorum is more than the witnesses given");
        }
    }

    /** How a line is read. */
    private interface Form<T> {
        T parse(String line) throws IOException;
    }

    private <T> List<T> given(List<String> given, Form<T> form) {
        List<T> all = new ArrayList<>();
        for (String each : given) {
            try {
                Path file = each.length() < 4096 && each.indexOf('+') < 0 ? Path.of(each) : null;
                List<String> lines =
                        file != null && Files.isRegularFile(file) ? Files.readAllLines(file) : List.of(each);
                for (String line : lines) {
                    if (!line.isBlank()) {
                        all.add(form.parse(line.strip()));
                    }
                }
            } catch (IOException | IllegalArgumentException e) {
                throw usage("公钥无法读取", "a verifier key cannot be read");
            }
        }
        return all.stream().distinct().toList();
    }

    private List<X509Certificate> certificates(List<Path> files) {
        List<X509Certificate> all = new ArrayList<>();
        for (Path file : files) {
            try {
                all.addAll(Pem.certificates(Files.readString(file)));
            } catch (IOException | IllegalArgumentException e) {
                throw usage("无法读取证书：" + file, "a certificate cannot be read");
            }
        }
        return all;
    }

    /** Files that name nobody are no way round the question who signed. */
    private Set<String> platformKeys() {
        Set<String> keys = new HashSet<>();
        try {
            for (Path file : platform) {
                List<X509Certificate> named = certificates(List.of(file));
                if (named.isEmpty()) {
                    throw usage("--platform 的文件中没有证书", "there is no certificate in a file of --platform");
                }
                named.forEach(
                        certificate -> keys.add(VerificationKey.of(certificate).keyId()));
            }
        } catch (IllegalArgumentException e) {
            throw usage("平台证书的算法不受支持", "a certificate of the platform has a key that no platform signs with");
        }
        return keys;
    }

    private ParameterException usage(String zh, String en) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), zh + " / " + en);
    }
}
