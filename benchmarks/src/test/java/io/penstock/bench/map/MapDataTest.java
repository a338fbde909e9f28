package io.penstock.bench.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MapDataTest {

    private static final MapData DATA = MapData.of(1_000);

    @Test
    void asksForAllKeysInAnotherOrderWithOtherObjects() {
        assertEquals(Set.of(DATA.keys()), Set.of(DATA.asked()));
        assertNotEquals(List.of(DATA.keys()), List.of(DATA.asked()));
        Map<Long, Long> keys = new HashMap<>();
        for (Long key : DATA.keys()) {
            keys.put(key, key);
        }
        for (int place = 0; place < DATA.entryCount(); place++) {
            assertNotSame(keys.get(DATA.asked()[place]), DATA.asked()[place]);
            assertEquals(DATA.asked()[place], DATA.askedLongs()[place]);
        }
    }

    @Test
    void eachKeyHasTwoValuesOfDifferentAmounts() {
        Map<Long, Item> items = new HashMap<>();
        for (int index = 0; index < DATA.entryCount(); index++) {
            items.put(DATA.keys()[index], DATA.items()[index]);
        }
        for (int place = 0; place < DATA.entryCount(); place++) {
            Long key = DATA.asked()[place];
            assertSame(items.get(key), DATA.first()[place]);
            assertEquals(key, DATA.second()[place].id());
            assertNotEquals(DATA.first()[place].amount(), DATA.second()[place].amount());
            assertNotSame(DATA.first()[place].name(), DATA.second()[place].name());
        }
    }
}
