package org.xietong.agency;

import java.security.cert.X509Certificate;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes checked entries, in the caller's transaction. Suspended stays suspended. */
final class DirectoryWriter {
    private static final String AUTHORITY = """
            INSERT INTO trusted_authority (id, name, certificate) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name""";
    private static final String UNIT = """
            INSERT INTO unit (id, agency, division, name, parent, responsible, telephone, active, valid_from, valid_to)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, parent = excluded.parent,
                responsible = excluded.responsible, telephone = excluded.telephone,
                active = unit.active AND excluded.active,
                valid_from = excluded.valid_from, valid_to = excluded.valid_to
            RETURNING active""";
    private static final String SYSTEM = """
            INSERT INTO case_system (id, unit, name, roles, active) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles,
                active = case_system.active AND excluded.active
            RETURNING active""";
    private static final String OFFICER = """
            INSERT INTO officer (id, unit, name, title, active, role) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, title = excluded.title,
                active = officer.active AND excluded.active
            RETURNING active""";
    private static final String OUTSIDE = """
            INSERT INTO outside_recipient (id, kind, division, name_zh, name_en, certificate, public_key, active)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en,
                certificate = excluded.certificate, public_key = excluded.public_key,
                active = outside_recipient.active AND excluded.active
            RETURNING active""";
    private static final String KEY = """
            INSERT INTO registered_key
                (key_id, certificate, public_key, case_system, officer, valid_from, valid_to, active)
            VALUES (?, ?, ?, ?, ?, ?, ?, true)
            ON CONFLICT (key_id) DO UPDATE SET valid_from = excluded.valid_from, valid_to = excluded.valid_to
            RETURNING active""";

    private final Connection connection;
    private final List<String> stillSuspended = new ArrayList<>();

    DirectoryWriter(Connection connection) {
        this.connection = connection;
    }

    /** What the written entries do not suspend, and yet is, e.g. {@code unit MSA-421200}. */
    List<String> stillSuspended() {
        return stillSuspended;
    }

    void writeAuthorities(List<CertificateCheck.Authority> authorities) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AUTHORITY)) {
            for (CertificateCheck.Authority authority : authorities) {
                set(statement, X509.id(authority.certificate()), authority.name(), X509.der(authority.certificate()));
                statement.executeUpdate();
            }
        }
    }

    void writeUnits(List<DirectoryFile.UnitEntry> units) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNIT)) {
            for (DirectoryFile.UnitEntry unit : units) {
                Validity validity = Days.validity(unit.validFrom(), unit.validTo());
                set(
                        statement,
                        unit.id(),
                        unit.agency(),
                        unit.division(),
                        unit.name(),
                        unit.parent().orElse(null),
                        unit.responsible(),
                        unit.telephone(),
                        !unit.suspended(),
                        time(validity.from().equals(Instant.MIN) ? Instant.EPOCH : validity.from()),
                        validity.to().equals(Instant.MAX) ? null : time(validity.to()));
                write(statement, !unit.suspended(), "unit " + unit.id());
            }
        }
    }

    void writeSystems(List<DirectoryFile.SystemEntry> systems) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SYSTEM)) {
            for (DirectoryFile.SystemEntry system : systems) {
                Array roles = connection.createArrayOf(
                        "varchar", system.roles().stream().sorted().toArray());
                set(statement, system.id(), system.unit(), system.name(), roles, !system.suspended());
                write(statement, !system.suspended(), "system " + system.id());
            }
        }
    }

    void writeOfficers(List<DirectoryFile.OfficerEntry> officers) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OFFICER)) {
            for (DirectoryFile.OfficerEntry officer : officers) {
                set(
                        statement,
                        officer.id(),
                        officer.unit(),
                        officer.name(),
                        officer.title(),
                        !officer.suspended(),
                        officer.role().orElse(null));
                write(statement, !officer.suspended(), "officer " + officer.id());
            }
        }
    }

    void writeOutside(List<OutsideRecipient> recipients) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OUTSIDE)) {
            for (OutsideRecipient recipient : recipients) {
                Optional<X509Certificate> certificate = recipient.certificate();
                set(
                        statement,
                        recipient.id(),
                        recipient.kind().name(),
                        recipient.division(),
                        recipient.nameZh(),
                        recipient.nameEn(),
                        certificate.map(X509::der).orElse(null),
                        certificate.map(X509::publicKeyId).orElse(null),
                        recipient.active());
                write(statement, recipient.active(), "outside " + recipient.id());
            }
        }
    }

    void writeKeys(List<CertificateCheck.Key> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEY)) {
            for (CertificateCheck.Key key : keys) {
                X509Certificate certificate = key.certificate();
                boolean system = key.holder() == RegisteredKey.Holder.SYSTEM;
                set(
                        statement,
                        X509.id(certificate),
                        X509.der(certificate),
                        X509.publicKeyId(certificate),
                        system ? key.holderId() : null,
                        system ? null : key.holderId(),
                        time(key.validity().from()),
                        time(key.validity().to()));
                write(statement, true, "key " + X509.id(certificate));
            }
        }
    }

    private void write(PreparedStatement statement, boolean wanted, String what) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (row.next() && wanted && !row.getBoolean(1)) {
                stillSuspended.add(what);
            }
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
