package org.xietong.crypto;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.StringItem;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.MalformedSignatureException.Fault;

/** The fields Signature-Input and Signature, read together (RFC 9421 §4). */
final class SignatureFields {
    static final int MAX_LABELS = 4;

    private SignatureFields() {}

    /** Every label once, in the order of Signature-Input; both fields name the same labels. */
    static Map<String, PresentedSignature> parse(@Nullable String signatureInput, @Nullable String signature)
            throws MalformedSignatureException {
        if (signatureInput == null || signature == null || signatureInput.isEmpty() || signature.isEmpty()) {
            throw new MalformedSignatureException(Fault.MISSING);
        }
        Map<String, ListElement<?>> inputs = members(CanonicalDictionary.parse(signatureInput));
        Map<String, ListElement<?>> values = members(CanonicalDictionary.parse(signature));
        if (!inputs.keySet().equals(values.keySet())) {
            throw new MalformedSignatureException(Fault.UNMATCHED_LABEL);
        }
        Map<String, PresentedSignature> presented = new LinkedHashMap<>();
        for (Map.Entry<String, ListElement<?>> input : inputs.entrySet()) {
            String label = input.getKey();
            presented.put(label, read(label, input.getValue(), values.get(label)));
        }
        return presented;
    }

    private static Map<String, ListElement<?>> members(Dictionary dictionary) throws MalformedSignatureException {
        Map<String, ListElement<?>> members = dictionary.get();
        if (members.size() > MAX_LABELS) {
            throw new MalformedSignatureException(Fault.TOO_MANY_LABELS);
        }
        return members;
    }

    private static PresentedSignature read(String label, ListElement<?> input, @Nullable ListElement<?> value)
            throws MalformedSignatureException {
        if (!(input instanceof InnerList list) || !(value instanceof ByteSequenceItem bytes)) {
            throw new MalformedSignatureException(Fault.SYNTAX);
        }
        for (Item<?> component : list.get()) {
            if (!(component instanceof StringItem)) {
                throw new MalformedSignatureException(Fault.SYNTAX);
            }
        }
        if (!bytes.getParams().isEmpty()) {
            throw new MalformedSignatureException(Fault.SYNTAX);
        }
        return new PresentedSignature(
                label,
                InnerList.valueOf(list.get()).serialize(),
                list.serialize(),
                SignatureParameters.of(list.getParams()),
                copy(bytes.get()));
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
