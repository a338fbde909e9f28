package io.penstock.grid.yaml;

import io.penstock.grid.GridException;
import java.util.ArrayList;
import java.util.List;

/** The errors of one text, in order to tell all at once. Keeps the first twenty and the number of the others. */
public final class Problems {

    private static final int KEPT_MAX = 20;

    private record Problem(Place place, String text) {}

    private final String source;
    private final List<Problem> problems = new ArrayList<>();
    private int dropped;

    /** @param source how to call the text, such as the path of its file */
    public Problems(String source) {
        this.source = source;
    }

    public void add(Place place, String text) {
        if (problems.size() < KEPT_MAX) {
            problems.add(new Problem(place, text));
        } else {
            dropped++;
        }
    }

    /** The exception for an error after which nothing else can be said of the text. */
    GridException fatal(Place place, String text) {
        return bad(at(place) + ": " + text);
    }

    /** How to call a place in this text. */
    public String at(Place place) {
        return source + ", " + place;
    }

    /** @throws GridException with all that was added */
    public void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        if (problems.size() == 1) {
            throw fatal(problems.get(0).place(), problems.get(0).text());
        }
        StringBuilder text = new StringBuilder(source + " has " + (problems.size() + dropped) + " errors:");
        problems.forEach(problem -> text.append("\n  ").append(problem.place()).append(": ").append(problem.text()));
        if (dropped > 0) {
            text.append("\n  and ").append(dropped).append(" more");
        }
        throw bad(text.toString());
    }

    private static GridException bad(String message) {
        return new GridException(GridException.Code.BAD_CONFIG, message);
    }
}
