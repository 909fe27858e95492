package org.xietong.agency;

/** A system that may call now, by this key. Only {@link DirectorySnapshot} finds one. */
public record UsableSystem(RegisteredKey key, CaseSystem system, Unit unit) {}
