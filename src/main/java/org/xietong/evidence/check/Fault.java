package org.xietong.evidence.check;

/** What can be wrong with evidence. The names are stable codes. */
public enum Fault {
    UNREADABLE("无法读取", "cannot be read"),
    NOT_A_BUNDLE("不是证据包", "is no evidence bundle"),
    TOO_LARGE("超过允许的大小或数量", "is larger, or more, than is allowed"),
    FILE_NAME("文件名不合法", "has a name that is not allowed"),
    FILE_TWICE("同名文件出现两次", "is there twice"),
    FILE_MISSING("缺少文件", "is missing"),
    FILE_ADDED("多出文件", "does not belong here"),
    FILE_CHANGED("文件与清单的摘要不符", "is not what the manifest says"),
    MALFORMED("格式不正确", "is malformed"),
    KEY_MISSING("没有可用的日志公钥，请用 --key 给出", "there is no key of the log to check with: give --key"),
    KEY_DIFFERS("所附公钥与已知或已签名的不一致", "keys differ from those known, or from those that signed"),
    MANIFEST_SIGNATURE("平台对清单的签名不成立", "the platform's signature on the manifest is wrong"),
    NOT_THE_PLATFORM("签名人不是平台", "is not signed by the platform"),
    CERTIFICATE_MISSING("缺少证书", "the certificate is missing"),
    CERTIFICATE_UNTRUSTED("证书在签名时无效或不可信", "the certificate was not valid at signing, or leads to no trusted root"),
    CERTIFICATE_EXPIRED("证书现已过期，且没有其有效期内的可信时间", "the certificate has expired, and no trusted time lies before its end"),
    CERTIFICATE_REVOKED("证书在签名前已被吊销", "the certificate had been revoked before it signed"),
    ENTRY_FORM("不是规范的日志条目", "is no canonical entry"),
    ENTRY_ID("条目编号不符", "is the entry of another exchange"),
    PART_DIGEST("条目中没有这一部分的摘要", "is not what the entry commits to"),
    SIGNATURE("签名不成立", "the signature is wrong"),
    SIGNATURE_BASE("签名原文不合规范", "is no signature base of a signed exchange"),
    REQUEST_OTHER("与日志所记的请求或答复不符", "is not what the log has of it"),
    RESPONSE_OTHER("不是对该请求的答复", "does not answer this request"),
    BODY_DIGEST("正文不是签名所指的正文", "is not the body that was signed"),
    INCLUSION("包含证明不成立", "the proof of inclusion does not hold"),
    CHECKPOINT_SIGNATURE("没有已知日志公钥的正确签名", "is not signed by the known keys of the log"),
    CHECKPOINT_PAIR("两棵树的检查点不成对", "the checkpoints of the two trees are no pair"),
    COSIGNATURE("见证签名不成立", "a cosignature is wrong"),
    QUORUM("见证签名不足", "too few witnesses have cosigned"),
    TIMESTAMP("时间戳不成立", "the time-stamp does not hold"),
    TIME_CONTRADICTS("时间戳早于其中的条目", "the time-stamp is earlier than an entry below it"),
    TILE_DIFFERS("与由条目重新计算的结果不符", "is not what the entries give"),
    ROOT_DIFFERS("由条目重新计算的根与检查点不符", "the entries do not give the root that was signed"),
    ROLLED_BACK("日志比先前的检查点更短", "the log is shorter than it was at the earlier checkpoint"),
    FORKED("日志不是先前检查点的延续", "the log is no continuation of the earlier checkpoint"),
    ENTRIES_MISSING("条目数与所给范围不符", "does not end where the stretch ends"),
    BEYOND_THE_LOG("超出日志检查点的范围", "lies beyond the checkpoint of the log"),
    NOTHING("其中没有交换", "there is no exchange in it");

    private final String zh;
    private final String en;

    Fault(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }
}
