package org.xietong.evidence.check;

/** What a reader of an accepted verdict must know: whom he still trusts, and what was not looked at. Stable codes. */
public enum Remark {
    KEYS_FROM_EVIDENCE(
            "日志公钥取自证据本身：只说明其自洽", "the log's keys were taken from the evidence itself: it agrees with itself, no more"),
    ROOTS_FROM_EVIDENCE(
            "根证书取自证据本身：只说明其自洽", "the roots were taken from the evidence itself: it agrees with itself, no more"),
    PLATFORM_NOT_GIVEN(
            "没有给出平台证书：签名人有证书，但未必是平台",
            "no certificates of the platform were named: who signed has a certificate, and need not be the platform"),
    WITNESSES_NOT_GIVEN("没有给出见证机构的公钥：未要求见证", "no witnesses were named: none was asked for"),
    WITNESS_WITHDRAWN("有见证签名出自已撤销的公钥：不计", "a cosignature is of a key that was withdrawn: it does not count"),
    ONE_KIND_OF_KEY("只核验了日志两种签名中的一种", "only one of the log's two signatures was checked"),
    NO_TIMESTAMP("没有可信时间戳", "there is no time-stamp"),
    REVOCATION_NOT_CHECKED(
            "缺少签名时的吊销列表：未查证书是否已吊销", "no list of revocations covers the time of signing: it was not looked up"),
    MANIFEST_EXPIRED(
            "清单的签名证书现已过期；包内证据不依赖它", "the manifest's certificate has expired since; the evidence does not rest on it"),
    REQUEST_NOT_BOUND(
            "日志的请求部分未开放：请求经答复的签名与日志相连",
            "the log's part of the request is not opened: the answer's signature ties the request to it"),
    OLDER_CHECKPOINT(
            "包含证明属于较早的检查点；它与包内新检查点的一致性须对照日志核验",
            "a proof is of an earlier checkpoint: that the newer one continues it is to be checked against the log"),
    PARTS_NOT_OPENED("条目有未开放或已删除的部分", "the entry has parts that are not opened, or were erased"),
    ENTRIES_NOT_CHECKED(
            "没有条目：只核验了哈希、检查点和一致性", "there are no entries: only hashes, checkpoints and consistency were checked");

    private final String zh;
    private final String en;

    Remark(String zh, String en) {
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
