package org.xietong.matter;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The tables of this room, one repository each. */
final class MatterRepositories {
    private MatterRepositories() {}

    @ApplicationScoped
    static class MatterRepository implements PanacheRepositoryBase<MatterEntity, UUID> {}

    @ApplicationScoped
    static class MemberRepository implements PanacheRepositoryBase<MemberEntity, UUID> {}

    @ApplicationScoped
    static class ParticipantRepository implements PanacheRepositoryBase<ParticipantEntity, UUID> {}

    @ApplicationScoped
    static class MilestoneRepository implements PanacheRepositoryBase<MilestoneEntity, UUID> {}

    @ApplicationScoped
    static class HandoverRepository implements PanacheRepositoryBase<HandoverEntity, UUID> {}
}
