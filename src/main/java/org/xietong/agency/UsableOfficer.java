package org.xietong.agency;

/** An officer who may act now. Only {@link DirectorySnapshot} finds one; with or without his key says the finder. */
public record UsableOfficer(Officer officer, Unit unit) {}
