package io.penstock.grid;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says a message of the builder in the words of a file: {@code max-entries} for {@code maxEntries}. */
final class YamlWords {

    private static final Pattern HYPHENED = Pattern.compile("-(.)");
    private static final Map<String, String> WORDS = words();
    private static final Pattern WORD = Pattern.compile("\\b(" + String.join("|", WORDS.keySet()) + ")\\b");

    private YamlWords() {}

    private static Map<String, String> words() {
        Map<String, String> words = new HashMap<>();
        Stream.of(YamlKey.OF_MAP, YamlKey.OF_CLUSTER, YamlKey.OF_GRID)
                .flatMap(keys -> keys.stream())
                .forEach(key -> words.put(setting(key.name()), key.name()));
        Stream.concat(Arrays.stream(Eviction.values()), Arrays.stream(MergePolicy.values()))
                .forEach(constant -> words.put(constant.name(), YamlValues.nameOf(constant)));
        return words;
    }

    /** The name of the setting that a key stands for. */
    static String setting(String key) {
        return HYPHENED.matcher(key).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    /** The message with what follows the map's name, which may itself be such a word, in the words of a file. */
    static String of(String message) {
        int start = message.startsWith("map '") ? message.indexOf("': ") + 1 : 0;
        return message.substring(0, start)
                + WORD.matcher(message.substring(start)).replaceAll(match -> WORDS.get(match.group()));
    }
}
