package org.xietong.api.openapi;

/** The headers that a signed request may carry. */
enum RequestHeader {
    SIGNATURE_INPUT("Signature-Input", true, "RFC 9421 签名参数：标签 sys（系统），需要时另有 officer（办案人员）"),
    SIGNATURE("Signature", true, "RFC 9421 签名值"),
    CONTENT_DIGEST("Content-Digest", true, "RFC 9530 内容摘要：sha-256；国密套件另有 sm3"),
    PURPOSE("Exchange-Purpose", true, "用途代码（/v1/codes/purposes），参数 basis 为法律依据代码，case 为本单位案号"),
    OFFICER("Exchange-Officer", false, "办案人员编号，参数 unit 为单位，login 为登录方式"),
    IDEMPOTENCY_KEY("Idempotency-Key", false, "幂等键：相同的键、方法、路径和内容重复提交，只办一次"),
    IF_MATCH("If-Match", false, "所见版本的 ETag");

    private final String headerName;
    private final boolean alwaysRequired;
    private final String description;

    RequestHeader(String headerName, boolean alwaysRequired, String description) {
        this.headerName = headerName;
        this.alwaysRequired = alwaysRequired;
        this.description = description;
    }

    String headerName() {
        return headerName;
    }

    /** Required by every operation that has the header at all. */
    boolean alwaysRequired() {
        return alwaysRequired;
    }

    /** Required by some operations and open to others, so that it stands twice among the components. */
    boolean sometimesRequired() {
        return !alwaysRequired;
    }

    String description() {
        return description;
    }

    String component(boolean required) {
        return (required && !alwaysRequired ? "Required" : "") + headerName.replace("-", "");
    }
}
