package io.penstock.bench.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Values computed from the specification by another program in another language. */
class EventsTest {

    @Test
    void makesWords() {
        assertEquals("baba", Sentence.word(0));
        assertEquals("cabas", Sentence.word(1));
        assertEquals("zuzustr", Sentence.word(9_999));
    }

    @Test
    void makesTenThousandDifferentWords() {
        assertEquals(
                10_000,
                IntStream.range(0, 10_000).mapToObj(Sentence::word).collect(Collectors.toSet()).size());
    }

    @Test
    void makesSentences() {
        assertEquals(
                new Sentence(0, "daxostri doxa jabastring jesustri racas pona dafas qizist"), Sentence.of(0));
        assertEquals(
                new Sentence(1_234, "dabast dabast baba sadostrin dutos savastri hiho kulestr"),
                Sentence.of(123_456));
    }

    @Test
    void makesAdEvents() {
        assertEquals(new AdEvent(14_819_496, 9_312_016, 943, 5, "click", 0), AdEvent.of(0));
        assertEquals(new AdEvent(443_485, 3_484_332, 567, 2, "purchase", 0), AdEvent.of(2));
        assertEquals(new AdEvent(14_568_846, 3_958_245, 765, 6, "click", 1_234), AdEvent.of(1_234_567));
    }

    @Test
    void givesEachCampaignTenAds() {
        int[] adsByCampaign = new int[AdEvent.CAMPAIGN_COUNT];
        for (int adId = 0; adId < AdEvent.AD_COUNT; adId++) {
            adsByCampaign[AdEvent.campaignOf(adId)]++;
        }
        int[] expected = new int[AdEvent.CAMPAIGN_COUNT];
        Arrays.fill(expected, 10);
        assertArrayEquals(expected, adsByCampaign);
    }

    @Test
    void makesAccounts() {
        assertEquals(
                new Account(0, 0, "account-0000000000000000-00000000", "C0", 0.0, 1_700_000_000_000L), Account.of(0));
        assertEquals(
                new Account(1, 56, "account-336503c6b835bec0-00000001", "C192", 6578.5, 1_700_862_258_118L),
                Account.of(1));
        assertEquals(
                new Account(999_999, 32, "account-9ef9c584fe2030b8-00999999", "C184", 20348.5, 1_702_667_169_156L),
                Account.of(999_999));
    }

    @Test
    void makesPayments() {
        assertEquals(new Payment(303_767, 504.0), Payment.of(0));
        assertEquals(new Payment(177_850, 754.5), Payment.of(1));
        assertEquals(new Payment(867_974, 1696.25), Payment.of(9_999_999));
    }

    @Test
    void makesFeatures() {
        float[] features = Features.of(7);
        assertEquals(Features.COUNT, features.length);
        assertEquals(-0.46076929569244385, features[0]);
        assertEquals(0.8450635671615601, features[1]);
        assertEquals(-0.07918262481689453, features[29]);
    }
}
