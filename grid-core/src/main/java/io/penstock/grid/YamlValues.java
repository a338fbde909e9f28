package io.penstock.grid;

import io.penstock.grid.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of values in a file of settings. Each reads a node, and says of what it cannot read what is wrong. */
final class YamlValues {

    /** One of the methods of this class. */
    interface Form<T> {
        T read(YamlNode node) throws BadValue;
    }

    /** Says "must be X, but is Y", with the way out if it is known; to follow the name of the key. */
    static final class BadValue extends Exception {

        private static final long serialVersionUID = 1L;

        BadValue(String message) {
            super(message);
        }

        BadValue(String expected, YamlNode found) {
            this("must be " + expected + ", but is " + found.describe());
        }
    }

    private static final Pattern AMOUNT = Pattern.compile("(\\d+) ?([A-Za-z]*)");

    /** Each unit in bytes. */
    private static final Map<String, Long> BYTES = Map.ofEntries(
            Map.entry("", 1L), Map.entry("B", 1L),
            Map.entry("kB", 1_000L), Map.entry("KB", 1_000L), Map.entry("MB", 1_000_000L),
            Map.entry("GB", 1_000_000_000L), Map.entry("TB", 1_000_000_000_000L),
            Map.entry("KiB", 1L << 10), Map.entry("MiB", 1L << 20),
            Map.entry("GiB", 1L << 30), Map.entry("TiB", 1L << 40));

    /** Each unit in milliseconds. */
    private static final Map<String, Long> TIMES =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private YamlValues() {}

    /** A text of one line, as it is written, also if it looks like a number. */
    static String text(YamlNode node) throws BadValue {
        return scalar(node, "a text").text();
    }

    /** A whole number in digits. */
    static long wholeNumber(YamlNode node) throws BadValue {
        YamlNode.Scalar scalar = scalar(node, "a whole number");
        String text = scalar.text();
        if (text.matches("-?\\d+") && scalar.plain()) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new BadValue("must be a whole number up to " + Long.MAX_VALUE + ", but is " + node.describe());
            }
        }
        String wrong = new BadValue("a whole number", node).getMessage();
        String digits = text.replaceAll("[ _,']", "");
        if (!digits.matches("\\d+")) {
            throw new BadValue(wrong);
        }
        throw new BadValue(wrong + (scalar.plain() ? "; write " + digits : " in quotes; leave out the quotes"));
    }

    /** A whole number that fits an int. */
    static int smallNumber(YamlNode node) throws BadValue {
        long number = wholeNumber(node);
        if ((int) number != number) {
            throw new BadValue("must be a whole number up to " + Integer.MAX_VALUE + ", but is " + number);
        }
        return (int) number;
    }

    /** A number of bytes, with or without a unit. */
    static long bytes(YamlNode node) throws BadValue {
        String expected = "a number of bytes such as 67108864, 64 MiB or 64 MB"
                + " (units: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB)";
        Matcher amount = AMOUNT.matcher(scalar(node, expected).text());
        if (!amount.matches() || !BYTES.containsKey(amount.group(2))) {
            throw new BadValue(expected, node);
        }
        try {
            return Math.multiplyExact(Long.parseLong(amount.group(1)), BYTES.get(amount.group(2)));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new BadValue("must be less than 8,388,608 TiB, but is " + node.describe());
        }
    }

    /** A time with a unit, or in the form of ISO 8601. */
    static Duration time(YamlNode node) throws BadValue {
        String expected = "a time such as 500ms, 10s, 10m, 2h, 1d or, in ISO 8601, PT1H30M";
        String text = scalar(node, expected).text();
        Matcher amount = AMOUNT.matcher(text);
        if (amount.matches() && amount.group(2).isEmpty()) {
            throw new BadValue(new BadValue(expected, node).getMessage() + "; add its unit");
        }
        try {
            if (!amount.matches()) {
                return Duration.parse(text);
            }
            Long unitMs = TIMES.get(amount.group(2));
            if (unitMs == null) {
                throw new BadValue(expected, node);
            }
            return Duration.ofMillis(Math.multiplyExact(Long.parseLong(amount.group(1)), unitMs));
        } catch (DateTimeException e) {
            throw new BadValue(expected, node);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new BadValue("must be less than 292,000,000 years, but is " + node.describe()
                    + "; leave it out for entries that do not expire");
        }
    }

    /** True or false, as YAML 1.2 writes them. */
    static boolean trueOrFalse(YamlNode node) throws BadValue {
        YamlNode.Scalar scalar = scalar(node, "true or false");
        if (!scalar.plain() || !scalar.text().equals("true") && !scalar.text().equals("false")) {
            throw new BadValue("true or false", node);
        }
        return scalar.text().equals("true");
    }

    /** The path of a file. */
    static Path path(YamlNode node) throws BadValue {
        try {
            return Path.of(text(node));
        } catch (InvalidPathException e) {
            throw new BadValue("the path of a file", node);
        }
    }

    /** One of some constants, as {@link #nameOf} writes them. */
    static <E extends Enum<E>> E oneOf(E[] constants, YamlNode node) throws BadValue {
        List<String> names = Arrays.stream(constants).map(YamlValues::nameOf).toList();
        String expected = "one of " + String.join(", ", names);
        String text = scalar(node, expected).text();
        int ordinal = names.indexOf(text);
        if (ordinal < 0) {
            throw new BadValue(new BadValue(expected, node).getMessage() + NearestName.hint(text, names));
        }
        return constants[ordinal];
    }

    /** How a constant is written in a file. */
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static YamlNode.Scalar scalar(YamlNode node, String expected) throws BadValue {
        if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            return scalar;
        }
        throw new BadValue(expected, node);
    }
}
