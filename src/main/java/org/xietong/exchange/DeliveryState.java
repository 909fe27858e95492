package org.xietong.exchange;

/** How far a delivery has come: a code of {@code delivery-states}. */
public enum DeliveryState {
    /** 已发出. */
    SUBMITTED,
    /** 已取出待送: fetched by the sender, to convey it to somebody outside the system; no delivery. */
    COLLECTED,
    /** 已送达: fetched. */
    DELIVERED,
    /** 已签收: answered by a signed act. */
    ACKNOWLEDGED,
    /** 已退回或者转送. */
    RETURNED
}
