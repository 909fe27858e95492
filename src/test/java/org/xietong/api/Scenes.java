package org.xietong.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.xietong.api.Casework.Piece;
import org.xietong.api.MatrixOracle.Mark;
import org.xietong.api.MatrixOracle.Situation;
import org.xietong.testing.City;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stages;

/** One record for each class of situations that the matrix tells apart, each in the service's own store. */
final class Scenes {
    private static final Set<String> NOBODY = Set.of();

    private final Casework work = new Casework();
    private final List<Scene> scenes = new ArrayList<>();

    /** @param sourceRef under which the owner's system knows it */
    record Scene(String name, Piece piece, String sourceRef, Situation situation) {}

    private Scenes() {}

    static List<Scene> all() {
        Scenes all = new Scenes();
        all.clues();
        all.criminal();
        all.administrative();
        all.civil();
        all.labelled();
        return List.copyOf(all.scenes);
    }

    /** The stages of a case, each class by real acts. */
    static List<Scene> stages() {
        Scenes all = new Scenes();
        all.penalties();
        all.investigations();
        all.arrests();
        all.prosecutions();
        all.judgments();
        all.supervisions();
        all.transfers();
        all.patentReferrals();
        all.requests();
        return List.copyOf(all.scenes);
    }

    private void penalties() {
        String ref = ref();
        add("penalty", stage(null, City.MSA, "penalty", Stages.penalty(""), ref), ref, of("penalty", City.MSA));
        ref = ref();
        Piece sued = stage(null, City.MSA, "penalty", Stages.penalty(""), ref);
        for (String act : List.of("notify", "decide")) {
            sued = work.act(City.MSA, sued, act, Stages.document("咸市监罚〔2023〕1号"));
        }
        sued = work.act(City.MSA, work.act(City.MSA, sued, "serve", "{}"), "sue", "{}");
        add("penalty in a lawsuit", sued, ref, of("penalty", City.MSA).after("LAWSUIT"));
    }

    private void investigations() {
        CriminalCase it = CriminalCase.transferred();
        String ref = ref();
        Piece search = stage(it, City.POLICE, "investigation", Stages.measure("SEARCH", it.first()), ref);
        Situation early =
                of("investigation EARLY", City.POLICE).sentBy(City.MSA).in(City.MSA);
        add("search, proposed", search, ref, early);

        it = CriminalCase.transferred();
        ref = ref();
        search = executed(it, "SEARCH", ref);
        Situation done =
                of("investigation EXECUTED", City.POLICE).sentBy(City.MSA).in(City.MSA);
        add("search, executed", search, ref, done);

        ref = ref();
        Piece detention = executed(CriminalCase.ofThePolice(), "DETENTION", ref);
        add(
                "detention, executed",
                detention,
                ref,
                of("investigation EXECUTED", City.POLICE).after("CUSTODY"));
        it = CriminalCase.ofThePolice();
        ref = ref();
        detention = executed(it, "DETENTION", ref);
        it.act(City.POLICE, detention, "notify", "{}");
        add(
                "detention, notified",
                detention,
                ref,
                of("investigation EXECUTED", City.POLICE).after("CUSTODY", "COERCION_NOTIFIED"));

        it = CriminalCase.ofThePolice();
        ref = ref();
        search = executed(it, "SEARCH", ref);
        it.indict(it.create(City.PROC, "prosecution", Stages.prosecution(it.first())));
        add(
                "search, its suspect indicted",
                search,
                ref,
                of("investigation EXECUTED", City.POLICE).after("INDICTED"));

        it = CriminalCase.ofThePolice();
        ref = ref();
        search = stage(it, City.POLICE, "investigation", Stages.measure("SEARCH", it.first()), ref);
        Piece early256 = it.create(
                City.PROC,
                "supervision",
                Stages.supervision("EARLY_PARTICIPATION", "," + Stages.participants(it.first())));
        it.act(City.PROC, early256, "assign", "{\"addressees\": [\"" + City.POLICE + "\"]," + Stages.note("疑难") + "}");
        add(
                "search, the procuratorate takes part",
                search,
                ref,
                of("investigation EARLY", City.POLICE).after("EARLY_PARTICIPATION"));

        it = CriminalCase.ofThePolice();
        ref = ref();
        search = stage(it, City.POLICE, "investigation", Stages.measure("SEARCH", it.first()), ref);
        it.create(City.PROC, "supervision", Stages.supervision("INVESTIGATION", ""));
        add(
                "search, its supervision is opened and not served",
                search,
                ref,
                of("investigation EARLY", City.POLICE).after("SUPERVISED"));
    }

