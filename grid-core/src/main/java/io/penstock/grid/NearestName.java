package io.penstock.grid;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant by a wrong one. */
final class NearestName {

    private static final int LENGTH_MAX = 64;

    private NearestName() {}

    /** A question to append to a message, or nothing if no name is near. */
    static String hint(String found, Collection<String> names) {
        return of(found, names).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** The nearest name that differs in at most a third of its letters; case, blanks, '-' and '_' do not count. */
    static Optional<String> of(String found, Collection<String> names) {
        if (found.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String letters = letters(found);
        return names.stream()
                .filter(name -> distance(letters, letters(name)) <= Math.max(1, letters(name).length() / 3))
                .min(Comparator.comparingInt(name -> distance(letters, letters(name))));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /**
     * The number of letters to insert, remove, replace, or swap with their neighbour (optimal string alignment, a
     * restricted form of Damerau's distance).
     */
    private static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(steps, from, to, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int step(int[][] steps, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
