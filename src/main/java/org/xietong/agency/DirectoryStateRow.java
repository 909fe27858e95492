package org.xietong.agency;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** The one row that changes with every change of the directory, in the same transaction. */
@Entity
@Immutable
@Table(name = "directory_state")
class DirectoryStateRow {
    static final short ONLY = 1;

    @Id
    short id;

    long version;
}
