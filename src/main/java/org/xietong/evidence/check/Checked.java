package org.xietong.evidence.check;

/** What was checked, counted in a {@link Report}. */
public enum Checked {
    FILES("文件", "files"),
    EXCHANGES("交换", "exchanges"),
    PARTS("条目部分", "parts"),
    SIGNATURES("签名", "signatures"),
    PROOFS("包含证明", "proofs of inclusion"),
    CHECKPOINTS("检查点", "checkpoints"),
    COSIGNATURES("见证签名", "cosignatures"),
    TIMESTAMPS("时间戳", "time-stamps"),
    ENTRIES("日志条目", "entries"),
    TILES("哈希块", "tiles"),
    CONSISTENCY("与先前检查点的一致性", "consistency with an earlier checkpoint");

    private final String zh;
    private final String en;

    Checked(String zh, String en) {
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
