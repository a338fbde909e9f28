package io.penstock.grid.yaml;

import java.util.List;
import java.util.Set;

/** A node of a YAML text. */
public sealed interface YamlNode {

    /** Where it begins. */
    Place place();

    /** What it is, for messages; never long, never with line ends or control characters. */
    String describe();

    /**
     * A text, number, truth value or nothing; which of these, its reader decides.
     *
     * @param plain whether it is written without quotes
     */
    record Scalar(Place place, String text, boolean plain) implements YamlNode {

        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        /** Whether there is no value. */
        public boolean isNull() {
            return plain && NULLS.contains(text);
        }

        @Override
        public String describe() {
            return isNull() ? "nothing" : quoted(text);
        }
    }

    /** Nodes in their order. */
    record Items(Place place, List<YamlNode> nodes) implements YamlNode {

        @Override
        public String describe() {
            return "a list";
        }
    }

    /** Keys with their values, in their order; a key may be there twice. */
    record Section(Place place, List<Entry> entries) implements YamlNode {

        @Override
        public String describe() {
            return "a section of keys";
        }
    }

    /** A key with its value. */
    record Entry(Place place, String key, YamlNode value) {}

    /** A text of the file as it stands in messages. */
    static String quoted(String text) {
        int charsMax = 60;
        String shown = text.length() <= charsMax ? text : text.substring(0, charsMax) + "...";
        return "'" + shown.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]+", " ") + "'";
    }
}
