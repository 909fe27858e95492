package org.xietong.evidence.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xietong.crypto.CanonicalJson;

/** Canonical JSON in evidence, read without trusting its shape. */
final class Json {
    private final Map<?, ?> object;
    private final Fault fault;
    private final String file;

    private Json(Map<?, ?> object, Fault fault, String file) {
        this.object = object;
        this.fault = fault;
        this.file = file;
    }

    /** @param fault what to call it when it is not as expected */
    static Json of(byte[] bytes, Fault fault, String file) throws FaultException {
        try {
            return new Json(CanonicalJson.object(bytes), fault, file);
        } catch (IllegalArgumentException e) {
            throw new FaultException(fault, file);
        }
    }

    Set<?> names() {
        return object.keySet();
    }

    boolean has(String name) {
        return object.containsKey(name);
    }

    String text(String name) throws FaultException {
        return object.get(name) instanceof String text ? text : refuse();
    }

    long number(String name) throws FaultException {
        return object.get(name) instanceof Number number ? number.longValue() : Json.<Long>refused(fault, file);
    }

    Json object(String name) throws FaultException {
        return object.get(name) instanceof Map<?, ?> map ? new Json(map, fault, file) : Json.<Json>refused(fault, file);
    }

    List<?> list(String name) throws FaultException {
        return object.get(name) instanceof List<?> list ? list : Json.<List<?>>refused(fault, file);
    }

    Json element(Object element) throws FaultException {
        return element instanceof Map<?, ?> map ? new Json(map, fault, file) : Json.<Json>refused(fault, file);
    }

    boolean isList(String name) {
        return object.get(name) instanceof List<?>;
    }

    private String refuse() throws FaultException {
        return refused(fault, file);
    }

    private static <T> T refused(Fault fault, String file) throws FaultException {
        throw new FaultException(fault, file);
    }
}
