package org.xietong.api.openapi;

/** The headers of a signed answer. */
enum AnswerHeader {
    EXCHANGE_ID("Exchange-Id", true, "交换编号：凭此在交换日志中查证"),
    SIGNATURE_INPUT("Signature-Input", true, "RFC 9421 应答签名参数，绑定请求签名"),
    SIGNATURE("Signature", true, "RFC 9421 应答签名值"),
    CONTENT_DIGEST("Content-Digest", true, "RFC 9530 应答内容摘要"),
    ETAG("ETag", false, "调用方所见内容的摘要，用于 If-Match");

    private final String headerName;
    private final boolean always;
    private final String description;

    AnswerHeader(String headerName, boolean always, String description) {
        this.headerName = headerName;
        this.always = always;
        this.description = description;
    }

    String headerName() {
        return headerName;
    }

    boolean always() {
        return always;
    }

    String description() {
        return description;
    }

    String component() {
        return headerName.replace("-", "");
    }
}
