package io.penstock.grid;

import io.penstock.grid.YamlValues.BadValue;
import io.penstock.grid.yaml.Place;
import io.penstock.grid.yaml.YamlNode;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A key in a file of settings: its name, and what sets the setting that it stands for.
 *
 * @param <C> {@link GridConfig}, {@link ClusterConfig} or {@link MapConfig}
 */
record YamlKey<C>(String name, Setter<C> setter) {

    /** The keys of a map's section. */
    static final List<YamlKey<MapConfig>> OF_MAP = List.of(
            of("async-backups", YamlValues::smallNumber, MapConfig::asyncBackups),
            of("backups", YamlValues::smallNumber, MapConfig::backups),
            of("eviction", node -> YamlValues.oneOf(Eviction.values(), node), MapConfig::eviction),
            ofEach("indexes", "[city, address.country]", YamlValues::text, MapConfig::index),
            of("journal-capacity", YamlValues::smallNumber, MapConfig::journalCapacity),
            of("max-bytes", YamlValues::bytes, MapConfig::maxBytes),
            of("max-entries", YamlValues::wholeNumber, MapConfig::maxEntries),
            of("merge-policy", node -> YamlValues.oneOf(MergePolicy.values(), node), MapConfig::mergePolicy),
            of("partitions", YamlValues::smallNumber, MapConfig::partitions),
            of("reads-backups", YamlValues::trueOrFalse, MapConfig::readsBackups),
            of("ttl", YamlValues::time, MapConfig::ttl));

    /** The keys of the section of the cluster, but for that of Kubernetes, which is a section. */
    static final List<YamlKey<ClusterConfig>> OF_CLUSTER = List.of(
            of("call-timeout", YamlValues::time, ClusterConfig::callTimeout),
            of("calls-max", YamlValues::smallNumber, ClusterConfig::callsMax),
            of("connect-timeout", YamlValues::time, ClusterConfig::connectTimeout),
            of("dns", YamlValues::text, ClusterConfig::dns),
            of("hazelcast-yaml", YamlValues::path, ClusterConfig::hazelcastYaml),
            of("host", YamlValues::text, ClusterConfig::host),
            of("map-prefix", YamlValues::text, ClusterConfig::mapPrefix),
            ofEach("members", "[10.0.0.1, \"10.0.0.2:5701\"]", YamlValues::text, ClusterConfig::members),
            of("name", YamlValues::text, ClusterConfig::name),
            of("partition-count", YamlValues::smallNumber, ClusterConfig::partitionCount),
            of("port", YamlValues::smallNumber, ClusterConfig::port));

    /** The keys of the section of Kubernetes; both are needed. */
    static final List<YamlKey<String[]>> OF_KUBERNETES = List.of(
            of("namespace", YamlValues::text, (both, namespace) -> both[0] = namespace),
            of("service", YamlValues::text, (both, service) -> both[1] = service));

    /** The keys of the grid, but for those of its maps and its cluster. */
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
    private static <C, T> YamlKey<C> ofEach(
            String name, String example, YamlValues.Form<T> form, BiConsumer<C, T> setting) {
        return new YamlKey<>(name, (config, value, errors) -> {
            if (value instanceof YamlNode.Items items) {
                String item = "an item of " + name;
                items.nodes().forEach(node -> set(item, form, setting, config, node, errors));
            } else {
                errors.accept(value.place(), name + " must be a list such as " + example + ", but is "
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
