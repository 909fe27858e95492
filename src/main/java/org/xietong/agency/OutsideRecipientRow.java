package org.xietong.agency;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;
import org.xietong.crypto.VerificationKey;

@Entity
@Immutable
@Table(name = "outside_recipient")
@NullUnmarked
class OutsideRecipientRow {
    @Id
    String id;

    String kind;
    String division;

    @Column(name = "name_zh")
    String nameZh;

    @Column(name = "name_en")
    String nameEn;

    byte[] certificate;
    boolean active;

    OutsideRecipient toRecipient() {
        return new OutsideRecipient(
                id,
                OutsideKind.valueOf(kind),
                division,
                nameZh,
                nameEn,
                Optional.ofNullable(certificate).map(der -> VerificationKey.of(X509.parse(der))),
                active);
    }
}
