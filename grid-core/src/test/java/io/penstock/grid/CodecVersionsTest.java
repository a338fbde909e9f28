package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.penstock.grid.GridException.Code;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bytes of another version of a class. The versions are classes of other names, and {@code renamed} joins them. */
class CodecVersionsTest {

    private record Old(String id, int count, Card card, List<Card> cards, float share, Kind kind, Object rest) {}

    private record Card(String bank, long number) {}

    private enum Kind {
        BUY,
        SELL
    }

    private record Gone(int a, List<Kind> kinds, Map<String, Gone> more, Optional<Instant> at, double[] all) {}

    private static final Old OLD = new Old(
            "p1", -70_000, new Card("b", 1), List.of(new Card("c", 2)), 0.5f, Kind.SELL,
            new Gone(1, List.of(Kind.BUY), Map.of("k", new Gone(2, null, null, null, null)),
                    Optional.of(Instant.EPOCH), new double[] {1}));

    private static byte[] oldBytes() {
        return Codec.of(Old.class, o -> o.allow(Gone.class)).encode(OLD);
    }

    private static <T> T as(Class<T> type, Class<?>... besides) {
        return Codec.of(type, o -> o.allow(besides).renamed(Old.class.getName(), type)).decode(oldBytes());
    }

    private record Gained(
            boolean isNew, String id, int count, Card card, List<Card> cards, float share, Kind kind, Object rest,
            String text, long number, double real, char sign, Optional<String> maybe, List<String> list) {}

    @Test
    void fieldsThatTheBytesDoNotHaveAreNullZeroFalseOrEmpty() {
        Gained gained = as(Gained.class, Gone.class);
        assertEquals("p1", gained.id);
        assertEquals(OLD.cards, gained.cards);
        assertEquals(new Gained(
                false, "p1", -70_000, OLD.card, OLD.cards, 0.5f, Kind.SELL, gained.rest, null, 0, 0, '\0',
                Optional.empty(), null), gained);
        assertArrayEquals(new double[] {1}, ((Gone) gained.rest).all);
    }

    private record Lost(Kind kind, String id) {}

    /** Gone is not among what this codec may make, and need not be, as it is passed over. */
    @Test
    void fieldsThatTheClassHasNoMoreAreSkippedWhateverTheyHold() {
        assertEquals(new Lost(Kind.SELL, "p1"), as(Lost.class));
    }

    private record Nothing() {}

    @Test
    void allFieldsMayBeLost() {
        assertEquals(new Nothing(), as(Nothing.class));
        byte[] bytes = Codec.of(Nothing.class).encode(new Nothing());
        Old back = Codec.of(Old.class, o -> o.renamed(Nothing.class.getName(), Old.class)).decode(bytes);
        assertEquals(new Old(null, 0, null, null, 0, null, null), back);
    }

    private record Reordered(Kind kind, List<Card> cards, int count, String id, Card card) {}

    @Test
    void theOrderOfFieldsIsFree() {
        assertEquals(new Reordered(Kind.SELL, OLD.cards, -70_000, "p1", OLD.card), as(Reordered.class));
    }

    private record Wider(String id, long count, double share, Optional<String> more) {}

    private record Boxed(Long count, Float share) {}

    private record Narrower(short count) {}

    @Test
    void numbersMayBecomeWiderAndNarrowerIfTheyFit() {
        assertEquals(new Wider("p1", -70_000L, 0.5, Optional.empty()), as(Wider.class));
        assertEquals(new Boxed(-70_000L, 0.5f), as(Boxed.class));
        Refused.with(Code.BAD_BYTES, () -> as(Narrower.class), "Narrower.count", "out of its range", "a short");
    }

    private record OtherType(long id) {}

    @Test
    void anotherTypeIsAnErrorThatNamesTheField() {
        Refused.with(Code.BAD_BYTES, () -> as(OtherType.class),
                "OtherType.id", "found a String", "expected a long");
    }

