package io.penstock.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void checksumsAgreeOnlyIfEqual() {
        assertTrue(Answer.ofChecksum(0xabcL).agreesWith(new Answer("0000000000000abc")));
        assertFalse(Answer.ofChecksum(0xabcL).agreesWith(new Answer("0000000000000abd")));
    }

    @Test
    void scoresAgreeWithinTheTolerance() {
        Answer right = Answer.ofScores(1000, 500);
        assertTrue(Answer.ofScores(1000.9, 500).agreesWith(right));
        assertFalse(Answer.ofScores(1001.1, 500).agreesWith(right));
        assertFalse(Answer.ofScores(1000, 510).agreesWith(right));
    }

    @Test
    void listedSumOfScoresSaysNothingAboutTheCount() {
        assertTrue(Answer.ofScores(1000, 1).agreesWith(Answer.ofScoreSum(1000)));
        assertFalse(Answer.ofScores(900, 1).agreesWith(Answer.ofScoreSum(1000)));
    }

    @Test
    void noScoreIsNotARightSum() {
        assertFalse(Answer.ofScores(Double.NaN, 0).agreesWith(Answer.ofScoreSum(1000)));
        assertFalse(Answer.NONE.agreesWith(Answer.ofScoreSum(1000)));
    }

    @Test
    void answerIsKnownForTheUsualNumberOfEvents() {
        for (Workload workload : EnumSet.range(Workload.W1, Workload.W4)) {
            assertTrue(workload.rightAnswer(workload.defaultCount()).isPresent(), workload::toString);
        }
        assertEquals("f367a4bc76832056", Workload.W3.rightAnswer(400_000).orElseThrow().text());
        assertTrue(Workload.W3.rightAnswer(400_001).isEmpty());
    }
}
