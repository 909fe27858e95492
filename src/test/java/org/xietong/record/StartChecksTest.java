package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.testing.CityResource;

/** What loads rules and law is there before the first request; so a service of its own, which nobody has asked anything. */
@QuarkusTest
@WithTestResource(value = CityResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class StartChecksTest {

    @ParameterizedTest
    @ValueSource(classes = {CurrentPolicy.class, DraftReader.class, DraftRules.class, PolicyReading.class})
    void loadsBeforeAnybodyAsks(Class<?> type) {
        var container = Arc.container();
        var context = Objects.requireNonNull(container.getActiveContext(ApplicationScoped.class));
        assertNotNull(context.get(container.instance(type).getBean()), type.getSimpleName());
    }
}
