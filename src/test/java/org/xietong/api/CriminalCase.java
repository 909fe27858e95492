package org.xietong.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.Stages;

/** One criminal case with two suspects on its way through the agencies; every step is a signed call and must succeed. */
final class CriminalCase {
    /** Stand in what concerns the second suspect alone: nobody who may know of the first only may read them. */
    static final String SECOND_NAME = "欧阳某某";

    static final String SECOND_NUMBER = "咸检不批〔2023〕7号";
    static final String SECOND_NOTE = "第二人之理由";

    private final Casework work = new Casework();
    private final String police;
    private final List<Piece> pieces = new ArrayList<>();
    private Piece clue = new Piece("clue", "", "", "");
    private Piece filing = clue;
    private String first = "";
    private String second = "";

    /** From a clue of the market inspection, transferred to the police, who file. */
    static CriminalCase transferred() {
        CriminalCase begun = new CriminalCase(City.POLICE);
        begun.clue = begun.add(begun.work.transferred(City.MSA, begun.work.clue(City.MSA), City.POLICE));
        return begun.filed(begun.clue.matter());
    }

    /** Found by the police themselves: in a matter of theirs. */
    static CriminalCase ofThePolice() {
        return of(City.POLICE);
    }

    /** The same of any police unit. */
    static CriminalCase of(String police) {
        return new CriminalCase(police).filed(null);
    }

    /** In a matter that is there already. */
    static CriminalCase in(String matter) {
        return new CriminalCase(City.POLICE).filed(matter);
    }

    /** Filed about two participants of a matter, as who received a transfer does it. */
    static CriminalCase about(String matter, String first, String second) {
        CriminalCase about = new CriminalCase(City.POLICE);
        about.begun(Stages.criminal(matter, SECOND_NAME)
                .replace("\"ref\": \"P1\"", "\"id\": \"" + first + "\"")
                .replace("\"ref\": \"P2\"", "\"id\": \"" + second + "\""));
        about.add(about.act(City.POLICE, about.filing, "file", Stages.document("咸公立字〔2023〕1号")));
        return about;
    }

    /** Closed long since, and entered now (补录). */
    static CriminalCase ofThePast() {
        CriminalCase past = new CriminalCase(City.POLICE);
        past.begun(Stages.criminal(null, SECOND_NAME)
                .replaceFirst(
                        "\\{",
                        "{\"origin\": \"BACKFILL\", \"state\": \"FILED\", \"documentNumber\": \"咸公立字〔2023〕1号\", \"occurred\":"
                                + " {\"time\": \"2023-01-12T00:00:00+08:00\", \"precision\": \"DAY\"},"));
        return past;
    }

    private CriminalCase(String police) {
        this.police = police;
    }

    private CriminalCase filed(String matter) {
        begun(Stages.criminal(matter, SECOND_NAME));
        add(act(police, filing, "file", Stages.document("咸公立字〔2023〕1号")));
        return this;
    }

    private void begun(String draft) {
        filing = work.createSigned(police, "filing", draft);
        JsonNode participants = read(police, filing).at("/content/participants");
        first = participants.at("/0/id").asText();
        second = participants.at("/1/id").asText();
    }

    Casework work() {
        return work;
    }

    Piece clue() {
        return clue;
    }

    Piece filing() {
        return filing;
    }

    List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    String first() {
        return first;
    }

    String second() {
        return second;
    }

    Piece create(String unit, String kind, String content) {
        return add(work.create(unit, kind, Stages.draft(filing.id(), content)));
    }

    Piece act(String unit, Piece piece, String act, String body) {
        return work.act(unit, new Piece(piece.kind(), piece.id(), piece.matter(), "*"), act, body);
    }

    /** Taken into custody, all whom the content names; the measure is one record. */
    Piece detained(String... participants) {
        Piece detention = create(City.POLICE, "investigation", Stages.measure("DETENTION", participants));
        act(City.POLICE, detention, "approve", Stages.document("咸公拘字〔2023〕1号"));
        act(City.POLICE, detention, "execute", "{}");
        act(City.POLICE, detention, "notify", "{}");
        return detention;
    }

    /** Asked for both, under review. */
    Piece arrestRequested() {
        Piece arrest = create(City.POLICE, "arrest", Stages.arrest(first, second));
        act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        act(City.PROC, arrest, "accept", "{}");
        return arrest;
    }

