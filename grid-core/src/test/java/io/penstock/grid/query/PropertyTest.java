package io.penstock.grid.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.grid.GridException;
import io.penstock.grid.Refused;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class PropertyTest {

    private sealed interface Payment permits Card, Cash {}

    private record Card(String number, int amount) implements Payment {}

    private record Cash(int amount) implements Payment {}

    private record Generic<T>(T item) {}

    /** As application classes are: getters of all kinds, and methods that are none. */
    @SuppressWarnings("unused")
    private static class Customer {
        public final String open = "field";
        public static final String SHARED = "static";
        private final String nick = "fluent";
        private final String hidden = "private";

        public String getName() {
            return "getter";
        }

        public boolean isVip() {
            return true;
        }

        public String isOdd() {
            return "not boolean";
        }

        public String nick() {
            return nick;
        }

        public String delete() {
            throw new AssertionError("called what is no getter");
        }

        public String getBroken() {
            throw new IllegalStateException("4711-secret");
        }

        public String getEndless() {
            return getEndless();
        }

        public void getNothing() {}

        public String getWith(int parameter) {
            return "parameter";
        }

        String getLocal() {
            return "not public";
        }
    }

    private static final class Gold extends Customer {
        @Override
        public String getName() {
            return "gold";
        }
    }

    private static Object read(String path, Object object) {
        return Property.of(path).of(object);
    }

    @Test
    void readsEveryKindOfProperty() {
        Customer customer = new Customer();
        assertEquals("field", read("open", customer));
        assertEquals("fluent", read("nick", customer));
        assertEquals("getter", read("name", customer));
        assertEquals(true, read("vip", customer));
        assertEquals(5L, read("amount", new Card("1", 5)));
        assertEquals("gold", read("item.name", new Generic<>(new Gold())));
        assertNull(read("item.name", new Generic<>(null)));
        assertSame(customer, read("this", customer));
    }

    @Test
    void followsTheClassOfEachObject() {
        Property amount = Property.of("amount");
        for (int i = 0; i < 3; i++) {
            assertEquals(1L, amount.of(new Card("x", 1)));
            assertEquals(2L, amount.of(new Cash(2)));
        }
        assertEquals("x", Property.of("number").of(new Card("x", 1)));
        Refused.with(GridException.Code.BAD_PROPERTY, () -> Property.of("number").of(new Cash(1)),
                "Cash has no property 'number'", "it has amount", "lambda");
    }

    @Test
    void callsNothingElse() {
        for (String name : List.of("delete", "odd", "hidden", "local", "SHARED", "nothing", "with", "class", "wait")) {
            Refused.with(GridException.Code.BAD_PROPERTY, () -> read(name, new Customer()),
                    "Customer has no property '" + name + "'", "it has broken, endless, name, nick, open, vip.");
        }
    }

    @Test
    void readsClassesOfTheJdkThroughWhatTheyExport() {
        assertEquals(true, read("empty", List.of()));
        assertEquals(0L, read("rawOffset", TimeZone.getTimeZone("UTC")));
    }

    @Test
    void refusesWhatJavaDoesNotLetUsRead() {
        Refused.with(GridException.Code.BAD_PROPERTY, () -> read("lastRuleInstance", TimeZone.getTimeZone("UTC")),
                "'lastRuleInstance' of sun.util.calendar.ZoneInfo",
                "--add-opens java.base/sun.util.calendar=ALL-UNNAMED", "lambda");
    }

    @Test
    void saysThatAGetterFailed() {
        GridException failed = assertThrows(GridException.class, () -> read("broken", new Customer()));
        assertEquals(GridException.Code.BAD_PROPERTY, failed.code());
        assertEquals(
                "reading property 'broken' of a " + Customer.class.getName()
                        + " failed with java.lang.IllegalStateException; a getter must not throw",
                failed.getMessage());
        assertEquals(IllegalStateException.class, failed.getCause().getClass());
        assertThrows(StackOverflowError.class, () -> read("endless", new Customer()));
    }

    @Test
    void checksTypesAsFarAsTheyAreFinal() {
        assertEquals(Integer.class, Property.of("amount").check(Card.class));
        assertEquals(String.class, Property.of("name").check(Gold.class));
        assertEquals(Long.class, Property.of("this").check(Long.class));
        assertNull(Property.of("anything").check(Payment.class));
        assertNull(Property.of("anything").check(Customer.class));
        assertNull(Property.of("item.anything").check(Generic.class));
        Refused.with(GridException.Code.BAD_PROPERTY, () -> Property.of("sum").check(Card.class), "amount, number");
        Refused.with(GridException.Code.BAD_PROPERTY, () -> Property.of("amount.x").check(Card.class), "Integer");
    }
}
