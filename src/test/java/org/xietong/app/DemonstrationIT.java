package org.xietong.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer types, on the packaged program; and what it leaves behind, checked with openssl alone. */
class DemonstrationIT {
    @TempDir
    static Path folder;

    private static Outcome played;

    record Outcome(int code, String text) {}

    @BeforeAll
    static void play() throws Exception {
        played = run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-jar",
                Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString(),
                "demo",
                "--exit",
                "--port",
                Integer.toString(freePort()),
                "--data",
                folder.resolve("data").toString(),
                "--evidence",
                folder.resolve("evidence").toString()));
    }

    @Test
    void everyStepDoesWhatItShould() {
        assertEquals(0, played.code(), played.text());
        assertTrue(played.text().contains("every step did what it should"), played.text());
        assertTrue(!played.text().contains("✗"), played.text());
    }

    /** The way of the domain's section 8, the four published cases, and what stands beside them. */
    @Test
    void tellsTheWholeWay() {
        for (String told : List.of(
                "day 37 of custody",
                "Returned once for supplement",
                "Pronounced: upheld",
                "Paid in full",
                "Market supervision replies in writing",
                "dealt with apart",
                "who asked knows that they answered, and not what",
                "who asked reads the reply, and the days are met",
                "The decision goes to the procuratorate, and names the filing",
                "The prosecutor attends their discussion",
                "✓ 公安机关取得附件，字节相同",
                "sight of the ruling of second instance:",
                "Luoyang, transferred on 2023-01-09",
                "Zhijiang, four are indicted",
                "Wuhan, the ruling of second instance",
                "Haishu (Yongjia), the penalty of 2023-12-15",
                "Approved by the security administrator's own key",
                "the sender learns of filing and judgment from the feed",
                "refused as a replay")) {
            assertTrue(played.text().contains(told), told);
        }
    }

    /** The clock of what was registered late, and the one that the demonstration moves itself. */
    @Test
    void showsOverdueClocks() {
        holds("检察院的逾期期限中已有该移送的 T2，逾期 \\d+ 日：补登不推迟期限");
        holds("无人回应的提示期满后，检察院看见提示和逾期的 T1");
    }

    @Test
    void promptsAndAnswersByATransfer() {
        holds("办案单位随即得到提示：假冒注册商标，违法所得三万元以上，\\d{4}-\\d\\d-\\d\\d前考虑");
        holds("期限之内检察院看不见提示");
        holds("提示由该移送回应，期限 T1 完成");
    }

    @Test
    void theProcuratorateFindsOnItsListsWhatWasLost() {
        holds("无人回应的处罚在清单上：何单位、何期限、逾期几日");
        holds("上级检察院的清单是本级的");
        holds("表格中有同一行，注明标准是否核对过原文");
        holds("公安机关不予立案的移送也在其清单上");
    }

    @Test
    void sealsAPatentCaseForTheCourtOutside() {
        holds("武汉知识产权法庭只用 openssl 以自己的密钥打开，用平台脚本核验签名和清单");
        holds("途中改动一个比特即打不开");
        holds("回执经签名核验，移送状态为已收到");
    }

    @Test
    void sealsByPassphraseWhereThereIsNoCertificate() {
        holds("口令只在这一次答复中，另行告知；以后不再显示");
        holds("凭口令打开并核验，举报人不在其中；口令不符打不开");
        holds("扫描的回执标明未经核验");
    }

    private static void holds(String told) {
        assertTrue(Pattern.compile("✓ " + told + " /").matcher(played.text()).find(), told);
    }

    /** Two processes of their own, which ended with it; their states hold what they cosigned. */
    @Test
    void itsLogIsCosignedByProcuratorateAndCourt() throws Exception {
        assertTrue(
                played.text().contains("the witnesses of procuratorate and court have cosigned the log"),
                played.text());
        for (String witness : List.of("procuratorate", "court")) {
            Path own = folder.resolve("data/witnesses").resolve(witness);
            assertTrue(Files.readString(own.resolve("witness.log")).contains("listening"), witness);
            try (Stream<Path> states = Files.list(own.resolve("state"))) {
                assertEquals(
                        2,
                        states.filter(file -> file.toString().endsWith(".checkpoint"))
                                .count());
            }
        }
        assertTrue(
                ProcessHandle.allProcesses()
                        .noneMatch(process -> process.info()
                                .commandLine()
                                .filter(line -> line.contains(folder.toString()) && line.contains(" witness "))
                                .isPresent()),
                "a witness was left behind");
    }

    @Test
    void itsEvidenceIsCheckedWithOpensslAlone() throws Exception {
        Outcome verified = verify("response-gm", "response-intl");
        assertEquals(0, verified.code(), verified.text());
        assertFalse(verified.text().contains("-p"), verified.text());
        assertEquals(1, verify("response-gm").code(), "who signed the others is not known for the platform");
        Outcome unknown = verify();
        assertEquals(0, unknown.code(), unknown.text());
        assertTrue(unknown.text().contains("no certificates of the platform given"), unknown.text());
        try (Stream<Path> exchanges = Files.list(folder.resolve("evidence/exchanges"))) {
            assertTrue(exchanges.count() > 30, "few exchanges");
        }
    }

    @Test
    void oneChangedByteIsFound() throws Exception {
        Path base;
        try (Stream<Path> files = Files.walk(folder.resolve("evidence"))) {
            base = files.filter(file -> file.endsWith("response.sigbase"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] right = Files.readAllBytes(base);
        try {
            Files.writeString(base, " ", StandardOpenOption.APPEND);
            assertEquals(1, verify().code());
        } finally {
            Files.write(base, right);
        }
    }

    /** @param keys of the platform whose certificates its reader knows */
    private static Outcome verify(String... keys) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "sh", Path.of("docs/guides/verify-evidence.sh").toAbsolutePath().toString()));
        for (String key : keys) {
            Path certificate = folder.resolve("data/city/certificates/platform-" + key + ".pem");
            command.addAll(List.of("-p", certificate.toString()));
        }
        command.add(folder.resolve("evidence").toString());
        return run(command);
    }

    private static Outcome run(List<String> command) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Outcome(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
