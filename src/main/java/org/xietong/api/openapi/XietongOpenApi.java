package org.xietong.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.tags.Tag;
import org.jboss.jandex.IndexView;

/**
 * Completes the document that SmallRye reads from the resources, once, at build time: what each operation must bring and can
 * answer comes from its {@code @Exchanged} operation, what a field is called from {@code @ZhName} and {@code law/fields.yaml}, who
 * sees it from {@code @Shown}, what a view may leave out from {@code @Nullable}. The result is committed as
 * {@code openapi/xietong.yaml}.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class XietongOpenApi implements OASFilter {
    /** The code lists that name the constants of enumerations. */
    private static final Map<String, String> LISTS = Map.ofEntries(
            Map.entry("Actor", "deadline-actors"),
            Map.entry("AgencyCode", "agencies"),
            Map.entry("Audience", "deadline-audiences"),
            Map.entry("CaseClass", "case-classes"),
            Map.entry("Caveat", "caveats"),
            Map.entry("Condition", "threshold-conditions"),
            Map.entry("Custody", "deadline-custody"),
            Map.entry("DeadlineOrder", "deadline-orders"),
            Map.entry("DeadlineState", "deadline-states"),
            Map.entry("DeliveryState", "delivery-states"),
            Map.entry("FilingType", "filing-type"),
            Map.entry("IdentifierType", "identifier-types"),
            Map.entry("Level", "levels"),
            Map.entry("LinkType", "link-types"),
            Map.entry("Milestone", "milestones"),
            Map.entry("Nature", "deadline-natures"),
            Map.entry("Option", "deadline-options"),
            Map.entry("Origin", "origins"),
            Map.entry("OriginalForm", "original-form"),
            Map.entry("ParticipantType", "participant-type"),
            Map.entry("OutsideKind", "outside-kinds"),
            Map.entry("PacketOutcome", "packet-outcomes"),
            Map.entry("PacketSealing", "packet-sealings"),
            Map.entry("Per", "deadline-scopes"),
            Map.entry("Precision", "precision"),
            Map.entry("Reach", "escalation-levels"),
            Map.entry("View", "views"));

    private final IndexView index;

    public XietongOpenApi(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null || document.getPaths() == null) {
            return;
        }
        WireRecords records = new WireRecords(index);
        Map<String, Schema> schemas = new TreeMap<>(
                document.getComponents().getSchemas() == null
                        ? Map.of()
                        : document.getComponents().getSchemas());
        schemas.forEach(records::describe);
        LISTS.forEach((enumeration, list) -> Objects.requireNonNull(schemas.get(enumeration), enumeration)
                .addExtension(WireRecords.CODE_LIST, list));
        ViewSchemas.split(document, schemas, records);
        ProblemSchemas.addTo(schemas);
        document.getComponents().setSchemas(schemas);
        CommonParts.addTo(document);
        new OperationParts(new ResourceMethods(index)).complete(document);
        if (document.getTags() != null) {
            document.setTags(document.getTags().stream()
                    .sorted(Comparator.comparing(Tag::getName))
                    .toList());
        }
    }
}
