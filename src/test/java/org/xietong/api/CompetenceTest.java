package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Directory;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.label.Milestone;
import org.xietong.matter.Competence;
import org.xietong.policy.PolicySource;
import org.xietong.record.CurrentPolicy;
import org.xietong.record.LaxPolicy;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** Milestones are the competent agency's, whatever a policy says (刑事诉讼法 art. 3). */
@QuarkusTest
@WithTestResource(CityResource.class)
class CompetenceTest {
    @Inject
    Directory directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FILED                | COPYRIGHT COURT IPO MSA POLICE
            CUSTODY              | COURT POLICE PROC
            COERCION_NOTIFIED    | POLICE PROC
            EARLY_PARTICIPATION  | PROC
            ARREST_REQUESTED     | POLICE
            ARRESTED             | COURT POLICE PROC
            SENT_FOR_PROSECUTION | POLICE
            INDICTED             | PROC
            NOT_PROSECUTED       | PROC
            LAWSUIT              | COPYRIGHT IPO MSA
            JUDGED               | COURT
            EFFECTIVE            | COURT
            WITHDRAWN            | POLICE
            ENFORCED             | COURT
            """)
    void eachMilestoneHasItsAgencies(Milestone milestone, String agencies) {
        Set<String> competent = Arrays.stream(AgencyCode.values())
                .filter(agency -> Competence.has(agency, milestone))
                .map(Enum::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Set.of(agencies.split(" "))), competent);
    }

    @Test
    void aPolicyCannotLetThePoliceIndict() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece prosecution = it.returnedOnce();
        PolicySource shipped = PolicySource.shipped();
        PolicySource lax = name -> name.equals("POLICE.yaml")
                ? new String(shipped.read(name), StandardCharsets.UTF_8)
                        .replace("act: [resubmit]", "act: [resubmit, indict, change]")
                        .getBytes(StandardCharsets.UTF_8)
                : shipped.read(name);
        QuarkusMock.installMockForType(new LaxPolicy(directory, lax), CurrentPolicy.class);

        assertTrue(
                it.read(City.POLICE, prosecution).get("actions").toString().contains("indict"),
                "the policy is in force");
        Set<String> before = it.milestones();
        SignedAnswer answer = it.work()
                .city()
                .call(City.POLICE, "POST", prosecution.path() + "/acts/indict")
                .idempotencyKey()
                .ifMatch("*")
                .body(City.utf8(Stages.to("咸公刑诉〔2023〕1号", City.COURT)))
                .send();
        new Reply(answer.status(), answer.headers(), answer.body()).requireProblem(403, "FORBIDDEN");
        assertEquals(before, it.milestones());
    }
}