    private void arrests() {
        CriminalCase it = CriminalCase.transferred();
        String ref = ref();
        Piece arrest = stage(it, City.POLICE, "arrest", Stages.arrest(it.first()), ref);
        add("arrest, prepared", arrest, ref, of("arrest", City.POLICE).sentBy(City.MSA));

        it = CriminalCase.transferred();
        ref = ref();
        arrest = stage(it, City.POLICE, "arrest", Stages.arrest(it.first()), ref);
        it.act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        it.act(City.PROC, arrest, "accept", "{}");
        it.act(City.PROC, arrest, "approve", Stages.document("咸检批捕〔2023〕1号"));
        it.act(City.POLICE, arrest, "execute", "{}");
        Situation executed = of("arrest", City.POLICE)
                .sentBy(City.MSA)
                .to(City.PROC)
                .after("ARREST_REQUESTED", "ARRESTED", "CUSTODY");
        add("arrest, executed", arrest, ref, executed);

        it = CriminalCase.transferred();
        ref = ref();
        arrest = stage(it, City.POLICE, "arrest", Stages.arrest(it.first()), ref);
        it.act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        it.act(City.PROC, arrest, "accept", "{}");
        it.act(City.PROC, arrest, "approve", Stages.document("咸检批捕〔2023〕1号"));
        it.act(City.POLICE, arrest, "execute", "{}");
        it.act(City.POLICE, arrest, "notify", "{}");
        Situation notified = executed.after("ARREST_REQUESTED", "ARRESTED", "CUSTODY", "COERCION_NOTIFIED");
        add("arrest, notified", arrest, ref, notified);
    }

    private void prosecutions() {
        CriminalCase it = CriminalCase.ofThePolice();
        String ref = ref();
        Piece received = stage(it, City.PROC, "prosecution", Stages.prosecution(it.first()), ref);
        add("prosecution, received", received, ref, of("prosecution", City.PROC));

        it = CriminalCase.ofThePolice();
        it.sent();
        ref = ref();
        Piece indicted = stage(it, City.PROC, "prosecution", Stages.prosecution(it.first()), ref);
        it.indict(indicted);
        add(
                "prosecution, indicted",
                indicted,
                ref,
                of("prosecution", City.PROC).sentBy(City.POLICE).to(City.COURT).after("INDICTED"));
    }

    private void judgments() {
        Piece clue = transferred(City.MSA, ref(), City.COURT);
        String ref = ref();
        String content = Stages.judgment("P1").replace("\"id\": \"P1\"", "\"ref\": \"P1\"");
        Piece judgment = work.create(
                City.COURT,
                "judgment",
                Stages.draft(null, content)
                        .replaceFirst(
                                "\\{", "{\"matterId\": \"" + clue.matter() + "\", \"sourceRef\": \"" + ref + "\","));
        judgment = effective(judgment);
        add(
                "judgment, effective",
                judgment,
                ref,
                of("judgment EFFECTIVE", City.COURT).sentBy(City.MSA).in(City.MSA));

        CriminalCase it = CriminalCase.transferred();
        it.indict(it.create(City.PROC, "prosecution", Stages.prosecution(it.first())));
        ref = ref();
        add(
                "judgment, effective, of a case that was sent to the police",
                effective(stage(it, City.COURT, "judgment", Stages.judgment(it.first()), ref)),
                ref,
                of("judgment EFFECTIVE", City.COURT).sentBy(City.MSA).in(City.MSA));

        it = CriminalCase.ofThePolice();
        it.indict(it.create(City.PROC, "prosecution", Stages.prosecution(it.first())));
        ref = ref();
        add(
                "judgment, effective, of a case that the police found",
                effective(stage(it, City.COURT, "judgment", Stages.judgment(it.first()), ref)),
                ref,
                of("judgment EFFECTIVE", City.COURT));

        ref = ref();
        Piece pending = stage(null, City.COURT, "judgment", content, ref);
        add("judgment, pending", pending, ref, of("judgment PENDING", City.COURT));
        ref = ref();
        Piece pronounced = pronounced(stage(null, City.COURT, "judgment", content, ref));
        add(
                "judgment, pronounced",
                pronounced,
                ref,
                of("judgment PRONOUNCED", City.COURT).after("JUDGED"));

        ref = ref();
        String shares = Stages.enforcement("P1").replace("\"id\": \"P1\"", "\"ref\": \"P1\"");
        Piece enforcement = work.create(
                City.COURT,
                "enforcement",
                Stages.draft(null, shares)
                        .replaceFirst(
                                "\\{", "{\"addressees\": [\"" + City.POLICE + "\"], \"sourceRef\": \"" + ref + "\","));
        add("enforcement", enforcement, ref, of("enforcement", City.COURT).to(City.POLICE));
    }

