package org.xietong.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.tags.Tag;
import org.jboss.jandex.IndexView;

/**
 * Completes the document that SmallRye reads from the resources, once, at build time: what each operation must bring and can
 * answer comes from its {@code @Exchanged} operation, what a field is called from {@code @ZhName}, what a view may leave out from
 * {@code @Nullable}. The result is committed as {@code openapi/xietong.yaml}.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class XietongOpenApi implements OASFilter {
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
