package org.xietong.kind;

import static org.xietong.label.Caveat.INFORMANT;
import static org.xietong.label.Caveat.PI;
import static org.xietong.policy.View.FULL;
import static org.xietong.policy.View.METADATA;
import static org.xietong.policy.View.SUMMARY;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.Conforms;
import org.xietong.identifier.Identifier;
import org.xietong.identifier.IdentifierType;
import org.xietong.identifier.ZhName;
import org.xietong.matter.Amount;
import org.xietong.matter.Goods;
import org.xietong.matter.Occurred;
import org.xietong.matter.Participant;
import org.xietong.matter.RightHolder;
import org.xietong.policy.Shown;
import org.xietong.problem.FieldFault;
import org.xietong.record.Act;
import org.xietong.record.Act.Need;
import org.xietong.record.Content;
import org.xietong.record.Lifecycle;
import org.xietong.threshold.Suspected;

/**
 * Clue 线索 (咸中法〔2021〕10号 art. 7; 国务院令310号): found by any agency, triaged, and transferred in writing where a crime is
 * reasonably suspected. {@code suspectedArticle} says what is suspected; the system never decides that it is a crime (I10).
 *
 * @param place administrative division, GB/T 2260
 * @param suspectedArticle a code of {@code crimes}
 * @param registrationNumbers of the rights concerned
 */
public record Clue(
        @Shown(METADATA) @ZhName("知识产权类型") @NotNull @Code("right-types") @Nullable
        String rightType,

        @Shown(SUMMARY) @ZhName("移送情形") @NotNull @Code("clue-trigger") @Nullable
        String trigger,

        @Shown(SUMMARY) @ZhName("线索来源") @NotNull @Code("clue-source") @Nullable
        String source,

        @Shown(SUMMARY) @ZhName("线索名称") @NotBlank @Size(max = 200) @Nullable
        String title,

        @Shown(FULL) @ZhName("基本事实") @NotBlank @Size(max = 20_000) @Nullable
        String facts,

        @Shown(SUMMARY) @ZhName("发生地") @NotNull @Size(max = 6) @Conforms(IdentifierType.DIVISION) @Nullable
        String place,

        @Shown(METADATA) @ZhName("发现日期") @NotNull @Nullable LocalDate foundOn,

        @Shown(FULL) @ZhName("涉案物品") @Size(max = 200) @Nullable
        List<@NotNull @Valid Goods> goods,

        @Shown(SUMMARY) @ZhName("涉案数额") @Size(max = 50) @Nullable
        List<@NotNull @Valid Amount> amounts,

        @Shown(SUMMARY) @ZhName("涉嫌罪名") @Code("crimes") @Nullable
        String suspectedArticle,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants,

        @Shown(SUMMARY) @ZhName("权利人") @Size(max = 20) @Nullable
        List<@NotNull @Valid RightHolder> rightHolders,

        @Shown(SUMMARY) @ZhName("权利登记号") @Size(max = 50) @Nullable
        List<@NotNull @Valid Identifier> registrationNumbers,

        @Shown(SUMMARY) @ZhName("线索特征") @Size(max = 5) @Nullable
        List<@NotNull @Valid ClueFlag> flags,

        @Shown(value = FULL, caveats = INFORMANT) @ZhName("举报人") @Valid @Nullable
        Informant informant)
        implements Content {
    /** REGISTERED … CLOSED; the transfer follows 国务院令310号 §6, the feedback art. 7. */
    public static final Lifecycle LIFECYCLE = Lifecycle.of(
            "REGISTERED",
            Act.of("triage", "TRIAGED", "REGISTERED"),
            Act.of("accept", "ACCEPTED", "TRIAGED"),
            Act.of("reject", "REJECTED", "TRIAGED").needs(Need.TEXT),
            Act.of("transfer", "TRANSFERRED", "ACCEPTED")
                    .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                    .answeredBy("feedback")
                    .fields("suspectedArticle")
                    .sets("TRANSFERRED"),
            // Goes along with a transfer that is recalled; nobody's to take by itself.
            Act.of("recall", "ACCEPTED", "TRANSFERRED"),
            Act.of("dispose", "DISPOSED", "TRANSFERRED"),
            Act.of("feedback", "FEEDBACK_GIVEN", "DISPOSED").byAddressee().needs(Need.TEXT),
            Act.of("close", "CLOSED", "FEEDBACK_GIVEN"),
            Act.of("close", "CLOSED", "DISPOSED").needs(Need.TEXT),
            Suspicions.notTransfer("REGISTERED"),
            Suspicions.notTransfer("TRIAGED"),
            Suspicions.notTransfer("ACCEPTED"),
            Suspicions.notTransfer("REJECTED"));

    private static final Set<String> HANDED_OVER = Set.of("TRANSFERRED", "DISPOSED", "FEEDBACK_GIVEN", "CLOSED");

    @Override
    public String kind() {
        return "clue";
    }

    @Override
    public Lifecycle lifecycle() {
        return LIFECYCLE;
    }

    @Override
    public Optional<Suspected> suspected(String state) {
        return Optional.of(new Suspected(
                rightType,
                amounts == null ? List.of() : amounts,
                goods == null ? List.of() : goods,
                Suspicions.conditions(flags, registrationNumbers, suspectedArticle),
                Suspicions.isMarked(flags),
                foundOn,
                HANDED_OVER.contains(state)));
    }

    @Override
    public boolean allows(Act act) {
        return !act.name().equals(Act.NOT_TRANSFER)
                || suspected(LIFECYCLE.initial()).filter(Suspicions::prompts).isPresent();
    }

    @Override
    public List<FieldFault> check(String state) {
        List<FieldFault> faults = new ArrayList<>();
        if (foundOn != null && foundOn.isAfter(LocalDate.now(Occurred.ZONE))) {
            faults.add(new FieldFault("/foundOn", "FUTURE"));
        }
        List<Identifier> numbers = registrationNumbers == null ? List.of() : registrationNumbers;
        for (int i = 0; i < numbers.size(); i++) {
            IdentifierType type = numbers.get(i).type();
            if (type != null && type.subject() != IdentifierType.Subject.RIGHT) {
                faults.add(new FieldFault("/registrationNumbers/" + i + "/type", "NOT_ALLOWED"));
            }
        }
        if (informant != null && Boolean.TRUE.equals(informant.anonymous()) && informant.name() != null) {
            faults.add(new FieldFault("/informant/name", "NOT_ALLOWED"));
        }
        return faults;
    }
}
