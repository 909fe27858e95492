package org.xietong.api.openapi;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;
import org.xietong.exchange.Exchanged;
import org.xietong.exchange.Operation;

/** The exchange operation behind each path and verb, read from the resource classes and those that they extend. */
final class ResourceMethods {
    private static final DotName PATH = DotName.createSimple(Path.class);
    private static final DotName EXCHANGED = DotName.createSimple(Exchanged.class);
    private static final Map<HttpMethod, DotName> VERBS = Map.of(
            HttpMethod.GET, DotName.createSimple(GET.class),
            HttpMethod.POST, DotName.createSimple(POST.class),
            HttpMethod.PUT, DotName.createSimple(PUT.class),
            HttpMethod.PATCH, DotName.createSimple(PATCH.class),
            HttpMethod.DELETE, DotName.createSimple(DELETE.class));

    private final IndexView index;
    private final Map<String, Operation> byRoute = new HashMap<>();

    ResourceMethods(IndexView index) {
        this.index = index;
        for (AnnotationInstance path : index.getAnnotations(PATH)) {
            if (path.target().kind() == AnnotationTarget.Kind.CLASS) {
                ClassInfo resource = path.target().asClass();
                for (ClassInfo at = resource; at != null; at = superclass(at)) {
                    add(path.value().asString(), at);
                }
            }
        }
    }

    /** The operation on the road; empty for one that is open. */
    Optional<Operation> exchanged(String path, HttpMethod verb) {
        return Optional.ofNullable(byRoute.get(route(verb, path, "")));
    }

    private void add(String root, ClassInfo declaring) {
        for (MethodInfo method : declaring.methods()) {
            AnnotationInstance exchanged = method.annotation(EXCHANGED);
            if (exchanged == null) {
                continue;
            }
            AnnotationInstance path = method.annotation(PATH);
            String below = path == null ? "" : path.value().asString();
            VERBS.forEach((verb, name) -> {
                if (method.hasAnnotation(name)) {
                    byRoute.putIfAbsent(
                            route(verb, root, below),
                            Operation.valueOf(exchanged.value().asEnum()));
                }
            });
        }
    }

    /** One form for {@code /v1/clues} + {@code {id}} and {@code /v1/clues/{id}}; what a variable may look like is left out. */
    private static String route(HttpMethod verb, String root, String below) {
        String path = ("/" + root + "/" + below).replaceAll("/+", "/").replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
        return verb + " " + (path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    private @Nullable ClassInfo superclass(ClassInfo of) {
        return of.superName() == null ? null : index.getClassByName(of.superName());
    }
}
