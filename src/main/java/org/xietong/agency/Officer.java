package org.xietong.agency;

/**
 * An officer 办案人员 of a unit.
 *
 * @param id the unit's id and a number of three digits or more, e.g. {@code MSA-421200-007}
 * @param active not suspended; whether he may act is {@link DirectorySnapshot#usableOfficer}
 */
public record Officer(String id, String unit, String name, String title, boolean active) {}
