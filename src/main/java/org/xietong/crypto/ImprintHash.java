package org.xietong.crypto;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;

/** What a time-stamp's imprint of the stamped data is made with (RFC 3161 §2.4.1). */
public enum ImprintHash {
    SHA_256(NISTObjectIdentifiers.id_sha256),
    SM3(GMObjectIdentifiers.sm3);

    private final ASN1ObjectIdentifier identifier;

    ImprintHash(ASN1ObjectIdentifier identifier) {
        this.identifier = identifier;
    }

    /** The imprint, 32 bytes. */
    public byte[] of(byte[] data) {
        return switch (this) {
            case SHA_256 -> Digests.sha256(data);
            case SM3 -> Digests.sm3(data);
        };
    }

    ASN1ObjectIdentifier identifier() {
        return identifier;
    }

    static ImprintHash of(ASN1ObjectIdentifier identifier) throws TimeStampException {
        for (ImprintHash hash : values()) {
            if (hash.identifier.equals(identifier)) {
                return hash;
            }
        }
        throw new TimeStampException(TimeStampException.Fault.UNKNOWN_HASH);
    }
}
