package io.penstock.grid;

import io.penstock.grid.YamlValues.BadValue;
import io.penstock.grid.yaml.Place;
import io.penstock.grid.yaml.YamlNode;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A key in a file of settings: its name, and what sets the setting that it stands for.
 *
 * @param <C> {@link GridConfig} or {@link MapConfig}
 */
record YamlKey<C>(String name, Setter<C> setter) {

    /** The keys of a map's section. */
    static final List<YamlKey<MapConfig>> OF_MAP = List.of(
            of("eviction", YamlValues::eviction, MapConfig::eviction),
            ofEach("indexes", YamlValues::text, MapConfig::index),
            of("journal-capacity", YamlValues::smallNumber, MapConfig::journalCapacity),
            of("max-bytes", YamlValues::bytes, MapConfig::maxBytes),
            of("max-entries", YamlValues::wholeNumber, MapConfig::maxEntries),
            of("partitions", YamlValues::smallNumber, MapConfig::partitions),
            of("ttl", YamlValues::time, MapConfig::ttl));

    /** The keys of the grid, but for that of its maps. */
    static final List<YamlKey<GridConfig>> OF_GRID = List.of(
            of("async-calls-max", YamlValues::smallNumber, GridConfig::asyncCallsMax),
            of("name", YamlValues::text, GridConfig::name));

    /** Sets a setting, or tells why it cannot. */
    interface Setter<C> {
        void set(C config, YamlNode value, BiConsumer<Place, String> errors);
    }

    private static <C, T> YamlKey<C> of(String name, YamlValues.Form<T> form, BiConsumer<C, T> setting) {
        return new YamlKey<>(name, (config, value, errors) -> set(name, form, setting, config, value, errors));
    }

    /** A key with a list, of which each item is set. */
    private static <C, T> YamlKey<C> ofEach(String name, YamlValues.Form<T> form, BiConsumer<C, T> setting) {
        return new YamlKey<>(name, (config, value, errors) -> {
            if (value instanceof YamlNode.Items items) {
                String item = "an item of " + name;
                items.nodes().forEach(node -> set(item, form, setting, config, node, errors));
            } else {
                errors.accept(value.place(), name + " must be a list such as [city, address.country], but is "
                        + value.describe());
            }
        });
    }

    private static <C, T> void set(
            String name, YamlValues.Form<T> form, BiConsumer<C, T> setting, C config, YamlNode value,
            BiConsumer<Place, String> errors) {
        try {
            setting.accept(config, form.read(value));
        } catch (BadValue e) {
            errors.accept(value.place(), name + " " + e.getMessage());
        } catch (GridException e) {
            errors.accept(value.place(), YamlWords.of(e.getMessage()));
        }
    }
}
