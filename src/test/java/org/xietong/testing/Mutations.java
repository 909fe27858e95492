package org.xietong.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Thousands of foreign inputs made from a committed corpus, the same in every run: what a merge gate can afford of
 * fuzzing. The corpus is Jazzer's: {@code <class>Inputs/<method>/} beside the class of the fuzz test.
 */
public final class Mutations {
    private static final String ODD = "\n\r\t \u0000+=-—\"\\;:,.()/?%0189xAa\u00e9\ud83d\ude00";
    private static final int LONGEST = 64 * 1024;

    private final Random random;
    private final List<byte[]> seeds;

    private Mutations(long seed, List<byte[]> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    /**
     * Calls a parser's property with each input of the corpus and with so many mutations of them.
     *
     * @throws AssertionError with the input in hexadecimal if the property throws
     */
    public static void of(Class<?> fuzz, String target, int count, Consumer<byte[]> property) {
        List<byte[]> seeds = corpus(fuzz, target);
        assertTrue(!seeds.isEmpty(), () -> "no corpus of " + target);
        Mutations mutations = new Mutations(target.hashCode(), seeds);
        seeds.forEach(seed -> call(property, seed));
        for (int i = 0; i < count; i++) {
            call(property, mutations.next());
        }
    }

    private static void call(Consumer<byte[]> property, byte[] input) {
        try {
            property.accept(input.clone());
        } catch (Throwable e) {
            throw new AssertionError("on " + HexFormat.of().formatHex(input), e);
        }
    }

    private static List<byte[]> corpus(Class<?> fuzz, String target) {
        Path folder = Path.of("src/test/resources", fuzz.getName().replace('.', '/') + "Inputs", target);
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(Mutations::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] next() {
        byte[] bytes = seed();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            bytes = mutate(bytes);
        }
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] mutate(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = at + random.nextInt(Math.min(bytes.length - at, 1 << random.nextInt(10)) + 1);
        byte[] cut = Arrays.copyOfRange(bytes, at, end);
        return switch (random.nextInt(8)) {
            case 0 -> flip(bytes);
            case 1 -> join(bytes, at, end, new byte[0]);
            case 2 -> join(bytes, at, at, cut);
            case 3 -> join(bytes, at, at, odd());
            case 4 -> join(bytes, at, Math.min(at + 1, bytes.length), odd());
            case 5 -> Arrays.copyOf(bytes, at);
            case 6 -> join(bytes, at, end, random(random.nextInt(9)));
            default -> splice(bytes, at);
        };
    }

    private byte[] flip(byte[] bytes) {
        byte[] flipped = bytes.length == 0 ? new byte[1] : bytes.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private byte[] splice(byte[] bytes, int at) {
        byte[] other = seed();
        return join(bytes, at, bytes.length, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
    }

    private byte[] odd() {
        int[] points = ODD.codePoints().toArray();
        return Character.toString(points[random.nextInt(points.length)])
                .repeat(1 << random.nextInt(4))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[] bytes, int from, int to, byte[] between) {
        byte[] joined = Arrays.copyOf(bytes, from + between.length + bytes.length - to);
        System.arraycopy(between, 0, joined, from, between.length);
        System.arraycopy(bytes, to, joined, from + between.length, bytes.length - to);
        return joined;
    }
}
