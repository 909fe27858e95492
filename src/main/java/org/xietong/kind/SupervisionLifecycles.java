package org.xietong.kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.record.Act;
import org.xietong.record.Act.Need;
import org.xietong.record.Lifecycle;

/**
 * The lifecycles of supervision, by its type. What is not served shows to nobody but its owner; of a review that was ended before
 * service who asked for it learns that it ended.
 */
final class SupervisionLifecycles {
    private static final String UNSERVED = "UNSERVED";
    private static final String SERVED = "SERVED";
    private static final String ENDED = "ENDED";
    private static final Set<String> STATES_UNSERVED = Set.of("OPENED", "REVIEW_SUSPENDED", "SELF_INITIATED");

    /** 立案监督 of a case that was not filed (人民检察院刑事诉讼规则 art. 557–564). */
    static final Lifecycle FILING = staged("OPENED", filing(true));

    /** The same of a case that should not have been filed (art. 560–565): the police may ask to have the order looked at again. */
    static final Lifecycle WRONG_FILING = staged("OPENED", filing(false));

    /** 纠正意见, 检察建议 to police and court. */
    static final Lifecycle CORRECTION = staged("OPENED", correction());

    /** 检察意见 to an agency that did not hand a case over (国务院令310号 §14). */
    static final Lifecycle NON_TRANSFER = staged("OPENED", opinion(false));

    /** 检察意见 to an agency after non-prosecution (刑事诉讼法 art. 177); its review stands still while the non-prosecution is disputed. */
    static final Lifecycle REVERSE_TRANSFER = staged("OPENED", opinion(true));

    /** 提前介入 (人民检察院刑事诉讼规则 art. 256) that the procuratorate takes up itself, or that the police ask for. */
    static final Lifecycle EARLY = staged("SELF_INITIATED", early(false));

    static final Lifecycle EARLY_ASKED = staged("OPENED", early(true));

    private SupervisionLifecycles() {}

    /** @param type a code of {@code supervision-types} */
    static Lifecycle of(@Nullable String type) {
        return switch (type) {
            case "FILING" -> FILING;
            case "WRONG_FILING" -> WRONG_FILING;
            case "NON_TRANSFER" -> NON_TRANSFER;
            case "REVERSE_TRANSFER" -> REVERSE_TRANSFER;
            case "EARLY_PARTICIPATION" -> EARLY;
            case "EARLY_PARTICIPATION_REQUEST" -> EARLY_ASKED;
            case null, default -> CORRECTION;
        };
    }

    private static List<Act> filing(boolean toFile) {
        String ordered = toFile ? "FILING_ORDERED" : "WITHDRAWAL_ORDERED";
        String[] standing = toFile ? new String[] {ordered} : new String[] {ordered, "ORDER_UPHELD", "ORDER_FINAL"};
        List<Act> acts = new ArrayList<>();
        acts.add(Act.of("serve", "REASON_REQUESTED", "OPENED")
                .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                .answeredBy("answer")
                .fields("document"));
        acts.add(Act.of("answer", "ANSWERED", "REASON_REQUESTED").byAddressee().needs(Need.DOCUMENT_NUMBER, Need.TEXT));
        acts.add(Act.of("accept", "ACCEPTED", "ANSWERED"));
        // That it was done is the word of who had to do it: from there, too, it may be demanded.
        acts.add(Act.of("order", ordered, "REASON_REQUESTED", "ANSWERED", "CORRECTION_DEMANDED", "COMPLIED")
                .needs(Need.DOCUMENT_NUMBER, Need.TEXT));
        // Who is asked for his reasons may do what is asked before it is ordered.
        acts.add(Act.of(
                        "comply",
                        "COMPLIED",
                        and(standing, "REASON_REQUESTED", "ANSWERED", "CORRECTION_DEMANDED", "ESCALATED"))
                .byAddressee()
                .needs(Need.DOCUMENT_NUMBER));
        acts.add(Act.of("correct", "CORRECTION_DEMANDED", and(standing, "REASON_REQUESTED", "COMPLIED"))
                .needs(Need.DOCUMENT_NUMBER, Need.TEXT));
        acts.add(Act.of("escalate", "ESCALATED", "CORRECTION_DEMANDED").needs(Need.DOCUMENT_NUMBER, Need.TEXT));
        if (toFile) {
            acts.add(stays("remind", "COMPLIED").needs(Need.DOCUMENT_NUMBER));
            acts.add(stays("follow-up", "COMPLIED").byAddressee().needs(Need.TEXT));
        } else {
            acts.addAll(lookedAtAgain());
        }
        for (String told : and(standing, "ACCEPTED", "COMPLIED", "ESCALATED", "REVIEW_ENDED")) {
            acts.add(stays("inform", told).needs(Need.TEXT));
        }
        acts.add(ends("OPENED"));
        acts.add(Act.of("close", "CLOSED", closing(toFile)));
        return acts;
    }

    /** 复议 by the procuratorate that ordered; what the one above decided 复核 it enters from that one's paper (art. 565). */
    private static List<Act> lookedAtAgain() {
        return List.of(
                Act.of("reconsider", "RECONSIDERING", "WITHDRAWAL_ORDERED")
                        .byAddressee()
                        .needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                Act.of("uphold", "ORDER_UPHELD", "RECONSIDERING").needs(Need.DOCUMENT_NUMBER),
                Act.of("review", "UNDER_REVIEW", "ORDER_UPHELD").byAddressee().needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                Act.of("uphold", "ORDER_FINAL", "UNDER_REVIEW").needs(Need.DOCUMENT_NUMBER),
                Act.of("reverse", "ORDER_REVOKED", "RECONSIDERING", "UNDER_REVIEW")
                        .needs(Need.DOCUMENT_NUMBER));
    }

