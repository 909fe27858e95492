package org.xietong.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What may be attached: documents, images, sound and pictures that show something and run nothing. Everything else is refused,
 * archives and office files with macros among them; OFD (GB/T 33190) is the one archive that is taken, and looked into.
 */
public enum AttachmentType {
    PDF("application/pdf", Set.of("pdf"), Set.of("application/pdf")),
    OFD("application/ofd", Set.of("ofd"), Set.of("application/zip")),
    PNG("image/png", Set.of("png"), Set.of("image/png")),
    JPEG("image/jpeg", Set.of("jpg", "jpeg"), Set.of("image/jpeg")),
    TIFF("image/tiff", Set.of("tif", "tiff"), Set.of("image/tiff")),
    WEBP("image/webp", Set.of("webp"), Set.of("image/webp")),
    MP3("audio/mpeg", Set.of("mp3"), Set.of("audio/mpeg")),
    WAV("audio/wav", Set.of("wav"), Set.of("audio/vnd.wave")),
    FLAC("audio/flac", Set.of("flac"), Set.of("audio/x-flac")),
    OGG("audio/ogg", Set.of("ogg", "oga", "opus"), Set.of("audio/vorbis", "audio/opus", "audio/ogg")),
    AMR("audio/amr", Set.of("amr"), Set.of("audio/amr")),
    AAC("audio/aac", Set.of("aac"), Set.of("audio/x-aac")),
    M4A("audio/mp4", Set.of("m4a"), Set.of("audio/mp4")),
    // Tika names the ISO base media brands beside mp41 and mp42 by their ancestor, QuickTime.
    MP4("video/mp4", Set.of("mp4", "m4v"), Set.of("video/mp4", "video/x-m4v", "application/mp4", "video/quicktime")),
    MOV("video/quicktime", Set.of("mov"), Set.of("video/quicktime")),
    AVI("video/x-msvideo", Set.of("avi"), Set.of("video/x-msvideo")),
    MKV("video/x-matroska", Set.of("mkv"), Set.of("application/x-matroska", "video/x-matroska")),
    WEBM("video/webm", Set.of("webm"), Set.of("application/x-matroska", "video/webm")),
    MPEG("video/mpeg", Set.of("mpg", "mpeg"), Set.of("video/mpeg")),
    THREE_GP("video/3gpp", Set.of("3gp"), Set.of("video/3gpp")),
    WMV("video/x-ms-asf", Set.of("wmv", "wma", "asf"), Set.of("video/x-ms-asf", "video/x-ms-wmv", "audio/x-ms-wma"));

    private final String mediaType;
    private final Set<String> endings;
    private final Set<String> inspected;

    AttachmentType(String mediaType, Set<String> endings, Set<String> inspected) {
        this.mediaType = mediaType;
        this.endings = endings;
        this.inspected = inspected;
    }

    /** The type as it is declared, in the spelling of IANA where it has one. */
    public static Optional<AttachmentType> declared(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst();
    }

    public String mediaType() {
        return mediaType;
    }

    /** Whether a file name ends as files of this type do. */
    public boolean isEndingOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && endings.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether bytes that were recognised as that type can be what was declared. */
    boolean isInspectedAs(String recognised) {
        return inspected.contains(recognised);
    }

    /** For a file name that every reader of headers understands. */
    String ending() {
        return endings.stream().sorted().findFirst().orElseThrow();
    }
}
