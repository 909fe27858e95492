package org.xietong.kind;

/** What is published has an address on the web. */
final class Published {
    /** An https or http address without user information. */
    static final String URL = "^https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[\\x21-\\x7E]*)?$";

    private Published() {}
}
