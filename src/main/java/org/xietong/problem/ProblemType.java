package org.xietong.problem;

/**
 * Every error that a caller can meet: stable code, HTTP status, whether a retry can help, and its title in Chinese
 * and English (RFC 9457). The {@code type} URI is {@code urn:xietong:problem:<code>}.
 */
public enum ProblemType {
    UNAUTHENTICATED(401, false, "身份验证失败", "Authentication failed"),
    TOKEN_INVALID(401, false, "令牌无效或已过期", "The token is invalid or has expired"),
    SIGNATURE_INVALID(401, false, "请求签名无效", "The request signature is not valid"),
    OFFICER_SIGNATURE_INVALID(401, false, "办案人员签名无效", "The officer's signature is not valid"),
    SIGNATURE_OUTSIDE_CLOCK_WINDOW(401, true, "签名时间不在允许范围内", "The signature is outside the clock window"),
    CONTENT_DIGEST_MISMATCH(401, false, "内容摘要不符", "The content digest does not match"),
    REPLAYED(409, false, "请求已使用过，拒绝重放", "This request has been used before"),
    RATE_LIMITED(429, true, "请求过于频繁", "Too many requests"),
    BODY_TOO_LARGE(413, false, "请求内容过大", "The body is too large"),
    BODY_TOO_DEEP(422, false, "请求内容嵌套过深", "The body is nested too deeply"),
    MALFORMED(400, false, "请求格式错误", "The request is malformed"),
    PURPOSE_REQUIRED(400, false, "须注明用途", "A purpose is required"),
    PURPOSE_INVALID(400, false, "用途格式或代码有误", "The purpose is not well formed or its code is unknown"),
    OFFICER_REQUIRED(400, false, "须注明办案人员", "An officer is required"),
    OFFICER_SIGNATURE_REQUIRED(403, false, "须有办案人员本人签名", "The officer's own signature is required"),
    OFFICER_UNKNOWN(400, false, "办案人员未登记或已停用", "The officer is not registered or is suspended"),
    IDEMPOTENCY_KEY_REQUIRED(400, false, "须提供幂等键", "An idempotency key is required"),
    IDEMPOTENCY_KEY_REUSED(422, false, "幂等键已用于其他请求", "The idempotency key was used for another request"),
    IDEMPOTENCY_IN_FLIGHT(409, true, "同一幂等键的请求正在处理", "A request with this idempotency key is in flight"),
    PRECONDITION_REQUIRED(428, false, "须提供 If-Match", "If-Match is required"),
    PRECONDITION_FAILED(412, false, "记录已变化，请重新读取", "The record has changed; read it again"),
    NOT_FOUND(404, false, "未找到", "Not found"),
    METHOD_NOT_ALLOWED(405, false, "不支持该方法", "The method is not allowed"),
    NOT_ACCEPTABLE(406, false, "无法提供所要求的格式", "The requested format is not available"),
    UNSUPPORTED_MEDIA_TYPE(415, false, "不支持该内容类型", "The content type is not supported"),
    FORBIDDEN(403, false, "无权进行该操作", "The policy does not give this right"),
    VIEW_TOO_LOW(403, false, "查看范围不足", "The granted view is too low for this"),
    NOT_YET_IN_LOG(409, true, "该交换尚未进入已签名的日志，请稍后再取", "The exchange is not in a signed log yet; ask again in a moment"),
    STATE_CONFLICT(409, false, "当前状态不允许该操作", "The state does not allow this act"),
    NO_PROCURATORATE(409, false, "机构目录中没有应当抄送的检察院", "The directory knows no procuratorate that the copy is due to"),
    ALREADY_TRANSFERRED(409, false, "该线索已有未结的移送", "A transfer of this clue is under way"),
    PROPOSAL_STALE(409, false, "提议已失效，请重新提出", "The proposal is out of date; make a new one"),
    SECOND_OFFICER_REQUIRED(403, false, "须由另一名办案人员确认", "Another officer must confirm"),
    SOURCE_REF_CONFLICT(409, false, "来源编号已登记", "The source reference is already registered"),
    INVALID_CONTENT(422, false, "内容不符合要求", "The content does not meet the rules"),
    UNKNOWN_FIELD(422, false, "含有未知或不可写的字段", "A field is unknown or cannot be written"),
    INVALID_QUERY(422, false, "查询参数有误", "A query parameter is not valid"),
    INVALID_CURSOR(422, false, "游标无效", "The cursor is not valid"),
    LABEL_INVALID(422, false, "保密标签不符合要求", "The label does not meet the rules"),
    DECLARATION_REQUIRED(422, false, "须声明不涉及国家秘密", "The declaration that no state secret is concerned is required"),
    ATTACHMENT_REFUSED(422, false, "附件类型不予接收", "The attachment is of a type that is not taken"),
    ATTACHMENT_WITHDRAWN(410, false, "附件已撤回，内容不再提供", "The attachment was withdrawn; its bytes are handed out no more"),
    ERASED(410, false, "内容已依法删除", "The content was erased"),
    STATE_SECRET_REFUSED(
            422, false, "疑涉国家秘密，已拒收；请走机要渠道", "Refused as a possible state secret; use the classified channel"),
    OUTCOME_UNKNOWN(503, true, "结果未知，请用同一幂等键重试", "The outcome is unknown; retry with the same idempotency key"),
    LOG_SET_BACK(503, true, "数据库曾被回退，待运维人员决定", "The database was set back; an operator must decide"),
    UNAVAILABLE(503, true, "服务暂不可用", "The service is unavailable for now"),
    INTERNAL(500, true, "内部错误", "Internal error");

    private final int status;
    private final boolean retryable;
    private final String zh;
    private final String en;

    ProblemType(int status, boolean retryable, String zh, String en) {
        this.status = status;
        this.retryable = retryable;
        this.zh = zh;
        this.en = en;
    }

    public int status() {
        return status;
    }

    public boolean retryable() {
        return retryable;
    }

    /** The title in Chinese, the default language of the agencies. */
    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    public String uri() {
        return "urn:xietong:problem:" + name();
    }
}