    private static final class PlainOld {
        private String id;
        private int count;
        private boolean isKept = true;
    }

    @Test
    void fieldsOfPlainClassesComeAndGo() {
        PlainOld plain = as(PlainOld.class);
        assertEquals("p1", plain.id);
        assertEquals(-70_000, plain.count);
        assertFalse(plain.isKept);
    }

    @Test
    void aRenamedClassIsAnErrorThatNamesBothAndTheWayOut() {
        Refused.with(Code.BAD_TYPE, () -> Codec.of(Lost.class).decode(oldBytes()),
                Old.class.getName(), Lost.class.getName(), "renamed(");
    }

    @Test
    void renamedNeedsAClassThatCanBeThereAndANameThatIsFree() {
        Refused.with(Code.BAD_CONFIG, () -> Codec.of(Lost.class, o -> o.renamed("x.Y", Old.class)),
                "x.Y", "cannot be in its values");
        Refused.with(Code.BAD_CONFIG, () -> Codec.of(Old.class, o -> o.renamed(Card.class.getName(), Old.class)),
                "in use");
    }

    private enum Fewer {
        BUY
    }

    private record WithFewer(Fewer kind) {}

    @Test
    void aRemovedConstantIsAnErrorThatShowsThoseThatAreLeft() {
        Refused.with(Code.BAD_BYTES, () -> as(WithFewer.class), "WithFewer.kind", Fewer.class.getName(), "[BUY]");
    }

    private record Strict(String id, String gained) {
        private Strict {
            if (gained == null) {
                throw new IllegalArgumentException("gained is null");
            }
        }
    }

    @Test
    void aConstructorThatRefusesWhatIsMissingIsNamed() {
        Refused.with(Code.BAD_BYTES, () -> as(Strict.class),
                "the constructor of " + Strict.class.getName(), "IllegalArgumentException");
    }

    /** Bytes as the first version of the format wrote them. They must be readable as long as there is a version 1. */
    @Test
    void bytesOfVersion1StayReadable() {
        String written = "0103000067696f2e70656e73746f636b2e677269642e436f64656356657273696f6e7354657374244361726402"
                + "4462616e6b466e756d626572012344476f6e65054161456b696e6473446d6f726542617443616c6c0323434f6c"
                + "640742696445636f756e744463617264456361726473457368617265446b696e6444726573740c034270312490"
                + "eefe0c004162d111010c004163d2060000003f0a4453454c4c0c019111010a434255591501416b0c0192000000"
                + "00103300002001000000000000f03f3a88f9f5";
        assertEquals(OLD.cards, Codec.of(Old.class, o -> o.allow(Gone.class))
                .decode(HexFormat.of().parseHex(written)).cards);
    }

    private record Key1(String bank, long number, Part1 part) {}

    private record Part1(int a, Kind kind) {}

    private record Key2(Part2 part, Long number, String bank) {}

    private record Part2(Kind kind, Integer a) {}

    private record Key3(String bank, long number, Part1 part, int more) {}

    @Test
    void keysDependOnNeitherTheOrderNorTheNamesOfRecords() {
        byte[] bytes = Codec.ofKey(Key1.class).encode(new Key1("b", 3, new Part1(4, Kind.BUY)));
        assertArrayEquals(bytes, Codec.ofKey(Key2.class).encode(new Key2(new Part2(Kind.BUY, 4), 3L, "b")));
        assertEquals(new Key2(new Part2(Kind.BUY, 4), 3L, "b"), Codec.ofKey(Key2.class).decode(bytes));
    }

    @Test
    void keysCannotChangeTheirComponents() {
        byte[] bytes = Codec.ofKey(Key1.class).encode(new Key1("b", 3, null));
        Refused.with(Code.BAD_BYTES, () -> Codec.ofKey(Key3.class).decode(bytes),
                "other components", Key3.class.getName(), "new map");
    }
}
