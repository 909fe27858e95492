package org.xietong.agency;

import java.util.List;

/**
 * What an import has written, new and known ones together.
 *
 * @param stillSuspended what the file no longer suspends, and stays suspended until it is resumed by command, e.g.
 *     {@code system MSA-421200-cms}
 */
public record ImportReport(
        int authorities, int units, int systems, int officers, int keys, int outside, List<String> stillSuspended) {
    public ImportReport {
        stillSuspended = List.copyOf(stillSuspended);
    }
}
