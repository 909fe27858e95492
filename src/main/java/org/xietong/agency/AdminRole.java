package org.xietong.agency;

/**
 * 三员: what an officer may administer (GB/T 22239, 第三级). They exclude each other; who holds one reads no case content
 * and acts on none.
 */
public enum AdminRole {
    /** 系统管理员: registers units, systems, officers and keys, with a security administrator's approval. */
    SYSTEM_ADMIN,
    /** 安全管理员: approves what widens; ends roles, revokes keys. */
    SECURITY_ADMIN,
    /** 审计管理员: reads what the others did; changes nothing. */
    AUDIT_ADMIN
}
