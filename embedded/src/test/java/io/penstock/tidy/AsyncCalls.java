package io.penstock.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls that {@link java.util.concurrent.CompletableFuture} runs on a pool of the JVM, unless told otherwise. */
final class AsyncCalls {

    private static final Pattern CALL = Pattern.compile(
            "\\b(?:(?:supply|run|thenApply|thenAccept|thenRun|thenCompose|handle|whenComplete|exceptionally|complete)"
                    + "|(thenCombine|thenAcceptBoth|runAfterBoth|runAfterEither|acceptEither"
                    + "|applyToEither))Async\\s*\\(");

    private AsyncCalls() {}

    static List<String> withoutExecutor(SourceFile file) {
        if (!file.isJava()) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        String code = file.code();
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            int withoutExecutor = call.group(1) != null ? 2 : 1;
            if (argumentCount(code, call.end()) == withoutExecutor) {
                found.add(file.at(call.start(), "'" + call.group() + "...)' without an executor runs on threads that"
                        + " nobody owns; give it an executor of your own as the last argument"));
            }
        }
        return found;
    }

    /** Counts what stands between commas up to the parenthesis that closes the call. */
    private static int argumentCount(String code, int start) {
        int depth = 1;
        int count = 1;
        for (int i = start; i < code.length() && depth > 0; i++) {
            switch (code.charAt(i)) {
                case '(', '{', '[' -> depth++;
                case ')', '}', ']' -> depth--;
                case ',' -> count += depth == 1 ? 1 : 0;
                default -> { }
            }
        }
        return count;
    }
}
