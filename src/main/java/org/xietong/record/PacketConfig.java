package org.xietong.record;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Packets for outside recipients. */
@ConfigMapping(prefix = "xietong.packets")
public interface PacketConfig {
    /** The most bytes of a packet's attachments together; it is made in memory. */
    @WithDefault("20971520")
    long maxSize();
}
