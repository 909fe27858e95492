/** What tests of all rooms share: one real database per test JVM, and the packaged service as a child process. */
package org.xietong.testing;
