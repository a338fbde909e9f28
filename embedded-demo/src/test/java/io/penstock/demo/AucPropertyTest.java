package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AucPropertyTest {

    record Score(float score, boolean isLate) {}

    /** Looks at all pairs. */
    static double slowly(List<Score> scores) {
        double wins = 0;
        long pairs = 0;
        for (Score late : scores) {
            for (Score other : scores) {
                if (late.isLate && !other.isLate) {
                    pairs++;
                    wins += late.score > other.score ? 1 : late.score == other.score ? 0.5 : 0;
                }
            }
        }
        return wins / pairs;
    }

    private static List<Score> randomScores(Random random, int count) {
        int levels = 1 + random.nextInt(random.nextBoolean() ? 5 : 100_000);
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float score = (float) random.nextInt(levels + 1) / levels;
            scores.add(new Score(score, random.nextFloat() < 0.1 + 0.5 * score));
        }
        return scores;
    }

    @RepeatedTest(20)
    void ofTheNewestIsThatOfAllPairs(RepetitionInfo repetition) {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int size = 1 + random.nextInt(1_500);
        List<Score> scores = randomScores(random, 2_500);
        RecentAuc auc = new RecentAuc(size);
        for (int i = 0; i < scores.size(); i++) {
            auc.add(scores.get(i).score, scores.get(i).isLate);
            if (i % 397 == 0 || i == scores.size() - 1) {
                List<Score> newest = scores.subList(Math.max(0, i + 1 - size), i + 1);
                assertEquals(slowly(newest), auc.auc(), 0, "seed " + seed + ", score " + i);
                assertEquals(newest.size(), auc.count());
            }
        }
    }

    @RepeatedTest(10)
    void ofAllIsThatOfAllPairsAsFarAsBinsCanTell(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Score> scores = randomScores(random, 2_500);
        BinnedAuc auc = new BinnedAuc();
        scores.forEach(score -> auc.add(score.score, score.isLate));
        assertEquals(slowly(scores), auc.auc(), 1e-4, "seed " + repetition.getCurrentRepetition());
    }

    @Test
    void isNotANumberWithoutAPair() {
        RecentAuc recent = new RecentAuc(3);
        BinnedAuc all = new BinnedAuc();
        assertTrue(Double.isNaN(recent.auc()) && Double.isNaN(all.auc()));
        recent.add(0.5f, true);
        all.add(1f, true);
        assertTrue(Double.isNaN(recent.auc()) && Double.isNaN(all.auc()));
    }

    @RepeatedTest(10)
    void sortedScoresCountLikeAList(RepetitionInfo repetition) {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<Float> list = new ArrayList<>();
        SortedScores sorted = new SortedScores();
        for (int i = 0; i < 5_000; i++) {
            if (random.nextInt(5) < 2 + i % 2_000 / 1_000 && !list.isEmpty()) {
                sorted.remove(list.remove(random.nextInt(list.size())));
            } else {
                float score = random.nextInt(2_000) / 100f;
                list.add(score);
                sorted.add(score);
            }
            float asked = random.nextInt(2_000) / 100f;
            if (i % 50 == 0) {
                assertEquals(list.size(), sorted.size());
                assertEquals(list.stream().filter(s -> s < asked).count(), sorted.countBelow(asked), "seed " + seed);
                assertEquals(list.stream().filter(s -> s <= asked).count(), sorted.countAtMost(asked), "seed " + seed);
            }
        }
    }

    @Test
    void refusesToRemoveWhatIsNotThere() {
        SortedScores scores = new SortedScores();
        assertThrows(IllegalArgumentException.class, () -> scores.remove(1));
        scores.add(2);
        assertThrows(IllegalArgumentException.class, () -> scores.remove(1));
    }
}
