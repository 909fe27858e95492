package org.xietong.exchange;

import java.util.List;
import org.xietong.identifier.ZhName;

/** The deliveries of a record, the first first. */
public record DeliveryList(@ZhName("送达情况") List<DeliveryView> items) {}
