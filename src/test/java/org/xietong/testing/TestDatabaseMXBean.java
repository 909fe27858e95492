package org.xietong.testing;

/**
 * The one database of a test JVM, as seen from any class loader: Quarkus loads test classes more than once, and
 * statics with them.
 */
public interface TestDatabaseMXBean {
    int getPort();

    String getPasswordFile();

    void create(String name);

    void start();

    void stop();

    void kill();
}
