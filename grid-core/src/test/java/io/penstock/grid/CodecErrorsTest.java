package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.grid.GridException.Code;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CodecErrorsTest {

    private record Card(String bank, List<Object> limits) {}

    private record Payment(String id, Card card) {}

    private record WithUri(String id, URI shop) {}

    private record Around(List<Map<String, WithUri>> all) {}

    private interface Rule {}

    private record WithRule(Rule rule) {}

    private record Limit(int amount) implements Rule {}

    private record OtherRule(int amount) implements Rule {}

    private static final class NoConstructor {
        private int count;

        NoConstructor(int count) {
            this.count = count;
        }

        int count() {
            return count;
        }
    }

    private static final class FinalField {
        private final int count = 3;

        int count() {
            return count;
        }
    }

    private final class Inner {
        private int count = 3;

        int count() {
            return count;
        }
    }

    private static final class OwnList extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    private record Growing<T>(T content, Growing<List<T>> next) {}

    @Test
    void namesTheFieldWhoseTypeTheCodecDoesNotKnow() {
        Refused.with(Code.BAD_TYPE, () -> Codec.of(Around.class),
                "no codec of " + Around.class.getName(), "Around.all[]{value}.shop: java.net.URI", "use a record");
        Refused.with(Code.BAD_TYPE, () -> Codec.of(AtomicLong.class), "AtomicLong: java.util.concurrent");
        Refused.with(Code.BAD_TYPE, () -> Codec.of(Thread.class), "java.lang.Thread");
        Refused.with(Code.BAD_TYPE, () -> Codec.of(Runnable.class), "java.lang.Runnable", "allow(");
    }

    @Test
    void namesTheWayOutForClassesThatCannotBeMade() {
        Refused.with(Code.BAD_TYPE, () -> Codec.of(NoConstructor.class), "constructor without parameters", "record");
        Refused.with(Code.BAD_TYPE, () -> Codec.of(FinalField.class), "final field 'count'", "record");
        Refused.with(Code.BAD_TYPE, () -> Codec.of(Inner.class), "inner class", "static");
        Refused.with(Code.BAD_TYPE, () -> Codec.of(OwnList.class), "extends java.util.ArrayList", "record");
        Refused.with(Code.BAD_TYPE, () -> Codec.of(new Object() { }.getClass()), "no name");
        Refused.with(Code.BAD_TYPE, () -> Codec.of(Growing.class, o -> o.allow(Growing2.class)), "nested more than");
        assertEquals(3, new NoConstructor(3).count() + new FinalField().count() - new Inner().count());
    }

    private record Growing2(Growing<String> growing) {}

    @Test
    void interfacesThatAreOpenNeedAnAllowedImplementation() {
        Refused.with(Code.BAD_TYPE, () -> Codec.of(WithRule.class), "WithRule.rule", Rule.class.getName(), "allow(");
        Codec<WithRule> codec = Codec.of(WithRule.class, o -> o.allow(Limit.class));
        assertEquals(new WithRule(new Limit(3)), codec.decode(codec.encode(new WithRule(new Limit(3)))));
        Refused.with(Code.BAD_TYPE, () -> codec.encode(new WithRule(new OtherRule(3))),
                "WithRule.rule", OtherRule.class.getName(), "allow(");
    }

    @Test
    void foreignClassesInBytesAreRefusedByName() {
        Codec<WithRule> writer = Codec.of(WithRule.class, o -> o.allow(Limit.class, OtherRule.class));
        byte[] bytes = writer.encode(new WithRule(new OtherRule(3)));
        Codec<WithRule> reader = Codec.of(WithRule.class, o -> o.allow(Limit.class));
        Refused.with(Code.BAD_TYPE, () -> reader.decode(bytes),
                "WithRule.rule", "found type '" + OtherRule.class.getName(), "allow(", "renamed(");
        Codec<Card> cards = Codec.of(Card.class, o -> o.allow(Limit.class));
        byte[] card = cards.encode(new Card("b", List.of(new Limit(1))));
        Refused.with(Code.BAD_TYPE, () -> Codec.of(Card.class).decode(card), "Card.limits[0]", Limit.class.getName());
    }

    @Test
    void namesThePathInAValueAndNeverItsContent() {
        Codec<Payment> codec = Codec.of(Payment.class);
        List<Object> limits = Arrays.asList("secret", null, URI.create("secret"));
        Payment payment = new Payment("secret", new Card("secret", limits));
        GridException refusal = assertThrows(GridException.class, () -> codec.encode(payment));
        assertEquals("codec of " + Payment.class.getName() + ": cannot encode Payment.card.limits[2]: found a"
                + " java.net.URI, which the codec does not know; use a record of what is needed of it",
                refusal.getMessage());
        assertFalse(refusal.getMessage().contains("secret"));
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void pollutedCollectionsAreRefused() {
        List raw = new ArrayList<>(List.of(1));
        Codec<WithTexts> codec = Codec.of(WithTexts.class);
        Refused.with(Code.BAD_TYPE, () -> codec.encode(new WithTexts(raw)),
                "WithTexts.texts[0]", "java.lang.Integer", "a String", "unchecked cast");
    }

    private record WithTexts(List<String> texts) {}

    private record Chain(Chain next) {}

    private static final class Knot {
        private Knot self = this;
        private List<Object> list;
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        Chain chain = null;
        for (int i = 0; i < 64; i++) {
            chain = new Chain(chain);
        }
        Chain longest = chain;
        Codec<Chain> codec = Codec.of(Chain.class);
        assertEquals(longest, codec.decode(codec.encode(longest)));
        Refused.with(Code.TOO_LARGE, () -> codec.encode(new Chain(longest)), "more than 64 deep", "maxDepth");
        Codec<Chain> deeper = Codec.of(Chain.class, o -> o.maxDepth(65));
        byte[] bytes = deeper.encode(new Chain(longest));
        Refused.with(Code.TOO_LARGE, () -> codec.decode(bytes), "more than 64 deep", "maxDepth");
        Refused.with(Code.TOO_LARGE, () -> Codec.of(Knot.class, o -> o.maxDepth(1_000)).encode(new Knot()),
                "contains itself");
        Knot list = new Knot();
        list.self = null;
        list.list = new ArrayList<>();
        list.list.add(list.list);
        Refused.with(Code.TOO_LARGE, () -> Codec.of(Knot.class).encode(list), "contains itself");
    }

    @Test
    void refusesWhatIsTooLarge() {
        Codec<String> small = Codec.of(String.class, o -> o.maxBytes(100));
        assertEquals(100, small.encode("x".repeat(92)).length);
        Refused.with(Code.TOO_LARGE, () -> small.encode("x".repeat(93)), "maxBytes", "100");
        Refused.with(Code.TOO_LARGE, () -> small.size("x".repeat(1_000_000)), "maxBytes", "100");
        byte[] bytes = Codec.of(String.class).encode("x".repeat(93));
        Refused.with(Code.TOO_LARGE, () -> small.decode(bytes), "101 bytes", "maxBytes", "100");
        Codec<byte[]> arrays = Codec.of(byte[].class);
        Refused.with(Code.TOO_LARGE, () -> arrays.encode(new byte[17 << 20]), "16777216");
        assertEquals(100, small.encode("y".repeat(92)).length);
    }

    @Test
    void settingsHaveRanges() {
        Refused.with(Code.BAD_CONFIG, () -> Codec.of(String.class, o -> o.maxBytes(63)), "maxBytes", "63");
        Refused.with(Code.BAD_CONFIG, () -> Codec.of(String.class, o -> o.maxDepth(0)), "maxDepth", "0");
        Refused.with(Code.BAD_CONFIG, () -> Codec.of(String.class, o -> o.maxDepth(1_001)), "maxDepth", "1001");
        Refused.with(Code.BAD_VALUE, () -> Codec.of(int.class), "int", "boxed class");
        Refused.with(Code.BAD_KEY, () -> Codec.ofKey(Payment.class), "Payment.card.limits is a java.util.List");
    }

    @Test
    void saysWhatIsWrongWithBytes() {
        Codec<String> codec = Codec.of(String.class);
        byte[] bytes = codec.encode("abc");
        Refused.with(Code.BAD_BYTES, () -> codec.decode(new byte[0]), "0 bytes", "cut off");
        Refused.with(Code.BAD_BYTES, () -> codec.decode(bytes, 0, bytes.length - 1), "checksum");
        byte[] later = bytes.clone();
        later[0] = 2;
        Refused.with(Code.BAD_BYTES, () -> codec.decode(later), "format version 2, expected 1", "later Penstock");
        byte[] flipped = bytes.clone();
        flipped[3] ^= 1;
        Refused.with(Code.BAD_BYTES, () -> codec.decode(flipped), "checksum");
        Refused.with(Code.BAD_BYTES, () -> codec.decode(forged("010040 ff ffffffff")), "1 bytes are left after");
        Refused.with(Code.BAD_BYTES, () -> codec.decode(forged("010000 ffffffff")), "found null, expected a String");
        Refused.with(Code.BAD_BYTES, () -> codec.decode(forged("0100d2 ffffffff")), "found a long, expected a String");
        Refused.with(Code.BAD_BYTES, () -> codec.decode(forged("010021 ffffffff")), "the unknown tag 33");
    }

    /** 10 bytes that announce 2,147,483,647 elements. */
    @Test
    void announcedSizesAreNotBelieved() {
        Refused.with(Code.BAD_BYTES, () -> Codec.of(List.class).decode(forged("010011 ffffffff07 ffffffff")),
                "List: 2147483647 elements are announced, but 0 bytes are left");
        Refused.with(Code.BAD_BYTES, () -> Codec.of(long[].class).decode(forged("01001e ffffffff07 ffffffff")),
                "2147483647 elements");
        Refused.with(Code.BAD_BYTES, () -> Codec.of(String.class).decode(forged("010008 ffffffff07 ffffffff")),
                "2147483647 more");
        Refused.with(Code.BAD_BYTES, () -> Codec.of(String.class).decode(forged("01ffffffff07 40 ffffffff")),
                "2147483647 elements");
    }

    @Test
    void namesOutOfForgedBytesAreShownAsNamesOnly() {
        byte[] bytes = Codec.of(Limit.class).encode(new Limit(1));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Limit");
        bytes[at] = '\n';
        GridException refusal = assertThrows(GridException.class,
                () -> Codec.of(Limit.class).decode(CodecFuzzTest.withChecksum(bytes)));
        assertEquals(Code.BAD_TYPE, refusal.code());
        assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
    }

    private record Sorted(SortedSet<String> names) {}

    @Test
    void refusesComparatorsAndWhatChangesMeanwhile() {
        Refused.with(Code.BAD_TYPE,
                () -> Codec.of(Sorted.class).encode(new Sorted(new TreeSet<>(Comparator.reverseOrder()))),
                "Sorted.names", "comparator");
        List<String> growing = new ArrayList<>(List.of("a")) {
            private static final long serialVersionUID = 1L;

            @Override
            public int size() {
                return super.size() + 1;
            }
        };
        Refused.with(Code.BAD_VALUE, () -> Codec.of(WithTexts.class).encode(new WithTexts(growing)),
                "WithTexts.texts", "changed while it was encoded");
        Codec<WithTexts> codec = Codec.of(WithTexts.class);
        WithTexts fine = new WithTexts(Collections.nCopies(3, "x"));
        assertEquals(fine, codec.decode(codec.encode(fine)));
    }

    private record Colliding(int number) {

        @Override
        public int hashCode() {
            return 7;
        }
    }

    private record Sets(List<Colliding> list, Set<Colliding> set) {}

    private record Lists(List<Colliding> list, List<Colliding> set) {}

    /** The bytes of a list, named a set: 200,000 elements would take a hash table some minutes. */
    @Test
    @Timeout(60)
    void forgedSetsWhoseElementsCollideDoNotHang() {
        List<Colliding> many = IntStream.range(0, 200_000).mapToObj(Colliding::new).toList();
        byte[] bytes = Codec.of(Lists.class).encode(new Lists(null, many));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u0000\u0011\u00c0\u009a\u000c");
        bytes[at + 1] = 0x12;
        CodecFuzzTest.withChecksum(bytes);
        Codec<Sets> codec = Codec.of(Sets.class, o -> o.renamed(Lists.class.getName(), Sets.class));
        Refused.with(Code.TOO_LARGE, () -> codec.decode(bytes), "Sets.set[", Colliding.class.getName(), "hash code");
        Set<Colliding> fair = new HashSet<>(many.subList(0, 2_000));
        assertEquals(fair, codec.decode(codec.encode(new Sets(null, fair))).set);
    }

    private static byte[] forged(String hex) {
        return CodecFuzzTest.withChecksum(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