    /** The first arrested, the second's arrest refused. */
    Piece arrested() {
        Piece arrest = arrestRequested();
        act(City.PROC, arrest, "approve", Stages.of(first, "咸检批捕〔2023〕1号", ""));
        act(
                City.PROC,
                arrest,
                "refuse",
                Stages.of(second, SECOND_NUMBER, "\"reasonCode\": \"NO_SOCIAL_DANGER\"," + Stages.note(SECOND_NOTE)));
        act(City.POLICE, arrest, "execute", "{}");
        return arrest;
    }

    Piece sent() {
        Piece conclusion = create(City.POLICE, "investigation", Stages.measure("CONCLUSION", first, second));
        act(City.POLICE, conclusion, "approve", "{}");
        act(City.POLICE, conclusion, "conclude", Stages.document("咸公诉字〔2023〕1号"));
        act(City.POLICE, conclusion, "send", Stages.to("咸公诉字〔2023〕1号", City.PROC));
        return conclusion;
    }

    /** Received, returned once for supplementary investigation, and resubmitted. */
    Piece returnedOnce() {
        Piece prosecution = create(City.PROC, "prosecution", Stages.prosecution(first, second));
        act(
                City.PROC,
                prosecution,
                "return",
                "{\"documentNumber\": \"咸检退查〔2023〕1号\", \"addressees\": [\"" + City.POLICE + "\"],"
                        + Stages.note("请补充销售数量") + "}");
        act(City.POLICE, prosecution, "resubmit", Stages.document("咸公补侦〔2023〕1号"));
        return prosecution;
    }

    /** The first indicted; nothing decided of the second. */
    Piece indictedFirst() {
        Piece prosecution = create(City.PROC, "prosecution", Stages.prosecution(first, second));
        indict(prosecution);
        return prosecution;
    }

    void indict(Piece prosecution) {
        act(
                City.PROC,
                prosecution,
                "indict",
                Stages.of(first, "咸检刑诉〔2023〕1号", "\"addressees\": [\"" + City.COURT + "\"],"));
    }

    JsonNode read(String unit, Piece piece) {
        return Casework.json(get(unit, piece.path()));
    }

    int status(String unit, Piece piece) {
        return get(unit, piece.path()).status();
    }

    String state(Piece piece, String owner) {
        return read(owner, piece).get("state").asText();
    }

    SignedAnswer get(String unit, String target) {
        return work.city().call(unit, "GET", target).send();
    }

    /** Milestones that stand in the filing, each with the place of its suspect. */
    Set<String> milestones() {
        Set<String> standing = new TreeSet<>();
        work.city()
                .stored()
                .texts(
                        "SELECT milestone || ' ' || participant FROM xietong.milestone WHERE filing_id = ? AND revoked_at IS NULL",
                        UUID.fromString(filing.id()))
                .forEach(fact -> standing.add(fact.replace(first, "1").replace(second, "2")));
        return standing;
    }

    /** All that a unit can read of the case, by every path: status, ETag and body of each, without its target. */
    String everything(String unit) {
        StringBuilder all = new StringBuilder();
        List<String> targets = new ArrayList<>(
                List.of("/v1/matters/" + filing.matter(), "/v1/matters/" + filing.matter() + "/timeline"));
        for (Piece piece : pieces) {
            String kind = Casework.collection(piece.kind()) + "?count=true&matterId=" + piece.matter();
            targets.addAll(List.of(piece.path(), piece.path() + "/history", kind));
            for (String state : Stages.STATES) {
                targets.add(kind + "&state=" + state);
            }
        }
        List<String> each = List.copyOf(new LinkedHashSet<>(targets));
        for (int i = 0; i < each.size(); i++) {
            SignedAnswer answer = get(unit, each.get(i));
            String body = answer.status() < 400 ? Casework.text(answer) : "";
            all.append('#')
                    .append(i)
                    .append(' ')
                    .append(answer.status())
                    .append(' ')
                    .append(answer.headers().firstValue("ETag").orElse(""))
                    .append(' ')
                    .append(body)
                    .append('\n');
        }
        return all.toString();
    }

    private Piece add(Piece piece) {
        pieces.add(piece);
        return piece;
    }
}
