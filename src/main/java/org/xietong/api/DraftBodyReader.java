package org.xietong.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.xietong.record.ActDraft;
import org.xietong.record.Content;
import org.xietong.record.Draft;
import org.xietong.record.DraftReader;

/**
 * Reads every JSON body of a write. Inherited methods erase the kind from their parameter types, so it is taken from
 * the resource class that the path chose: the body cannot name another.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
class DraftBodyReader implements ServerMessageBodyReader<Object> {
    private final DraftReader reader;
    private final Map<Class<?>, Class<? extends Content>> contents = new ConcurrentHashMap<>();

    DraftBodyReader(DraftReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public Object readFrom(Class<Object> type, Type generic, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return read(type, context.getInputStream().readAllBytes());
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(type, body.readAllBytes());
    }

    @SuppressWarnings("unchecked") // a body's type is a record: isReadable says so
    private Object read(Class<?> type, byte[] body) {
        if (type == Draft.class || type == ActDraft.class) {
            return reader.read(body, type, contents.computeIfAbsent(resource(), DraftBodyReader::content));
        }
        return reader.read(body, (Class<? extends Record>) type);
    }

    private static Class<?> resource() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        return request.getTarget().getLazyMethod().getResourceClass();
    }

    private static Class<? extends Content> content(Class<?> resource) {
        for (Class<?> at = resource; at != null; at = at.getSuperclass()) {
            if (at.getGenericSuperclass() instanceof ParameterizedType parent
                    && parent.getRawType() == RecordResource.class) {
                return ((Class<?>) parent.getActualTypeArguments()[0]).asSubclass(Content.class);
            }
        }
        throw new IllegalStateException("no kind behind " + resource.getName());
    }
}
