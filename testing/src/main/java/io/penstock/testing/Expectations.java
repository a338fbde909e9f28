package io.penstock.testing;

import io.penstock.dag.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Says how what was found differs from what was expected; null where it does not. Shows contents: a test's own. */
final class Expectations {

    private static final int LINES_MAX = 20;

    private Expectations() {}

    static String differenceOfValue(Map<?, ?> found, Object key, Object expected) {
        Object value = found.get(key);
        if (value == null) {
            return "expected key " + show(key) + " with " + show(expected) + ", but it has no such key; it has"
                    + entries(found);
        }
        return Objects.deepEquals(expected, value)
                ? null
                : "expected key " + show(key) + " with " + show(expected) + ", but found " + show(value);
    }

    static String differenceOfContent(Map<?, ?> found, Map<?, ?> expected) {
        List<String> lines = new ArrayList<>();
        expected.forEach((key, value) -> {
            Object other = found.get(key);
            if (other == null) {
                lines.add("missing:    " + show(key) + " = " + show(value));
            } else if (!Objects.deepEquals(value, other)) {
                lines.add("different:  " + show(key) + " = " + show(other) + ", expected " + show(value));
            }
        });
        found.forEach((key, value) -> {
            if (!expected.containsKey(key)) {
                lines.add("unexpected: " + show(key) + " = " + show(value));
            }
        });
        return lines.isEmpty()
                ? null
                : "expected " + counted(expected.size(), "entry", "entries") + ", found " + found.size() + ":"
                        + listed(lines.stream().sorted());
    }

    static String entries(Map<?, ?> found) {
        return found.isEmpty()
                ? " no entries"
                : ":" + listed(found.entrySet().stream()
                        .map(entry -> show(entry.getKey()) + " = " + show(entry.getValue()))
                        .sorted());
    }

    /** Each text must be part of the reason of one failure, and each failure must be meant by one text. */
    static String differenceOfReasons(List<?> found, List<String> reasons) {
        List<Object> left = new ArrayList<>(found);
        List<String> missing = new ArrayList<>();
        // the longest first: a short text may be part of what a longer one means
        for (String reason : reasons.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList()) {
            Object meant = left.stream()
                    .filter(event -> ((Failure<?>) event).reason().contains(reason))
                    .findFirst()
                    .orElse(null);
            if (meant == null) {
                missing.add("no failure (left) with the reason '" + reason + "'");
            } else {
                left.remove(meant);
            }
        }
        if (missing.isEmpty() && left.isEmpty()) {
            return null;
        }
        left.forEach(event -> missing.add("not expected: " + show(event)));
        return "expected " + counted(reasons.size(), "failure", "failures") + ", found " + found.size() + ":"
                + listed(missing.stream());
    }

    static String events(List<?> events) {
        return events.isEmpty() ? " none" : ":" + listed(events.stream().map(Expectations::show));
    }

    static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static String listed(Stream<String> lines) {
        List<String> all = lines.toList();
        StringBuilder text = new StringBuilder();
        all.stream().limit(LINES_MAX).forEach(line -> text.append("\n    ").append(line));
        if (all.size() > LINES_MAX) {
            text.append("\n    and ").append(all.size() - LINES_MAX).append(" more");
        }
        return text.toString();
    }

    /** A failure with its event, which its own toString() hides, and any other object as it is. */
    private static String show(Object object) {
        if (!(object instanceof Failure<?> failure)) {
            String text = Arrays.deepToString(new Object[] {object}); // which shows what an array holds
            return text.substring(1, text.length() - 1);
        }
        Map<String, Object> parts = new TreeMap<>();
        if (failure.key() != null) {
            parts.put("key", failure.key());
        }
        if (failure.cause() != null) {
            parts.put("cause", failure.cause());
        }
        return "stage '" + failure.stage() + "', " + failure.event() + ": " + failure.reason()
                + (parts.isEmpty() ? "" : " " + parts);
    }
}
