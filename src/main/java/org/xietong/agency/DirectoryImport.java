package org.xietong.agency;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Brings a directory file into the database with the owner's role: all of it in one transaction, or nothing.
 *
 * <p>What is new is added, what is known takes the file's values, what the file does not name stays as it is; nothing
 * is removed, since old signatures still name it. An import may suspend but never lifts a suspension, so that an old
 * file cannot undo one; {@link DirectoryAdmin#resume} does.
 */
public final class DirectoryImport {
    private final DataSource owner;
    private final Clock clock;

    /** @param owner connections with the role {@code xietong_owner} and its search path */
    public DirectoryImport(DataSource owner, Clock clock) {
        this.owner = owner;
        this.clock = clock;
    }

    /**
     * Imports the file.
     *
     * @throws DirectoryException with everything that was found wrong; nothing has changed
     * @throws SQLException if the database fails; nothing has changed
     */
    public ImportReport run(DirectoryFile file) throws SQLException {
        return OwnerTransaction.run(owner, connection -> run(connection, file));
    }

    private ImportReport run(Connection connection, DirectoryFile file) throws SQLException {
        RegisteredDirectory registered = RegisteredDirectory.read(connection);
        Faults faults = new Faults();
        Set<String> units = new UnitCheck(registered, faults).check(file.units());
        MemberCheck members = new MemberCheck(units, faults);
        members.checkSystems(file.systems());
        members.checkOfficers(file.officers());
        CertificateCheck certificates = new CertificateCheck(
                stated -> Files.readString(file.folder().resolve(stated)), registered, clock.instant(), faults);
        List<CertificateCheck.Authority> authorities = certificates.authorities(file.authorities());
        List<CertificateCheck.Key> keys = certificates.keys(file);
        List<OutsideRecipient> outside =
                new OutsideCheck(certificates, registered.certified(), faults).check(file.outsideRecipients());
        faults.throwIfAny();

        DirectoryWriter writer = new DirectoryWriter(connection);
        writer.writeAuthorities(authorities);
        writer.writeUnits(file.units());
        writer.writeSystems(file.systems());
        writer.writeOfficers(file.officers());
        writer.writeKeys(keys);
        writer.writeOutside(outside);
        return new ImportReport(
                authorities.size(),
                file.units().size(),
                file.systems().size(),
                file.officers().size(),
                keys.size(),
                outside.size(),
                writer.stillSuspended());
    }
}
