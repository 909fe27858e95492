package org.xietong.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import org.xietong.label.Milestone;

/**
 * One condition of a policy row; the vocabulary is closed. Conditions compare units 单位, not whole agencies: that a procuratorate
 * has a right means the procuratorate of that level.
 */
public sealed interface Condition permits Condition.Relation, Condition.After, Condition.Supervised {

    /** As it is written in the policy, e.g. {@code owner}, {@code after:INDICTED}. */
    @JsonValue
    String code();

    /** In Chinese, for the readable matrix. */
    String zh();

    /** How the viewer's unit stands to the record. */
    enum Relation implements Condition {
        OWNER("owner", "归属单位"),
        /** MSA and IPO of one division: reads as owner, never writes. */
        OPERATED_WITH("operatedWith", "合署单位"),
        SUPERIOR("superior", "归属单位的上级"),
        SAME_LEVEL_PROCURATORATE("sameLevelProcuratorate", "同级检察院"),
        /**
         * Reviews what the addressed procuratorate of the owner's level decided (刑事诉讼法 art. 92): the procuratorate one level up, or,
         * where the directory knows none above it, the addressed one, which then enters what its superior decided on paper.
         */
        REVIEWING_PROCURATORATE("reviewingProcuratorate", "上一级检察院"),
        /** Reviews what the owner decided, and handed up to it: the unit one level up (of the police: 公安机关办理刑事案件程序规定 art. 179). */
        REVIEWING_SUPERIOR("reviewingSuperior", "归属单位的上一级"),
        SAME_LEVEL("sameLevel", "与归属单位同级"),
        ADDRESSEE("addressee", "收件单位"),
        /** Its clue or case was transferred into this matter to the owner. */
        SENDER("sender", "线索移送单位"),
        /** Its clue or case was transferred to the owner of the filing of which the record is a stage. */
        REFERRER("referrer", "所属案件的移送单位"),
        /** Of second instance: the judgment upon a participant was sent up to it (刑事诉讼法 art. 231); it opens nothing of the others. */
        APPEALED_TO("appealedTo", "二审单位"),
        /** Of a judgment: it owns the filing or a stage of it, on whatever level. */
        HANDLER("handler", "本案办案单位"),
        /** Of a supervision: it complained of the transfer that the supervision is about (人民检察院刑事诉讼规则 art. 558, 561). */
        REQUESTER("requester", "申请监督的单位"),
        MEMBER("member", "案件关联单位");

        private final String code;
        private final String zh;

        Relation(String code, String zh) {
            this.code = code;
            this.zh = zh;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public String zh() {
            return zh;
        }

        /** Whether it says only that the unit is near, and not that the case is its business. */
        boolean isGeneric() {
            return this == SAME_LEVEL || this == MEMBER;
        }
    }

    /** A milestone stands for a participant whom the record concerns, in its filing; a revoked one stands no more. */
    record After(Milestone milestone) implements Condition {
        @Override
        public String code() {
            return "after:" + milestone.name();
        }

        @Override
        public String zh() {
            return "该参与人已" + milestone.zh();
        }
    }

    /** 立案监督 or 侦查监督 was opened in the filing, upon a participant whom the record concerns. No milestone: nobody is told. */
    record Supervised() implements Condition {
        /** As a fact it stands among the milestones. */
        public static final String FACT = "SUPERVISED";

        @Override
        public String code() {
            return "supervised";
        }

        @Override
        public String zh() {
            return "已启动立案监督或侦查监督";
        }
    }
}
