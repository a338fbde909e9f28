package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridException.Code;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.DayOfWeek;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

class MapRefTest {

    private enum Shade {
        LIGHT,
        DARK {}
    }

    private record Card(String bank, long number) {}

    private record CardDay(Card card, DayOfWeek day, UUID shop, Shade shade) {}

    private record Empty() {}

    private record WithList(Card card, List<String> tags) {}

    private record Deep(CardDay outer, WithList inner) {}

    private record Chain(int depth, Chain next) {}

    private record WithArray(byte[] bytes) {}

    private record Generic<T>(T any) {}

    private record Twice(Card one, Card other) {}

    @ParameterizedTest
    @ValueSource(classes = {
        String.class, Long.class, Integer.class, Short.class, Byte.class, Character.class, Boolean.class, Double.class,
        Float.class, UUID.class, TimeUnit.class, Shade.class, Card.class, CardDay.class, Empty.class, Twice.class})
    void allowsKeyType(Class<?> type) {
        assertEquals(type, MapRef.of("m", type, String.class).keyType());
    }

    @Test
    void acceptsConstantsOfAnEnumThatHaveABody() {
        MapRef<Shade, String> ref = MapRef.of("shades", Shade.class, String.class);
        try (Grid grid = Grid.embedded()) {
            grid.map(ref).put(Shade.DARK, "dark");
            assertEquals("dark", grid.map(ref).get(Shade.DARK));
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {
        Object.class, Number.class, Comparable.class, CharSequence.class, List.class, Record.class, Enum.class,
        int[].class, String[].class, StringBuilder.class, java.time.Instant.class, Override.class})
    void refusesKeyType(Class<?> type) {
        Refused.with(Code.BAD_KEY, () -> MapRef.of("m", type, String.class), "map 'm'", type.getName(), "UUID");
    }

    @Test
    void namesThePartOfARecordThatIsNotAllowed() {
        Refused.with(Code.BAD_KEY, () -> MapRef.of("m", WithList.class, String.class),
                "but WithList.tags is a java.util.List");
        Refused.with(Code.BAD_KEY, () -> MapRef.of("m", Deep.class, String.class),
                "but Deep.inner.tags is a java.util.List");
        Refused.with(Code.BAD_KEY, () -> MapRef.of("m", WithArray.class, String.class), "WithArray.bytes");
        Refused.with(Code.BAD_KEY, () -> MapRef.of("m", Generic.class, String.class),
                "Generic.any is a java.lang.Object");
    }

    @Test
    void refusesAKeyThatContainsItself() {
        Refused.with(Code.BAD_KEY, () -> MapRef.of("m", Chain.class, String.class), "Chain.next", "contain itself");
    }

    @Test
    void refusesPrimitivesAndNamesTheWayOut() {
        Refused.with(Code.BAD_KEY, () -> MapRef.of("m", int.class, String.class), "int", "boxed class");
        Refused.with(Code.BAD_VALUE, () -> MapRef.of("m", String.class, int.class), "map 'm'", "int", "boxed class");
    }

    @Test
    void refusesMissingTypes() {
        Refused.with(Code.BAD_KEY, () -> MapRef.of("m", null, String.class), "the key type is null");
        NullPointerException refusal =
                assertThrows(NullPointerException.class, () -> MapRef.of("m", String.class, null));
        assertTrue(refusal.getMessage().startsWith("map 'm': the value type is null"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a\n", "a:b"})
    void refusesName(String name) {
        Refused.with(Code.BAD_NAME, () -> MapRef.of(name, String.class, String.class),
                "name of a map", "'" + name + "'");
    }

    @Test
    void namesHaveOneToTwoHundredCharacters() {
        assertEquals(200, MapRef.of("x".repeat(200), String.class, String.class).name().length());
        Refused.with(Code.BAD_NAME, () -> MapRef.of("x".repeat(201), String.class, String.class), "1 to 200");
        Refused.with(Code.BAD_NAME, () -> MapRef.of(null, String.class, String.class), "null");
    }

    @Test
    void equalsByNameAndTypes() {
        assertEquals(MapRef.of("m", String.class, Card.class), MapRef.of("m", String.class, Card.class));
        assertNotEquals(MapRef.of("m", String.class, Card.class), MapRef.of("m", String.class, Long.class));
        assertEquals("map 'm' (String -> Card)", MapRef.of("m", String.class, Card.class).toString());
    }

    @Test
    void travels() throws Exception {
        MapRef<String, Card> ref = MapRef.of("m", String.class, Card.class);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ref);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(ref, in.readObject());
        }
    }
}
