package org.xietong.evidence;

import java.util.regex.Pattern;

/** Names of files in a bundle: short, plain ASCII, relative, without {@code .} and {@code ..}, the same on every system. */
public final class BundlePath {
    public static final String MANIFEST = "manifest.json";
    public static final String MANIFEST_CMS = "manifest.p7s";
    public static final String MANIFEST_SM2 = "manifest.sm2.sig";
    public static final String README = "README.txt";
    public static final String SCRIPT = "verify.sh";
    public static final String CHECKPOINT = "checkpoints/checkpoint.txt";
    public static final String CHECKPOINT_SM3 = "checkpoints/checkpoint-sm3.txt";
    public static final String VKEYS = "checkpoints/vkeys.txt";
    public static final String WITNESSES = "checkpoints/witnesses.txt";
    public static final String TIME_AUTHORITIES = "timestamps/authorities.pem";
    public static final String EXCHANGES = "exchanges/";
    public static final String CERTIFICATES = "certificates/";
    public static final String TIMESTAMPS = "timestamps/";

    private static final int LONGEST = 160;
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,5}");

    private BundlePath() {}

    /** Whether a bundle may hold a file of this name. */
    public static boolean isAllowed(String path) {
        return path.length() <= LONGEST && FORM.matcher(path).matches();
    }

    /** {@code certificates/<keyid>.pem}. */
    public static String certificate(String keyId) {
        return CERTIFICATES + keyId + ".pem";
    }

    /** {@code exchanges/<id>/<file>}. */
    public static String ofExchange(String id, String file) {
        return EXCHANGES + id + '/' + file;
    }

    /** {@code exchanges/<id>/parts/<name>[-<i>]}, without its ending; only {@code disclosed} and {@code changed} are numbered. */
    public static String part(String id, String name, int index) {
        boolean isList = name.equals("disclosed") || name.equals("changed");
        return EXCHANGES + id + "/parts/" + (isList ? name + '-' + index : name);
    }
}
