package io.penstock.bench.hand;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.EventFn;
import io.penstock.bench.work.Sentence;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** W1, and the answer of W5: a hash map of counters per slice and window, merged by whoever is at a window's end. */
public final class WordCount implements Contender {

    private static final int VOCABULARY_EXPECTED = 16_384;

    private static final class Counter {
        private long count;
    }

    private final Slices slices;
    private final TreeMap<Long, Map<String, Counter>> windows = new TreeMap<>();

    private final EventFn<Sentence> sentenceFn;

    /** @param sentenceFn {@code Sentence::of} in W1 */
    public WordCount(int threadCount, EventFn<Sentence> sentenceFn) {
        this.sentenceFn = sentenceFn;
        slices = new Slices(threadCount);
    }

    @Override
    public void run(long count) throws Exception {
        slices.run((first, stride) -> {
            countWords(first, stride, count);
            return null;
        });
    }

    private void countWords(int first, int stride, long count) {
        Map<String, Counter> counters = new HashMap<>(VOCABULARY_EXPECTED);
        long windowEndMs = Sentence.WINDOW_MS;
        for (long index = first; index < count; index += stride) {
            Sentence sentence = sentenceFn.of(index);
            while (sentence.timeMs() >= windowEndMs) {
                finish(windowEndMs, counters);
                counters = new HashMap<>(VOCABULARY_EXPECTED);
                windowEndMs += Sentence.WINDOW_MS;
            }
            countWords(sentence.text(), counters);
        }
        finish(windowEndMs, counters);
    }

    private static void countWords(String text, Map<String, Counter> counters) {
        int start = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', start)) {
            countWord(text.substring(start, space), counters);
            start = space + 1;
        }
        countWord(text.substring(start), counters);
    }

    private static void countWord(String word, Map<String, Counter> counters) {
        Counter counter = counters.get(word);
        if (counter == null) {
            counter = new Counter();
            counters.put(word, counter);
        }
        counter.count++;
    }

    private synchronized void finish(long windowEndMs, Map<String, Counter> counters) {
        Map<String, Counter> others = windows.putIfAbsent(windowEndMs, counters);
        if (others != null) {
            counters.forEach((word, counter) ->
                    others.computeIfAbsent(word, ignored -> new Counter()).count += counter.count);
        }
    }

    @Override
    public Answer takeAnswer() {
        Checksum checksum = new Checksum();
        windows.forEach((windowEndMs, counters) ->
                counters.forEach((word, counter) -> checksum.add(windowEndMs, word, counter.count)));
        windows.clear();
        return checksum.answer();
    }

    @Override
    public void close() {
        slices.close();
    }
}
