package io.penstock.grid;

import io.penstock.grid.yaml.Place;
import io.penstock.grid.yaml.Problems;
import io.penstock.grid.yaml.YamlNode;
import io.penstock.grid.yaml.YamlReader;
import io.penstock.grid.yaml.YamlText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Puts the settings of a YAML text into a configuration. Goes on after an error, in order to tell all at once. */
final class YamlSettings {

    private static final String MAPS = "maps";
    private static final String CLUSTER = "cluster";
    private static final String KUBERNETES = "kubernetes";
    private static final String CLUSTER_PREFIX = CLUSTER + ": ";
    private static final String KUBERNETES_PREFIX = CLUSTER_PREFIX + KUBERNETES + ": ";
    private static final List<String> GRID_KEYS = sorted(names(YamlKey.OF_GRID), CLUSTER, MAPS);
    private static final List<String> CLUSTER_KEYS = sorted(names(YamlKey.OF_CLUSTER), KUBERNETES);

    private final Problems problems;
    private final GridConfig config;

    private YamlSettings(Problems problems, GridConfig config) {
        this.problems = problems;
        this.config = config;
    }

    /** @throws GridException if something is wrong; some of the settings are then in the configuration */
    static void read(YamlText source, GridConfig config) {
        Problems problems = new Problems(source.source());
        YamlNode root = YamlReader.read(source.text(), problems);
        new YamlSettings(problems, config).grid(root);
        problems.throwIfAny();
    }

    private void grid(YamlNode root) {
        if (!(root instanceof YamlNode.Section section)) {
            boolean empty = root instanceof YamlNode.Scalar scalar && scalar.isNull();
            problems.add(root.place(), empty
                    ? "there are no settings here; write some, such as 'name: shop', or leave out the file"
                    : "must hold keys with values, such as 'name: shop', but holds " + root.describe());
            return;
        }
        each(section, YamlKey.OF_GRID, config, "", entry -> {
            switch (entry.key()) {
                case MAPS -> maps(entry.value());
                case CLUSTER -> cluster(entry.value());
                default -> problems.add(entry.place(), unknown(entry, wayOutOfGrid(entry), "a grid", GRID_KEYS));
            }
        });
    }

    private static String wayOutOfGrid(YamlNode.Entry entry) {
        if (names(YamlKey.OF_MAP).contains(entry.key())) {
            return "; it is one of a map: write it below maps and the map's name, indented";
        }
        return CLUSTER_KEYS.contains(entry.key())
                ? "; it is one of the cluster: write it below cluster, indented"
                : NearestName.hint(entry.key(), GRID_KEYS);
    }

    private void cluster(YamlNode value) {
        if (!(value instanceof YamlNode.Section section)) {
            problems.add(value.place(), "cluster must hold settings such as 'port: 5701' below it, indented, but is "
                    + value.describe());
            return;
        }
        config.cluster(cluster -> each(section, YamlKey.OF_CLUSTER, cluster, CLUSTER_PREFIX, entry -> {
            if (entry.key().equals(KUBERNETES)) {
                kubernetes(entry.value(), cluster);
            } else {
                String way = GRID_KEYS.contains(entry.key())
                        ? "; it is one of the grid: write it without indentation"
                        : NearestName.hint(entry.key(), CLUSTER_KEYS);
                problems.add(entry.place(), CLUSTER_PREFIX + unknown(entry, way, "a cluster", CLUSTER_KEYS));
            }
        }));
    }

    private void kubernetes(YamlNode value, ClusterConfig cluster) {
        String[] both = new String[2];
        if (value instanceof YamlNode.Section section) {
            List<String> keys = names(YamlKey.OF_KUBERNETES);
            each(section, YamlKey.OF_KUBERNETES, both, KUBERNETES_PREFIX, entry -> problems.add(
                    entry.place(),
                    KUBERNETES_PREFIX + unknown(entry, NearestName.hint(entry.key(), keys), KUBERNETES, keys)));
        }
        if (both[0] == null || both[1] == null) {
            problems.add(value.place(), CLUSTER_PREFIX + "kubernetes must hold a namespace and a service, as in"
                    + " {namespace: default, service: penstock}");
            return;
        }
        try {
            cluster.kubernetes(both[0], both[1]);
        } catch (GridException e) {
            problems.add(value.place(), e.getMessage());
        }
    }