    private void supervisions() {
        String ref = ref();
        Piece opened = stage(null, City.PROC, "supervision", Stages.supervision("FILING", ""), ref);
        add("supervision, not served", opened, ref, of("supervision UNSERVED", City.PROC));
        ref = ref();
        Piece served = stage(null, City.PROC, "supervision", Stages.supervision("FILING", ""), ref);
        served = work.act(City.PROC, served, "serve", Stages.to("咸检监〔2023〕1号", City.POLICE));
        add(
                "supervision, served",
                served,
                ref,
                of("supervision SERVED", City.PROC).to(City.POLICE));
        Transfers transfers = new Transfers(work);
        Piece sent = transfers.received(City.MSA);
        transfers.act(City.MSA, sent, "complain", Stages.document("咸市监建〔2023〕1号"));
        ref = ref();
        Piece asked = stage(
                null,
                City.PROC,
                "supervision",
                Stages.supervision("FILING", ", \"transfer\": \"" + sent.id() + "\""),
                ref);
        asked = work.act(City.PROC, asked, "serve", Stages.to("咸检监〔2023〕2号", City.POLICE));
        // Who complained sees of it what a sender sees.
        add(
                "supervision, served, that market supervision asked for",
                asked,
                ref,
                of("supervision SERVED", City.PROC).to(City.POLICE).sentBy(City.MSA));
    }

    private void transfers() {
        Transfers transfers = new Transfers(work);
        String ref = ref();
        add("transfer, reported", reported(ref), ref, of("transfer", City.MSA));
        ref = ref();
        Piece sent = transfers.withPapers(City.MSA, reported(ref));
        transfers.signed(City.MSA, sent, "approve", Stages.document("咸市监审〔2023〕1号"));
        sent = transfers.act(City.MSA, sent, "dispatch", Stages.to("咸市监移〔2023〕9号", City.POLICE));
        add("transfer, dispatched", sent, ref, of("transfer", City.MSA).to(City.POLICE, City.PROC));
    }

    private void patentReferrals() {
        String ref = ref();
        add("patent referral, raised", raised(ref), ref, of("patent-referral", City.MSA));
        ref = ref();
        Piece asked = work.act(City.MSA, raised(ref), "request", Stages.to("咸市监商〔2023〕2号", City.COURT));
        add(
                "patent referral, asked of the court",
                asked,
                ref,
                of("patent-referral", City.MSA).to(City.COURT));
    }

    private Piece raised(String ref) {
        return work.create(
                City.MSA,
                "patent-referral",
                PatentReferrals.DRAFT.replaceFirst("\\{", "{\"sourceRef\": \"" + ref + "\","));
    }

    private void requests() {
        Requests requests = new Requests(work);
        String ref = ref();
        Piece drafted = requests.drafted(City.MSA, work.clue(City.MSA).matter(), "", "\"sourceRef\": \"" + ref + "\",");
        add("request, not sent", drafted, ref, of("request UNSENT", City.MSA));
        ref = ref();
        Piece sent = requests.drafted(City.MSA, work.clue(City.MSA).matter(), "", "\"sourceRef\": \"" + ref + "\",");
        sent = requests.act(City.MSA, sent, "send", Stages.to("商函〔2023〕1号", City.POLICE));
        add("request, sent", sent, ref, of("request SENT", City.MSA).to(City.POLICE));
    }

