package io.penstock.grid.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.grid.MapPredicate;
import io.penstock.grid.MapPredicates;
import io.penstock.grid.Seed;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Random predicates choose what plain Java chooses, with any indexes, while the entries change. */
class QueryPropertyTest {

    private static final int RUNS = Boolean.getBoolean("penstock.soak") ? 20_000 : 100;
    private static final int KEY_COUNT = 150;
    private static final String[] CITIES = {"Rome", "Oslo", "Bonn", "Riga", null};
    private static final List<String> PROPERTIES = List.of("city", "count", "place.city", "price");

    private record Place(String city) {}

    private record Item(String city, int count, Place place, Double price) {

        String placeCity() {
            return place == null ? null : place.city;
        }
    }

    /** A predicate, and what it means in plain Java. */
    private record Meant(MapPredicate<Integer, Item> predicate, BiPredicate<Integer, Item> meaning) {}

    private final long seed = Seed.of("QueryPropertyTest");
    private final Random random = new Random(seed);

    @Test
    void choosesWhatPlainJavaChooses() {
        for (int run = 0; run < RUNS; run++) {
            List<String> indexed = PROPERTIES.stream().filter(property -> random.nextBoolean()).toList();
            Indexes<Integer, Item> indexes = Indexes.of(indexed, Integer.class, Item.class);
            Map<Integer, Item> map = new HashMap<>();
            for (int step = 0; step < 20; step++) {
                change(map, indexes);
                Meant meant = meant(3);
                String where = "seed " + seed + ", run " + run + ", step " + step + ", indexes " + indexed + ": "
                        + meant.predicate;
                assertEquals(plain(map, meant.meaning), chosen(map, map.keySet(), meant.predicate), where);
                Collection<Integer> candidates = indexes.candidates(meant.predicate);
                if (candidates != null) {
                    assertEquals(candidates.size(), new TreeSet<>(candidates).size(), where);
                    assertEquals(plain(map, meant.meaning), chosen(map, candidates, meant.predicate), where);
                }
            }
            map.forEach((key, item) -> indexes.changed(key, item, null));
            assertEquals(0, indexes.valueCount());
        }
    }

    private void change(Map<Integer, Item> map, Indexes<Integer, Item> indexes) {
        for (int i = random.nextInt(200); i > 0; i--) {
            int key = random.nextInt(KEY_COUNT);
            Item after = random.nextInt(4) == 0 ? null : item();
            indexes.changed(key, map.get(key), after);
            if (after == null) {
                map.remove(key);
            } else {
                map.put(key, after);
            }
        }
    }

    private Item item() {
        Place place = random.nextInt(4) == 0 ? null : new Place(city());
        return new Item(city(), random.nextInt(6), place, random.nextInt(3) == 0 ? null : random.nextInt(8) / 2.0);
    }

    private static Set<Integer> plain(Map<Integer, Item> map, BiPredicate<Integer, Item> meaning) {
        Set<Integer> chosen = new TreeSet<>();
        map.forEach((key, item) -> {
            if (meaning.test(key, item)) {
                chosen.add(key);
            }
        });
        return chosen;
    }

    private static Set<Integer> chosen(
            Map<Integer, Item> map, Collection<Integer> keys, MapPredicate<Integer, Item> predicate) {
        Set<Integer> chosen = new TreeSet<>();
        for (Integer key : keys) {
            Item item = map.get(key);
            if (item != null && predicate.test(key, item)) {
                chosen.add(key);
            }
        }
        return chosen;
    }

    private String city() {
        return CITIES[random.nextInt(CITIES.length)];
    }

    private Meant meant(int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 11)) {
            case 0 -> equalCity();
            case 1 -> inCities();
            case 2 -> equalCount();
            case 3 -> priceRange();
            case 4 -> keys();
            case 5 -> like();
            case 6 -> equalPrice();
            case 7 -> function();
            case 8 -> not(meant(depth - 1));
            case 9 -> all(List.of(meant(depth - 1), meant(depth - 1), meant(0)));
            default -> any(List.of(meant(depth - 1), meant(0)));
        };
    }

    private Meant equalCity() {
        String city = city();
        return random.nextBoolean()
                ? new Meant(MapPredicates.equal("city", city), (k, v) -> Objects.equals(v.city, city))
                : new Meant(MapPredicates.equal("place.city", city), (k, v) -> Objects.equals(v.placeCity(), city));
    }

    private Meant inCities() {
        String one = city();
        String other = city();
        return new Meant(
                MapPredicates.in("city", one, other),
                (k, v) -> Objects.equals(v.city, one) || Objects.equals(v.city, other));
    }

    private Meant equalCount() {
        int count = random.nextInt(6);
        Object asked = List.of(count, (long) count, (double) count, (short) count).get(random.nextInt(4));
        return new Meant(MapPredicates.equal("count", asked), (k, v) -> v.count == count);
    }

    private Meant equalPrice() {
        Number asked = List.<Number>of(1, 1.5f, 2L, 2.5).get(random.nextInt(4));
        return new Meant(
                MapPredicates.equal("price", asked), (k, v) -> v.price != null && v.price == asked.doubleValue());
    }

    private Meant priceRange() {
        int bound = random.nextInt(5);
        return switch (random.nextInt(5)) {
            case 0 -> new Meant(MapPredicates.lessThan("price", bound), (k, v) -> v.price != null && v.price < bound);
            case 1 -> new Meant(MapPredicates.atMost("price", bound), (k, v) -> v.price != null && v.price <= bound);
            case 2 -> new Meant(
                    MapPredicates.greaterThan("price", bound), (k, v) -> v.price != null && v.price > bound);
            case 3 -> new Meant(MapPredicates.atLeast("price", bound), (k, v) -> v.price != null && v.price >= bound);
            default -> new Meant(
                    MapPredicates.between("price", 1, bound),
                    (k, v) -> v.price != null && v.price >= 1 && v.price <= bound);
        };
    }

    private Meant keys() {
        int key = random.nextInt(KEY_COUNT);
        return switch (random.nextInt(3)) {
            case 0 -> new Meant(MapPredicates.keyEqual(key), (k, v) -> k == key);
            case 1 -> new Meant(MapPredicates.keyIn(Arrays.asList(key, 7)), (k, v) -> k == key || k == 7);
            default -> new Meant(MapPredicates.ofKey(MapPredicates.lessThan("this", key)), (k, v) -> k < key);
        };
    }

    private Meant like() {
        return new Meant(MapPredicates.like("city", "%o%"), (k, v) -> v.city != null && v.city.contains("o"));
    }

    private Meant function() {
        int count = random.nextInt(6);
        return new Meant((k, v) -> v.count > count, (k, v) -> v.count > count);
    }

    private Meant not(Meant part) {
        return new Meant(MapPredicates.not(part.predicate), part.meaning.negate());
    }

    private Meant all(List<Meant> parts) {
        MapPredicate<Integer, Item> predicate = parts.get(0).predicate;
        for (Meant part : parts.subList(1, parts.size())) {
            predicate = predicate.and(part.predicate);
        }
        return new Meant(predicate, (k, v) -> parts.stream().allMatch(part -> part.meaning.test(k, v)));
    }

    private Meant any(List<Meant> parts) {
        return new Meant(
                MapPredicates.or(parts.get(0).predicate, parts.get(1).predicate),
                (k, v) -> parts.stream().anyMatch(part -> part.meaning.test(k, v)));
    }
}
