package io.penstock.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all sources must obey. */
interface Rule {

    /** What breaks the rule, each as {@code path:line: what and why}; empty if all is well. */
    List<String> findings(List<SourceFile> files);

    /** Neither code nor text of these files matches the pattern. */
    static Rule noText(Predicate<SourceFile> where, Pattern forbidden, String advice) {
        return noMatch(where, SourceFile::text, forbidden, advice);
    }

    /** No code of these Java files matches the pattern; what stands in literals and comments does not count. */
    static Rule noCode(Predicate<SourceFile> where, Pattern forbidden, String advice) {
        return noMatch(where.and(SourceFile::isJava), SourceFile::code, forbidden, advice);
    }

    private static Rule noMatch(
            Predicate<SourceFile> where, Function<SourceFile, String> part, Pattern forbidden, String advice) {
        return each(file -> {
            List<String> found = new ArrayList<>();
            if (where.test(file)) {
                Matcher matcher = forbidden.matcher(part.apply(file));
                while (matcher.find()) {
                    String match = file.text().substring(matcher.start(), matcher.end()).strip();
                    found.add(file.at(matcher.start(), "'" + match + "': " + advice));
                }
            }
            return found;
        });
    }

    /** Looks at each file for itself. */
    static Rule each(Function<SourceFile, List<String>> rule) {
        return files -> files.stream().flatMap(file -> rule.apply(file).stream()).toList();
    }

    /** The repository obeys. */
    default void assertObeyed() {
        List<String> findings = findings(Repository.sources());
        assertTrue(findings.isEmpty(), () -> "\n" + String.join("\n", findings));
    }

    /** The rule fires once in a file of that content, and names the line. */
    default void assertFires(int line, String path, String text) {
        List<String> findings = findings(List.of(new SourceFile(path, text)));
        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.get(0).startsWith(path + ":" + line + ": "), findings::toString);
    }

    /** The rule has nothing against a file of that content. */
    default void assertKeepsStill(String path, String text) {
        assertEquals(List.of(), findings(List.of(new SourceFile(path, text))));
    }
}
