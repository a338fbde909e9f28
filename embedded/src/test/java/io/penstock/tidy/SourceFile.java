package io.penstock.tidy;

import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A source file of the repository.
 *
 * @param path from the repository's root, with slashes
 */
record SourceFile(String path, String text) {

    private static final Pattern LITERAL_OR_COMMENT = Pattern.compile(
            "\"\"\".*?(?<!\\\\)\"\"\""
                    + "|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\""
                    + "|'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+'"
                    + "|//[^\\n]*+"
                    + "|/\\*.*?\\*/",
            Pattern.DOTALL);

    /** The Java code, with the content of literals and comments left out; every other character keeps its place. */
    String code() {
        Function<String, String> blank = found -> found.replaceAll("[^\\n]", " ");
        return LITERAL_OR_COMMENT.matcher(text).replaceAll(match -> {
            String found = match.group();
            String quote = found.startsWith("/") ? "" : found.substring(0, 1);
            return quote + blank.apply(found.substring(quote.length(), found.length() - quote.length())) + quote;
        });
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isMainJava() {
        return isJava() && path.contains("/src/main/java/");
    }

    boolean isTestJava() {
        return isJava() && path.contains("/src/test/java/");
    }

    boolean isModulePom() {
        return path.endsWith("/pom.xml");
    }

    /** The name of the folder in which the file's module lives; empty for files in the repository's root. */
    String module() {
        return path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The Java package that the file's folder stands for. */
    String packageName() {
        String inSources = path.substring(path.indexOf("/java/") + "/java/".length());
        return inSources.contains("/") ? inSources.substring(0, inSources.lastIndexOf('/')).replace('/', '.') : "";
    }

    int lineCount() {
        return (int) text.lines().count();
    }

    /** A finding at the character {@code offset} of the text. */
    String at(int offset, String message) {
        long line = text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return path + ":" + line + ": " + message;
    }
}
