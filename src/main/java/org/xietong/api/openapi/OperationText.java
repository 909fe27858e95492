package org.xietong.api.openapi;

import org.xietong.exchange.Operation;

/** What an operation is called and does, in Chinese. A new operation does not compile until it has a text. */
record OperationText(String summary, String description) {
    static OperationText of(Operation operation) {
        return switch (operation) {
            case TOKEN_ISSUE -> new OperationText("领取访问令牌", "凭系统签名领取短期令牌；令牌与密钥绑定，十分钟内有效。");
            case RECORD_CREATE -> new OperationText("登记记录", "登记一条新记录；未指定案件的，同时新建案件。须声明不涉及国家秘密。");
            case RECORD_UPSERT -> new OperationText("按来源编号登记或更新", "以来源系统自己的编号登记；已登记的，形成新版本。");
            case RECORD_READ -> new OperationText("查阅记录", "按授权规则给出可见部分；不可见的记录与不存在的记录回答相同。");
            case RECORD_LIST -> new OperationText("查询记录列表", "只列出可见记录，以游标翻页；只能按可见字段筛选和排序。");
            case RECORD_HISTORY -> new OperationText("查阅历史版本", "按当前查看范围分页给出各版本。");
            case RECORD_AMEND -> new OperationText("更正记录", "形成新版本，原版本保留；只有所属单位可以更正。");
            case RECORD_ACT -> new OperationText("办理动作", "按生命周期办理；接收单位的动作另附其内容，不改动原内容。");
            case LABEL_REVIEW -> new OperationText("复核密级标签", "第二人以本人密钥签名复核标签。");
            case CORRECTION_REQUEST -> new OperationText("申请更正", "对可见记录的可见字段提出更正申请；申请另行保存，不改动记录。");
            case CORRECTION_REPLY -> new OperationText("答复更正申请", "由记录所属单位答复；采纳的，另行更正记录形成新版本。");
            case CORRECTION_LIST -> new OperationText("查询更正申请", "所属单位可见全部申请，申请单位只见本单位的申请。");
            case MATTER_READ -> new OperationText("查阅案件", "给出案件中可见的参与单位、参与人和节点。");
            case MATTER_TIMELINE -> new OperationText("查阅案件时间线", "只列可见记录，不显示空缺。");
            case MATTER_RESOLVE -> new OperationText("按纸面号码查找案件", "以文号或案号查找；只在可见且显示该号码的记录中查找，无结果与不可见回答相同。");
            case MATTER_INVITE -> new OperationText("邀请单位加入案件", "案件内的单位邀请另一单位加入；邀请只为双方所知。");
            case MATTER_TAKE_OUT -> new OperationText("移出误邀单位", "由邀请或发送的单位移出；该单位已有可见办理的，不能移出。");
            case MATTER_LINK -> new OperationText("关联案件", "关联两个本单位参与的案件；关联不扩大可见范围。");
            case CHANGES_READ -> new OperationText("读取变更", "按次序给出本单位可见记录的出现、变更与消失；游标不过期，阅读时重新核对可见范围。");
            case POLICY_READ -> new OperationText("查阅授权规则", "以矩阵形式给出现行授权规则及其依据。");
            case POLICY_EXPLAIN -> new OperationText("说明可见理由", "在调用方可知范围内，说明某条记录为何可见或不可见。");
            case EXCHANGE_LIST -> new OperationText("查询交换日志", "列出调用方可查的交换。");
            case EXCHANGE_READ -> new OperationText("查阅一次交换", "给出对调用方开放的部分。");
        };
    }
}
