package org.xietong.matter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.xietong.label.Caveat.MINOR;
import static org.xietong.label.Caveat.PI;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.identifier.Identifier;
import org.xietong.identifier.IdentifierType;
import org.xietong.label.Caveat;

class ParticipantTest {
    private static final UUID ID = UUID.fromString("0190a6f2-6b1e-7c3d-8e4f-0123456789ab");

    @Test
    void masksWhateverCouldIdentifyAPerson() {
        Participant masked = person(false).masked(Set.of());
        assertEquals("甲某", masked.name());
        assertEquals(ID, masked.id());
        assertEquals(List.of("SUSPECT"), masked.roles());
        assertNull(masked.aliases());
        assertNull(masked.identifiers());
        assertNull(masked.ref());
        assertNull(masked.minor());
    }

    @Test
    void showsAPersonToWhomPersonalInformationIsOpened() {
        assertEquals(person(false), person(false).masked(Set.of(PI)));
    }

    @Test
    void aMinorNeedsBothCaveatsOpened() {
        for (Set<Caveat> opened : List.of(Set.<Caveat>of(), Set.of(PI), Set.of(MINOR))) {
            assertFalse(person(true).masked(opened).toString().contains("甲乙丙"));
        }
        assertEquals(person(true), person(true).masked(Set.of(PI, MINOR)));
    }

    @Test
    void everythingOpenedMasksNothing() {
        assertEquals(person(true), person(true).masked(EnumSet.allOf(Caveat.class)));
    }

    @Test
    void aUnitKeepsItsName() {
        Participant unit =
                new Participant(ID, null, ParticipantType.UNIT, List.of("PARTY"), "某某商贸有限公司", null, null, null, null);
        assertEquals(unit, unit.masked(Set.of()));
        assertEquals(
                "某某酒业公司",
                new RightHolder("某某酒业公司", ParticipantType.UNIT).masked(Set.of()).name());
        assertEquals(
                "甲某",
                new RightHolder("甲乙丙", ParticipantType.NATURAL_PERSON)
                        .masked(Set.of())
                        .name());
    }

    @Test
    void anAmountBelongsToItsParticipant() {
        assertEquals(ID, new Amount("LOSS", "1", "CNY", null, ID.toString()).participantId());
        assertEquals(new UUID(0, 0), new Amount("LOSS", "1", "CNY", null, null).participantId());
    }

    private static Participant person(boolean minor) {
        return new Participant(
                ID,
                "p1",
                ParticipantType.NATURAL_PERSON,
                List.of("SUSPECT"),
                "甲乙丙",
                List.of("甲乙丙别名"),
                List.of(Identifier.stated(IdentifierType.RESIDENT_NUMBER, "11010519491231002X")),
                minor,
                null);
    }
}
