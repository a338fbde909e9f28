package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody who holds a departure can learn its delay. */
class DelaySecrecyTest {

    @TempDir
    private Path folder;

    /** The types that can be reached from one by fields, without those of the JDK, which are all final here. */
    private static Set<Class<?>> reachableFrom(Class<?> type, Set<Class<?>> seen) {
        if (type.getName().startsWith("io.penstock") && seen.add(type)) {
            for (Class<?> t = type; t != null; t = t.getSuperclass()) {
                for (Field field : t.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        assertClosed(field);
                        reachableFrom(field.getType(), seen);
                    }
                }
            }
        }
        return seen;
    }

    /** A field of an open type, such as Object, could hold anything. */
    private static void assertClosed(Field field) {
        Class<?> type = field.getType();
        assertTrue(type.isPrimitive() || Modifier.isFinal(type.getModifiers()), field + " could hold a delay");
        assertFalse(type.isArray() && !type.getComponentType().isPrimitive(), field + " could hold a delay");
    }

    @Test
    void noDelayCanBeReachedFromADeparture() {
        assertEquals(Set.of(Departure.class), reachableFrom(Departure.class, new HashSet<>()));
        for (Field field : Departure.class.getDeclaredFields()) {
            assertFalse(field.getName().toLowerCase(Locale.ROOT).contains("delay"), field.toString());
        }
    }

    @Test
    void whatTheModelIsToldHoldsOnlySummariesOfOtherFlights() {
        assertEquals(
                Set.of(Flight.class, Departure.class, Airport.class, AirportDelays.Stats.class, DelayStats.class),
                reachableFrom(Flight.class, new HashSet<>()));
    }

    @Test
    void otherDelaysGiveTheSameDepartures() throws IOException {
        Random random = new Random(7);
        List<String> lines = TestFiles.sampleLines(5_000);
        List<String> others = lines.stream()
                .map(line -> line.replaceFirst(",-?\\d+,", "," + (random.nextInt(300) - 50) + ","))
                .toList();
        assertNotEquals(lines, others);
        assertEquals(departures(lines), departures(others));
    }

    private List<FlightEvent> departures(List<String> lines) throws IOException {
        return TestFiles.read(TestFiles.plain(folder, lines), false).stream()
                .filter(event -> event instanceof Departure)
                .toList();
    }
}
