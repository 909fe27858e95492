package org.xietong.client;

import java.net.http.HttpHeaders;

/** An answer as it came, not checked. */
public record RawAnswer(int status, HttpHeaders headers, byte[] body) {}
