package io.penstock.bench.work;

import java.util.Map;
import java.util.Optional;

/** What there is to measure, and the right answers as the specification lists them. */
public enum Workload {
    W1("word count, tumbling windows of 1 s", 3_000_000,
            Map.of(3_000_000L, new Answer("a72b25d9029e844a"))),
    W2("Yahoo streaming benchmark, look-up in 1,000 entries, tumbling windows of 10 s", 20_000_000,
            Map.of(20_000_000L, new Answer("52fcd37de78bb5c5"), 50_000_000L, new Answer("9cfd13fad2e40371"))),
    W3("enrichment from 1,000,000 records, sums by category", 10_000_000,
            Map.of(400_000L, new Answer("f367a4bc76832056"), 10_000_000L, new Answer("fe835a80797cd1af"))),
    W4("inference with a small neural network", 2_000_000,
            Map.of(600_000L, Answer.ofScoreSum(339335.47), 2_000_000L, Answer.ofScoreSum(1131807.80))),
    W5("latency of W1 at 50,000 sentences/s", Schedule.ofMeasured(20).count(), Map.of()),
    HOP("what it costs an event to go through a queue to another stage", 20_000_000, Map.of());

    private final String title;
    private final long defaultCount;
    private final Map<Long, Answer> rightAnswers;

    Workload(String title, long defaultCount, Map<Long, Answer> rightAnswers) {
        this.title = title;
        this.defaultCount = defaultCount;
        this.rightAnswers = rightAnswers;
    }

    /** As users write it. */
    public String id() {
        return this == HOP ? "hop" : name();
    }

    /** Whether it looks anything up, so that the map can be written meanwhile. */
    public boolean hasLookUp() {
        return this == W2 || this == W3;
    }

    public String title() {
        return title;
    }

    /** How many events are measured unless told otherwise; the right answer is known for it. */
    public long defaultCount() {
        return defaultCount;
    }

    /** The answer that the specification gives for so many events. */
    public Optional<Answer> rightAnswer(long count) {
        return Optional.ofNullable(rightAnswers.get(count));
    }
}
