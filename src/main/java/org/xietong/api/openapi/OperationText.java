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
            case LABEL_REVIEW -> new OperationText("复核保密标签", "第二人以本人密钥签名复核标签。");
            case LABEL_LOWERING_PROPOSE -> new OperationText("提议降低标签", "第一人以本人密钥签名提出；第二人确认前不生效，新提议取代旧提议。");
            case LABEL_LOWERING_LIST -> new OperationText("列出降低标签的提议", "只供所属单位查阅，含已确认、已替换和已失效的。");
            case LABEL_LOWERING_READ -> new OperationText("查阅降低标签的提议", "只供所属单位查阅，含待确认的摘要。");
            case LABEL_LOWERING_CONFIRM -> new OperationText("确认降低标签", "第二人以本人密钥对提议摘要签名；标签即时更换，形成新版本。");
            case GRANT_PROPOSE -> new OperationText("提议授权", "所属单位在规则之外向特定单位或人员开放本单位记录，注明用途和期限；第二人批准前不生效。");
            case GRANT_APPROVE -> new OperationText("批准授权", "第二人以本人密钥对授权摘要签名，即时生效。");
            case GRANT_REVOKE -> new OperationText("撤销授权", "所属单位任一人员可即时撤销。");
            case GRANT_LIST -> new OperationText("查阅授权", "只供所属单位查阅，列出待批准和有效的授权。");
            case CORRECTION_REQUEST -> new OperationText("申请更正", "对可见记录的可见字段提出更正申请；申请另行保存，不改动记录。");
            case CORRECTION_REPLY -> new OperationText("答复更正申请", "由记录所属单位答复；采纳的，另行更正记录形成新版本。");
            case CORRECTION_LIST -> new OperationText("查询更正申请", "所属单位可见全部申请，申请单位只见本单位的申请。");
            case RECORD_BULK ->
                new OperationText(
                        "批量登记或更新",
                        "NDJSON，每行一条：{\"idempotencyKey\": …, \"draft\": {…}} 登记，或 {\"sourceRef\": …, \"draft\": {…}} 按来源编号登记或更新，最多 1000 行。"
                                + "每行是一次独立的交换，各有日志条目和结果；一行有误不影响其他行；任何一行带有国家秘密标志的，整批拒收。重发同一文件，已办的不重办，未办的继续办。");
            case ATTACHMENT_ANNOUNCE -> new OperationText("登记附件", "先登记附件的名称、类型、大小、摘要和原件情况，再以 PUT 提交内容；内容到齐前只有所属单位可见。");
            case ATTACHMENT_STORE -> new OperationText("提交附件内容", "内容须与登记的大小和两种摘要一致，类型以内容检验为准；不符的不予保存。重复提交不产生变化。");
            case ATTACHMENT_WITHDRAW ->
                new OperationText("撤回附件", "所属单位办案人员以本人密钥签名撤回并说明理由；附件仍列为已撤回，内容不再提供，也不删除；查阅记录留在日志。");
            case ATTACHMENT_LIST -> new OperationText("查询附件列表", "只对可完整查看该记录者开放，已撤回的附件注明撤回时间和理由；以游标翻页。");
            case ATTACHMENT_READ -> new OperationText("查阅附件信息", "给出附件的名称、类型、摘要和原件情况。");
            case ATTACHMENT_DOWNLOAD -> new OperationText("下载附件内容", "先记入日志，再发送内容；应答签名涵盖两种摘要。标注不得导出的，只有所属单位可以下载。");
            case MATTER_READ -> new OperationText("查阅案件", "给出案件中可见的参与单位、参与人和节点。");
            case MATTER_TIMELINE -> new OperationText("查阅案件时间线", "只列可见记录，不显示空缺。");
            case MATTER_RESOLVE -> new OperationText("按纸面号码查找案件", "以文号或案号查找；只在可见且显示该号码的记录中查找，无结果与不可见回答相同。");
            case MATTER_INVITE ->
                new OperationText("邀请单位加入案件", "案件内的单位邀请另一单位加入；邀请只为双方所知，只按规则开放邀请单位自己的记录；已有本单位的有效邀请的，为状态冲突。");
            case MATTER_TAKE_OUT -> new OperationText("移出误邀单位", "由邀请或发送的单位移出；该单位已有可见办理的，不能移出。");
            case MATTER_LINK -> new OperationText("关联案件", "关联两个本单位参与的案件，可指明两案中的同一参与人；关联不扩大可见范围。");
            case MATTER_UNLINK -> new OperationText("撤回关联", "由作出关联的单位撤回；不可见的关联与不存在的关联回答相同。");
            case MATTER_INVITATIONS -> new OperationText("查询案件的邀请", "列出本单位在该案件中作出的（含已移出的）和收到的邀请；他人的邀请不可见。");
            case MATTER_INVITED -> new OperationText("查询收到的邀请", "列出本单位收到的、现行有效的各案件邀请。");
            case CHANGES_READ -> new OperationText("读取变更", "按次序给出本单位可见记录的出现、变更与消失；游标不过期，阅读时重新核对可见范围。");
            case DEADLINE_LIST ->
                new OperationText(
                        "查询期限",
                        "本单位应当办理的（MINE），或者本单位可完整查看的记录上由其他单位办理的（OVERSEEN）未结期限，最先期满的在前；"
                                + "可只查已逾期（OVERDUE）或即将期满（SOON）的。");
            case DEADLINE_RULES -> new OperationText("查阅期限规则", "列出各项期限的起算、完成、延长、顺延、依据和核对程度，以及已收录的节假日安排。");
            case DEADLINE_OF_RECORD -> new OperationText("查询记录的期限", "列出该记录的办理所起算的全部期限，含已结的；限可完整查看该记录者。");
            case FEEDBACK_READ ->
                new OperationText("查询移送案件的进展与反馈", "给出按授权规则对移送单位可见、且查询者亦可见的现时进展（逐人、物品、状态），以及历次反馈；办案人员的文字载于移送记录。");
            case DELIVERY_LIST ->
                new OperationText(
                        "查询送达情况", "逐个接收单位给出发出、首次读取、签收、退回或者转送的时间和交换编号，可凭交换编号取得证据包；所属单位和可完整查看的检察院可见全部，其他单位只见自己发出和收到的。");
            case DEADLINE_START ->
                new OperationText(
                        "起算期限", "由记录所属单位的办案人员依决定文书起算一项不由办理动作起算的期限，如查封、扣押期限；返回期限编号，此后以期限命令延长、中止、恢复、完成（FULFIL）或者终止。");
            case DEADLINE_ORDER ->
                new OperationText(
                        "作出期限命令",
                        "由期限所属单位的办案人员依决定文书延长、变更、中止、恢复、重新计算、完成或者终止一项期限；终止和完成须本人签名，完成只用于依命令起算的期限；延长、中止只在期满之前，以登记命令之日为准。");
            case PACKET_SEND ->
                new OperationText(
                        "制作外送数据包",
                        "所属单位办案人员以本人密钥签名，把记录送往一个系统外接收单位：范围不超过外送规则，标签所限的（不得转递、不得导出、工作秘密、知悉范围）一律不送。"
                                + "有证书的以其证书加密；没有证书的以一次性口令加密，口令只在本次答复中出现，不保存、不再告知。同一接收单位同一文号只有一个有效的数据包，换发须写明所替换者。");
            case PACKET_READ -> new OperationText("读取外送数据包的情况", "只供所属单位：接收单位、范围、摘要、取出时间和回执；不含口令和内容。");
            case PACKET_COLLECT ->
                new OperationText("取出加密的数据包", "所属单位办案人员以本人密钥签名取出加密文件，以便送达；取出不等于送达。每次取出都作为披露记入日志，写明接收单位。");
            case PACKET_ANSWER ->
                new OperationText("登记接收单位的回执", "每个数据包一次，由所属单位办案人员以本人密钥签名登记：接收单位登记证书的签名（当场核验），或者扫描件（标明未经核验）；退回须写明理由。");
            case OUTSIDE_RECIPIENT_LIST -> new OperationText("列出系统外接收单位", "已登记、未停用的系统外接收单位及其封装方式；以游标翻页，不含案件数据。");
            case THRESHOLD_LIST -> new OperationText("查阅追诉标准", "列出各项追诉标准的各版本、依据、施行日期和核对程度；未核对原文的（NONE）不得当作法律引用。");
            case PROMPT_LIST ->
                new OperationText(
                        "查询移送提示",
                        "本单位尚未答复的移送提示，最早的在前；给出 record 的，列出该记录的全部提示，并说明现有数额与标准的比较。提示只要求考虑是否移送，不认定犯罪。"
                                + "逾期未办的和决定不移送的，人民检察院可以看到。");
            case EXCEPTION_LIST ->
                new OperationText(
                        "查阅监督线索清单",
                        "只供人民检察院：在其监督范围内，达到标准未移送、决定不移送、报告后未送达、移送后未立案、不予立案、逾期立案、监督意见未回复、逾期未反馈。"
                                + "以游标翻页；授权规则更新期间不提供，以免不全。");
            case EXCEPTION_TABLE ->
                new OperationText("导出监督线索清单", "以 CSV 或 XLSX 给出最早的至多一千项；超出的，表内注明。整次导出是一次交换，逐项记入日志；单元格不会被当作公式。");
            case POLICY_READ -> new OperationText("查阅授权规则", "以矩阵形式给出现行授权规则及其依据。");
            case POLICY_EXPLAIN -> new OperationText("说明可见理由", "在调用方可知范围内，说明某条记录为何可见或不可见。");
            case EXCHANGE_LIST -> new OperationText("查询交换日志", "列出调用方可查的交换。");
            case ERASURE_PROPOSE ->
                new OperationText(
                        "提议删除（第一人）", "所属单位办案人员以本人密钥签名提议删除记录、参与人或附件，注明依据和决定文书；理由长期保存，不得写出被删除对象。删除参与人的，须说明是否一并删除自由文本。");
            case ERASURE_APPROVE ->
                new OperationText("批准删除（第二人）", "本单位另一名办案人员以本人密钥对提议摘要签名批准，立即生效：内容、日志中的有关部分及其盐、索引一并删除；目的、决定和条目保留。");
            case ERASURE_LIST -> new OperationText("列出本单位的删除", "只供所属单位查阅，最近的在前。");
            case ERASURE_READ -> new OperationText("读取删除提议", "只供所属单位查阅。");
            case SPILL_REPORT -> new OperationText("报告涉密误传", "可见该记录的办案人员以本人密钥签名报告，记录立即对所有人（含所属单位）隔离；只报类别，不写内容。");
            case SPILL_RELEASE -> new OperationText("提议解除隔离（第一人）", "经核实不涉密的，由所属单位提议；第二人按批准删除的方式批准后恢复可见。");
            case SPILL_LIST -> new OperationText("列出本单位的误传", "供所属单位和报告单位查阅，不含内容。");
            case ADMIN_LIST -> new OperationText("查询机构目录", "管理员以本人密钥签名查询；以游标翻页，不含案件数据。");
            case ADMIN_READ -> new OperationText("查阅目录条目", "管理员以本人密钥签名查阅；不含案件数据。");
            case ADMIN_PROPOSE -> new OperationText("提出目录变更", "扩大权限的变更：先提出，由另一名安全管理员以本人密钥批准后生效；逾期失效。");
            case ADMIN_NARROW -> new OperationText("立即收紧", "停用、吊销、终止角色：一人签名即生效，五秒内及于所有副本；不得使管理员缺位。");
            case ADMIN_APPROVE -> new OperationText("批准目录变更（第二人）", "第二人以本人密钥对变更内容摘要签名批准；不得批准自己提出的变更。");
            case ADMIN_REFUSE -> new OperationText("驳回或撤回目录变更", "第二人驳回，或提出人撤回；变更不生效。");
            case INQUIRY_PROPOSE -> new OperationText("提出审计事项", "审计人员以本人密钥签名提出：审计文号、所涉机关、案件、期间和理由；第二人批准前不开放任何内容，逾期失效。");
            case INQUIRY_APPROVE -> new OperationText("批准审计事项", "同一审计单位的第二人以本人密钥对提议摘要签名批准；不得批准自己提出的事项。");
            case INQUIRY_CLOSE -> new OperationText("结束审计事项", "审计单位任一人员可即时结束。");
            case INQUIRY_LIST -> new OperationText("列出审计事项", "只列本审计单位的事项，以游标翻页。");
            case INQUIRY_READ -> new OperationText("查阅审计事项", "只供本审计单位查阅，含待批准的摘要。");
            case DISCLOSURE_SEARCH ->
                new OperationText(
                        "查询披露去向",
                        "在用途所载文号的有效审计事项范围内，按记录、案件、参与人或证件号码列出每次披露：送达哪一系统、何时、查看级别、字段、版本、规则和用途。"
                                + "“送达”不等于“阅读”，接收机关报送的阅读人另列；已清除的只计数。查询不改变任何数据，不用幂等键。");
            case READING_REPORT -> new OperationText("报送阅读情况", "接收机关的系统报送本单位何人阅读了送达本系统的记录；只及本系统自己的交换，只增不改。");
            case EXCHANGE_READ -> new OperationText("查阅一次交换", "给出对调用方开放的部分。");
            case EXCHANGE_RECEIPT ->
                new OperationText(
                        "取得日志回执",
                        "凡可查阅该次交换者可取：c2sp.org/tlog-proof@v1 文本，含位置、包含证明和已签名的检查点；tree=sm3 取国密树的证明。尚未进入已签名的检查点的，稍后再取。");
            case EXCHANGE_EVIDENCE ->
                new OperationText(
                        "取得一次交换的证据包",
                        "zip：条目、可开启的部分及其盐值、签名及签名基、证书、检查点和包含证明；仅用 openssl 与 shell 即可核验（verify.sh）。请求正文只给发送方。");
            case MATTER_EVIDENCE ->
                new OperationText("取得一个案件的证据包", "本单位可开启的、与该案件有关的全部交换，至多五百次；更多时以 from、until 缩小时间范围。格式同一次交换的证据包。");
            case EXCHANGE_TABLE ->
                new OperationText("导出交换清单", "供审计：与清单同样的筛选条件，以 CSV 或 XLSX 给出最新的至多一万行；超出的，表内注明。单元格不会被当作公式。");
            case LOG_BUNDLE -> new OperationText("取得日志条目包", "供审计：C2SP tlog-tiles 的条目包，只有条目头和摘要，原样字节。");
            case LOG_ENTRIES ->
                new OperationText(
                        "导出一段日志", "供审计：从 from 起到 until 之前的全部条目，每行一条，行内即原样字节，可据以重算两棵树；一次至多 65536 条，整次导出是一次交换。");
            case LOG_COUNTS -> new OperationText("查阅每日交换数", "供审计：各机关每日（北京时间）的条目数和位置区间；每日由平台记入日志一次，可按条目核对。");
        };
    }
}
