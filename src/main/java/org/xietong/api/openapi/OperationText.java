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
            case RECORD_HISTORY -> new OperationText("查阅历史版本", "按当前查看范围给出全部版本。");
            case RECORD_AMEND -> new OperationText("更正记录", "形成新版本，原版本保留；只有所属单位可以更正。");
            case RECORD_ACT -> new OperationText("办理动作", "按生命周期办理；接收单位的动作另附其内容，不改动原内容。");
            case LABEL_REVIEW -> new OperationText("复核密级标签", "第二人以本人密钥签名复核标签。");
            case MATTER_READ -> new OperationText("查阅案件", "给出案件中可见的参与单位、参与人和节点。");
            case MATTER_TIMELINE -> new OperationText("查阅案件时间线", "只列可见记录，不显示空缺。");
            case POLICY_READ -> new OperationText("查阅授权规则", "以矩阵形式给出现行授权规则及其依据。");
            case POLICY_EXPLAIN -> new OperationText("说明可见理由", "在调用方可知范围内，说明某条记录为何可见或不可见。");
            case EXCHANGE_LIST -> new OperationText("查询交换日志", "列出调用方可查的交换。");
            case ADMIN_LIST -> new OperationText("查询机构目录", "管理员以本人密钥签名查询；以游标翻页，不含案件数据。");
            case ADMIN_READ -> new OperationText("查阅目录条目", "管理员以本人密钥签名查阅；不含案件数据。");
            case ADMIN_PROPOSE -> new OperationText("提出目录变更", "扩大权限的变更：先提出，由另一名安全管理员以本人密钥批准后生效；逾期失效。");
            case ADMIN_NARROW -> new OperationText("立即收紧", "停用、吊销、终止角色：一人签名即生效，五秒内及于所有副本；不得使管理员缺位。");
            case ADMIN_APPROVE -> new OperationText("批准目录变更（第二人）", "第二人以本人密钥对变更内容摘要签名批准；不得批准自己提出的变更。");
            case ADMIN_REFUSE -> new OperationText("驳回或撤回目录变更", "第二人驳回，或提出人撤回；变更不生效。");
            case EXCHANGE_READ -> new OperationText("查阅一次交换", "给出对调用方开放的部分。");
        };
    }
}
