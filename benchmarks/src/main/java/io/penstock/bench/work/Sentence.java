package io.penstock.bench.work;

import static io.penstock.bench.work.Mix.mix;
import static io.penstock.bench.work.Mix.unit;

import java.io.Serializable;

/** The event of W1: eight words of a vocabulary of 10,000, joined by one space. */
public record Sentence(long timeMs, String text) implements Serializable {

    /** The size of W1's windows. */
    public static final long WINDOW_MS = 1_000;

    private static final int SENTENCES_PER_MS = 100;

    private static final int WORDS_PER_SENTENCE = 8;
    private static final int TYPICAL_CHARS = 64;
    private static final String CONSONANTS = "bcdfghjklmnpqrstvwxz";
    private static final String VOWELS = "aeiou";
    private static final String ENDING = "string";
    private static final String[] VOCABULARY = vocabulary();

    public static Sentence of(long index) {
        return new Sentence(index / SENTENCES_PER_MS, text(index));
    }

    /** The sentence of W5, whose time counts from the start of the run. */
    public static Sentence ofSchedule(long index) {
        return new Sentence(index / Schedule.SENTENCES_PER_MS, text(index));
    }

    /** The words of a sentence, which are the same at any rate. */
    public static String text(long index) {
        StringBuilder text = new StringBuilder(TYPICAL_CHARS);
        for (int i = 0; i < WORDS_PER_SENTENCE; i++) {
            if (i > 0) {
                text.append(' ');
            }
            double u = unit(mix(index * WORDS_PER_SENTENCE + i));
            text.append(VOCABULARY[(int) (u * u * VOCABULARY.length)]);
        }
        return text.toString();
    }

    private static String[] vocabulary() {
        String[] words = new String[10_000];
        for (int number = 0; number < words.length; number++) {
            words[number] = word(number);
        }
        return words;
    }

    static String word(int number) {
        return syllable(number) + syllable(number / 100) + ENDING.substring(0, number % 7);
    }

    private static String syllable(int d) {
        return "" + CONSONANTS.charAt(d % 20) + VOWELS.charAt(d % 100 / 20);
    }
}
