package org.xietong.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xietong.record.Act;
import org.xietong.record.Act.Need;
import org.xietong.record.Content;
import org.xietong.record.Lifecycle;

/** The two lifecycles of a transfer: of an agency, whose head decides first (国务院令310号 §5), and of everybody else. */
final class TransferLifecycles {
    private static final String[] UNDER_WAY = {"RECEIVED", "PAPERS_ASKED"};
    private static final String[] SENT = {"DISPATCHED", "RECEIVED", "PAPERS_ASKED", "DECIDED", "RECONSIDERING", "CLOSED"
    };

    static final Lifecycle OF_AGENCY = new Lifecycle("REPORTED", acts(true), Map.of());
    static final Lifecycle OTHER = new Lifecycle("PREPARED", acts(false), Map.of());

    private TransferLifecycles() {}

    private static List<Act> acts(boolean headDecides) {
        List<Act> acts = new ArrayList<>();
        if (headDecides) {
            acts.add(Act.of("approve", "APPROVED", "REPORTED", "DECLINED").needs(Need.DOCUMENT_NUMBER));
            acts.add(Act.of("decline", "DECLINED", "REPORTED").needs(Need.TEXT));
        }
        String ready = headDecides ? "APPROVED" : "PREPARED";
        acts.add(Act.of("dispatch", "DISPATCHED", ready)
                .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER, Need.PAPERS)
                .answeredBy("receive")
                .fields("papers")
                .sets("TRANSFERRED")
                .copiedToProcuratorate());
        acts.add(Act.of("receive", "RECEIVED", "DISPATCHED").byAddressee());
        acts.add(Act.of("forward", "DISPATCHED", "DISPATCHED", "RECEIVED", "PAPERS_ASKED")
                .byAddressee()
                .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER, Need.TEXT)
                .answeredBy("receive")
                .copiedToProcuratorate());
        acts.add(Act.of("ask", "PAPERS_ASKED", "RECEIVED").byAddressee().needs(Need.TEXT));
        acts.add(Act.of("complete", "RECEIVED", "PAPERS_ASKED").needs(Need.PAPERS));
        acts.add(Act.of("file", "DECIDED", UNDER_WAY).byAddressee().needs(Need.DOCUMENT_NUMBER));
        acts.add(Act.of("refuse", "DECIDED", UNDER_WAY)
                .byAddressee()
                .needs(Need.DOCUMENT_NUMBER, Need.TEXT)
                .reason("non-filing-reasons"));
        // Who was filed against does not wait for what becomes of another.
        for (String state : new String[] {"RECEIVED", "PAPERS_ASKED", "DECIDED", "RECONSIDERING"}) {
            acts.add(stays("hand-over", state).needs(Need.DOCUMENT_NUMBER));
            acts.add(stays("take-over", state).byAddressee().needs(Need.TEXT));
            acts.add(stays("place", state).byAddressee().needs(Need.TEXT));
        }
        acts.add(Act.of("reconsider", "RECONSIDERING", "DECIDED").needs(Need.DOCUMENT_NUMBER));
        acts.add(Act.of("uphold", "DECIDED", "RECONSIDERING").byAddressee().needs(Need.DOCUMENT_NUMBER, Need.TEXT));
        acts.add(Act.of("reverse", "DECIDED", "RECONSIDERING").byAddressee().needs(Need.DOCUMENT_NUMBER));
        for (String state : new String[] {"DISPATCHED", "RECEIVED", "PAPERS_ASKED", "DECIDED"}) {
            acts.add(stays("complain", state).needs(Need.DOCUMENT_NUMBER));
        }
        // A case may be withdrawn long after the sender has closed his file.
        for (String state : new String[] {"DECIDED", "CLOSED"}) {
            acts.add(stays("drop", state).byAddressee().needs(Need.DOCUMENT_NUMBER, Need.TEXT));
        }
        for (String state : new String[] {"RECEIVED", "PAPERS_ASKED", "DECIDED", "RECONSIDERING"}) {
            acts.add(stays("feedback", state).byAddressee().needs(Need.TEXT));
        }
        acts.add(Act.of("recall", "RECALLED", "DISPATCHED", "RECEIVED", "PAPERS_ASKED")
                .needs(Need.DOCUMENT_NUMBER, Need.TEXT)
                .revokes("TRANSFERRED"));
        for (String state : SENT) {
            acts.add(stays("acknowledge", state));
        }
        acts.add(Act.of("close", "CLOSED", "DECIDED"));
        return List.copyOf(acts);
    }

    /** Acts of the clue that a transfer came of, which go along with an act of the transfer. */
    static List<Content.Carried> ofClue(String act, boolean decided, boolean refused, boolean complete) {
        List<String> acts = switch (act) {
            case "dispatch" -> List.of("transfer");
            case "recall" -> List.of("recall");
            case "file", "refuse" -> decided ? List.of("dispose") : List.of();
            // What can be reversed is not told as the last word.
            case "uphold", "drop" -> refused ? List.of("dispose", "feedback") : List.of();
            case "feedback" -> complete ? List.of("feedback") : List.of();
            case "close" -> List.of("close");
            default -> List.of();
        };
        return acts.stream().map(each -> new Content.Carried("clue", each)).toList();
    }

    private static Act stays(String act, String state) {
        return Act.of(act, state, state);
    }
}