    private static String[] closing(boolean toFile) {
        String[] all = {"ACCEPTED", "COMPLIED", "ESCALATED"};
        return toFile ? all : and(all, "ORDER_REVOKED");
    }

    private static List<Act> correction() {
        return List.of(
                serve(),
                Act.of("answer", "ANSWERED", "SERVED").byAddressee().needs(Need.TEXT),
                Act.of("accept", "ACCEPTED", "ANSWERED"),
                Act.of("order", "ORDERED", "SERVED", "ANSWERED", "COMPLIED").needs(Need.DOCUMENT_NUMBER),
                Act.of("comply", "COMPLIED", "ORDERED").byAddressee().needs(Need.TEXT),
                Act.of("escalate", "ESCALATED", "SERVED", "ANSWERED", "ORDERED", "COMPLIED")
                        .needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                ends("OPENED"),
                Act.of("close", "CLOSED", "ACCEPTED", "COMPLIED", "ESCALATED"));
    }

    private static List<Act> opinion(boolean afterNonProsecution) {
        List<Act> acts = new ArrayList<>();
        acts.add(serve());
        if (afterNonProsecution) {
            acts.add(Act.of("suspend", "REVIEW_SUSPENDED", "OPENED").reason("review-suspensions"));
            acts.add(Act.of("resume", "OPENED", "REVIEW_SUSPENDED"));
            acts.add(ends("OPENED", "REVIEW_SUSPENDED").needs(Need.DOCUMENT_NUMBER, Need.TEXT));
        } else {
            acts.add(ends("OPENED"));
            acts.add(stays("inform", "REVIEW_ENDED").needs(Need.TEXT));
        }
        acts.add(Act.of("answer", "ANSWERED", "SERVED", "ESCALATED")
                .byAddressee()
                .needs(Need.TEXT));
        acts.add(Act.of("accept", "ACCEPTED", "ANSWERED"));
        acts.add(Act.of("comply", "COMPLIED", "SERVED", "ANSWERED", "ESCALATED")
                .byAddressee()
                .needs(Need.DOCUMENT_NUMBER));
        acts.add(Act.of("escalate", "ESCALATED", "SERVED", "ANSWERED", "COMPLIED")
                .needs(Need.DOCUMENT_NUMBER, Need.TEXT));
        acts.add(Act.of("close", "CLOSED", "ACCEPTED", "COMPLIED", "ESCALATED"));
        return acts;
    }

    /** The investigation opens with the assignment, of which the police know: nobody looks in unannounced. */
    private static List<Act> early(boolean asked) {
        List<Act> acts = new ArrayList<>();
        if (asked) {
            acts.add(Act.of("request", "REQUESTED", "OPENED")
                    .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                    .answeredBy("assign"));
            acts.add(Act.of("assign", "ASSIGNED", "REQUESTED")
                    .byAddressee()
                    .needs(Need.TEXT)
                    .sets("EARLY_PARTICIPATION"));
            acts.add(Act.of("decline", "DECLINED", "REQUESTED").byAddressee().needs(Need.TEXT));
        } else {
            acts.add(Act.of("assign", "ASSIGNED", "SELF_INITIATED")
                    .needs(Need.ADDRESSEES, Need.TEXT)
                    .answeredBy("follow-up")
                    .sets("EARLY_PARTICIPATION"));
        }
        acts.add(procuratorates(asked, Act.of("attend", "ATTENDED", "ASSIGNED", "FOLLOWED_UP"))
                .needs(Need.TEXT));
        acts.add(procuratorates(asked, Act.of("opine", "OPINION_GIVEN", "ATTENDED"))
                .needs(Need.TEXT));
        Act followUp = Act.of("follow-up", "FOLLOWED_UP", "OPINION_GIVEN").needs(Need.TEXT);
        acts.add(asked ? followUp : followUp.byAddressee());
        acts.add(procuratorates(asked, Act.of("close", "CLOSED", "ATTENDED", "OPINION_GIVEN", "FOLLOWED_UP")));
        return acts;
    }

    private static Act procuratorates(boolean asked, Act act) {
        return asked ? act.byAddressee() : act;
    }

    private static Act serve() {
        return Act.of("serve", "SERVED", "OPENED")
                .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                .answeredBy("answer")
                .fields("document", "dueOn");
    }

    /** 终结审查: nothing is served. */
    private static Act ends(String... from) {
        return Act.of("end-review", "REVIEW_ENDED", from).needs(Need.TEXT);
    }

    private static Act stays(String act, String state) {
        return Act.of(act, state, state);
    }

    private static String[] and(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Lifecycle staged(String initial, List<Act> acts) {
        Lifecycle plain = new Lifecycle(initial, acts, Map.of());
        Map<String, String> stages = new LinkedHashMap<>();
        plain.states().forEach(state -> stages.put(state, stage(state)));
        return new Lifecycle(initial, acts, stages);
    }

    private static String stage(String state) {
        return state.equals("REVIEW_ENDED") ? ENDED : STATES_UNSERVED.contains(state) ? UNSERVED : SERVED;
    }
}