    private void maps(YamlNode value) {
        if (!(value instanceof YamlNode.Section section)) {
            problems.add(value.place(), "maps must hold the name of each map with its settings below it, indented, but"
                    + " is " + value.describe());
            return;
        }
        Map<String, Place> seen = new HashMap<>();
        for (YamlNode.Entry entry : section.entries()) {
            try {
                KeyRules.checkName("map", entry.key());
                if (!isRepeated(entry, seen, "")) {
                    map(entry);
                }
            } catch (GridException e) {
                problems.add(entry.place(), e.getMessage());
            }
        }
    }

    private void map(YamlNode.Entry map) {
        String prefix = "map '" + map.key() + "': ";
        if (!(map.value() instanceof YamlNode.Section section)) {
            String way = names(YamlKey.OF_MAP).contains(map.key())
                    ? "; if it is a setting of the map above, indent it more"
                    : "; indent them below the name, or write {} for a map with the defaults";
            problems.add(map.place(), prefix + "must hold settings such as 'ttl: 10m', but holds "
                    + map.value().describe() + way);
            return;
        }
        MapConfig settings = config.map(map.key(), problems.at(map.place()));
        each(section, YamlKey.OF_MAP, settings, prefix, entry ->
                problems.add(entry.place(), prefix + unknownOfMap(entry)));
    }

    /** Sets what the keys of a section stand for, and leaves those that are not in the list to another. */
    private <C> void each(
            YamlNode.Section section, List<YamlKey<C>> keys, C settings, String prefix,
            Consumer<YamlNode.Entry> others) {
        BiConsumer<Place, String> errors = (place, text) ->
                problems.add(place, text.startsWith(prefix) ? text : prefix + text);
        Map<String, Place> seen = new HashMap<>();
        for (YamlNode.Entry entry : section.entries()) {
            if (!isRepeated(entry, seen, prefix)) {
                find(keys, entry).ifPresentOrElse(
                        key -> key.setter().set(settings, entry.value(), errors), () -> others.accept(entry));
            }
        }
    }

    private static String unknownOfMap(YamlNode.Entry entry) {
        List<String> keys = names(YamlKey.OF_MAP);
        String way = GRID_KEYS.contains(entry.key())
                ? "; it is one of the grid: write it without indentation"
                : NearestName.hint(entry.key(), keys);
        return unknown(entry, way, "a map", keys);
    }

    private static String unknown(YamlNode.Entry entry, String way, String of, List<String> keys) {
        return "unknown key " + YamlNode.quoted(entry.key()) + way + (way.endsWith("?") ? " The" : "; the")
                + " keys of " + of + " are " + String.join(", ", keys);
    }

    /** Tells of a key that the section has already; {@code seen} holds where. */
    private boolean isRepeated(YamlNode.Entry entry, Map<String, Place> seen, String prefix) {
        Place first = seen.putIfAbsent(entry.key(), entry.place());
        if (first != null) {
            problems.add(entry.place(), prefix + "key " + YamlNode.quoted(entry.key())
                    + " is there already, in line " + first.line() + "; leave out one of them");
        }
        return first != null;
    }

    private static <C> Optional<YamlKey<C>> find(List<YamlKey<C>> keys, YamlNode.Entry entry) {
        return keys.stream().filter(key -> key.name().equals(entry.key())).findFirst();
    }

    private static <C> List<String> names(List<YamlKey<C>> keys) {
        return keys.stream().map(YamlKey::name).toList();
    }

    private static List<String> sorted(List<String> names, String... more) {
        TreeSet<String> sorted = new TreeSet<>(names);
        sorted.addAll(List.of(more));
        return List.copyOf(sorted);
    }
}
