package org.xietong.record;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where attachments lie, and how much of them at once. */
@ConfigMapping(prefix = "xietong.attachments")
public interface AttachmentConfig {
    /** Holds {@code store} and {@code quarantine}; replicas share it. */
    @WithDefault("data/attachments")
    Path folder();

    /** Largest attachment in bytes. */
    @WithDefault("104857600")
    long maxSize();

    /** Bodies that are received at once, per replica; each needs a buffer of 64 KiB and its room in quarantine. */
    @WithDefault("32")
    int atOnce();

    /** … and of one system. */
    @WithDefault("8")
    int atOncePerSystem();

    /** Downloads of one system under way at once, per replica; each has a file open and two buffers of 64 KiB. */
    @WithDefault("32")
    int outAtOncePerSystem();

    /** The longest that one body may take. */
    @WithDefault("10m")
    Duration patience();

    /** How old bytes must be that nothing refers to, before they are removed. */
    @WithDefault("1h")
    Duration orphanAge();
}