    private Piece reported(String ref) {
        return work.create(
                City.MSA,
                "transfer",
                Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", "\"sourceRef\": \"" + ref + "\",", ""));
    }

    private Piece executed(CriminalCase it, String measure, String ref) {
        Piece piece = stage(it, City.POLICE, "investigation", Stages.measure(measure, it.first()), ref);
        it.act(City.POLICE, piece, "approve", Stages.document("咸公侦字〔2023〕1号"));
        it.act(City.POLICE, piece, "execute", "{}");
        return piece;
    }

    private Piece pronounced(Piece judgment) {
        return work.act(
                City.COURT,
                work.act(City.COURT, judgment, "hear", "{}"),
                "pronounce",
                "{\"occurred\": {\"time\": \"2023-06-30T00:00:00+08:00\", \"precision\": \"DAY\"}}");
    }

    private Piece effective(Piece judgment) {
        return work.act(City.COURT, pronounced(judgment), "effect", "{}");
    }

    private Piece stage(CriminalCase it, String unit, String kind, String content, String ref) {
        String filing = it == null ? null : it.filing().id();
        return work.create(
                unit, kind, Stages.draft(filing, content).replaceFirst("\\{", "{\"sourceRef\": \"" + ref + "\","));
    }

    private static Situation of(String what, String owner) {
        return new Situation(what, owner, NOBODY, NOBODY, NOBODY, NOBODY, Mark.INTERNAL, NOBODY);
    }

    private void clues() {
        String ref = ref();
        Piece registered = work.create(City.MSA, "clue", Drafts.clue("", ref, ""));
        add("clue, registered", registered, ref, clue(City.MSA, NOBODY, Mark.INTERNAL, NOBODY));

        ref = ref();
        Piece transferred = transferred(City.MSA, ref, City.POLICE);
        add("clue, transferred", transferred, ref, clue(City.MSA, Set.of(City.POLICE), Mark.INTERNAL, NOBODY));

        ref = ref();
        Piece filing = work.create(City.POLICE, "filing", criminal(transferred.matter(), ref));
        filing = work.act(City.POLICE, filing, "file", "{\"documentNumber\": \"咸公立字〔2023〕1号\"}");
        add(
                "criminal filing, sent by MSA",
                filing,
                ref,
                filing("CRIMINAL", City.POLICE, Set.of(City.MSA), NOBODY, NOBODY));

        ref = ref();
        Piece district = transferred(City.MSA_DISTRICT, ref, City.POLICE_DISTRICT);
        add(
                "clue of the district, transferred",
                district,
                ref,
                clue(City.MSA_DISTRICT, Set.of(City.POLICE_DISTRICT), Mark.INTERNAL, NOBODY));

        ref = ref();
        Piece court = work.create(City.COURT, "clue", Drafts.clue("", ref, ""));
        add("clue of the court", court, ref, clue(City.COURT, NOBODY, Mark.INTERNAL, NOBODY));
    }

    private void criminal() {
        String ref = ref();
        Piece filing = work.create(City.POLICE, "filing", criminal(null, ref));
        add("criminal filing", filing, ref, filing("CRIMINAL", City.POLICE, NOBODY, NOBODY, NOBODY));
        for (String milestone : List.of("CUSTODY", "COERCION_NOTIFIED", "INDICTED")) {
            ref = ref();
            filing = work.create(City.POLICE, "filing", criminal(null, ref));
            work.milestone(filing, participant(filing, City.POLICE), milestone);
            filing = work.act(City.POLICE, filing, "file", "{\"documentNumber\": \"咸公立字〔2023〕1号\"}");
            add(
                    "criminal filing after " + milestone,
                    filing,
                    ref,
                    filing("CRIMINAL", City.POLICE, NOBODY, NOBODY, Set.of(milestone)));
        }
    }

    private void administrative() {
        String ref = ref();
        Piece filing = work.create(City.MSA, "filing", other("ADMINISTRATIVE", "ADMIN_TRADEMARK", null, ref));
        add("administrative filing", filing, ref, filing("ADMINISTRATIVE", City.MSA, NOBODY, NOBODY, NOBODY));
        for (String milestone : List.of("LAWSUIT", "TRANSFERRED")) {
            ref = ref();
            String draft = other("ADMINISTRATIVE", "ADMIN_TRADEMARK", null, ref);
            filing = work.create(City.MSA, "filing", draft);
            work.milestone(filing, participant(filing, City.MSA), milestone);
            filing = work.amend(City.MSA, filing, draft.replace("第1号", "第2号"));
            add(
                    "administrative filing after " + milestone,
                    filing,
                    ref,
                    filing("ADMINISTRATIVE", City.MSA, NOBODY, NOBODY, Set.of(milestone)));
        }
    }

    private void civil() {
        String ref = ref();
        Piece filing = work.create(City.COURT, "filing", other("CIVIL", "CIVIL_TRADEMARK", null, ref));
        add("civil filing", filing, ref, filing("CIVIL", City.COURT, NOBODY, NOBODY, NOBODY));

        ref = ref();
        Piece clue = transferred(City.MSA, ref(), City.COURT, City.POLICE);
        filing = work.create(City.COURT, "filing", other("CIVIL", "CIVIL_TRADEMARK", clue.matter(), ref));
        add(
                "civil filing, linked to MSA and POLICE",
                filing,
                ref,
                filing("CIVIL", City.COURT, Set.of(City.MSA), Set.of(City.MSA, City.POLICE), NOBODY));
    }

    private void labelled() {
        String ref = ref();
        Piece pending = work.createSigned(City.MSA, "clue", Drafts.clue("", ref, label("WORK_SECRET", "")));
        add("work secret, pending", pending, ref, clue(City.MSA, NOBODY, Mark.WORK_SECRET_PENDING, NOBODY));

        ref = ref();
        Piece reviewed = reviewed(ref, label("WORK_SECRET", "") + "\"addressees\": [\"POLICE-421200\"],");
        add("work secret, reviewed", reviewed, ref, clue(City.MSA, Set.of(City.POLICE), Mark.WORK_SECRET, NOBODY));

        ref = ref();
        Piece units =
                reviewed(ref, label("WORK_SECRET_LIMITED", "\"units\": [\"POLICE-421200\", \"COPYRIGHT-421200\"]"));
        add("limited to units", units, ref, clue(City.MSA, NOBODY, Mark.LIMITED, Set.of(City.POLICE, City.COPYRIGHT)));

        ref = ref();
        Piece persons = reviewed(
                ref, label("WORK_SECRET_LIMITED", "\"persons\": [\"COPYRIGHT-421200-001\", \"IPO-421200-002\"]"));
        add(
                "limited to persons",
                persons,
                ref,
                clue(City.MSA, NOBODY, Mark.LIMITED, Set.of("COPYRIGHT-421200-001", "IPO-421200-002")));
    }

    private void add(String name, Piece piece, String ref, Situation situation) {
        scenes.add(new Scene(name, piece, ref, situation));
    }

    private Piece transferred(String unit, String ref, String... to) {
        return work.transferred(unit, work.create(unit, "clue", Drafts.clue("", ref, "")), to);
    }

    private Piece reviewed(String ref, String more) {
        return work.review(City.MSA, work.createSigned(City.MSA, "clue", Drafts.clue("", ref, more)));
    }

    private String participant(Piece piece, String owner) {
        JsonNode view =
                Casework.json(work.city().call(owner, "GET", piece.path()).send());
        return view.at("/content/participants/0/id").asText();
    }

    static String label(String level, String scope) {
        return """
                "label": {"level": "%s", "scope": {%s}, "basis": {"code": "WORK_SECRET", "text": "办案需要"}},
                """.formatted(level, scope);
    }

    private static String criminal(String matter, String ref) {
        return Drafts.filing(matter == null ? null : UUID.fromString(matter), "")
                .replaceFirst("\\{", "{\"sourceRef\": \"" + ref + "\",");
    }

    static String other(String type, String cause, String matter, String ref) {
        return """
                {%s "sourceRef": "%s", "noStateSecret": true, "documentNumber": "第1号",
                 "content": {"filingType": "%s", "cause": "%s", "filedOn": "2023-01-12",
                   "participants": [{"ref": "P1", "type": "NATURAL_PERSON", "roles": ["PARTY"], "name": "张某某"}]}}
                """.formatted(matter == null ? "" : "\"matterId\": \"" + matter + "\",", ref, type, cause);
    }

    private static Situation clue(String owner, Set<String> addressees, Mark mark, Set<String> listed) {
        return new Situation("clue", owner, addressees, NOBODY, NOBODY, NOBODY, mark, listed);
    }

    private static Situation filing(
            String type, String owner, Set<String> senders, Set<String> members, Set<String> milestones) {
        return new Situation(type, owner, NOBODY, senders, members, milestones, Mark.INTERNAL, NOBODY);
    }

    private static String ref() {
        return "S-" + UUID.randomUUID();
    }
}
