package io.penstock.grid.cluster;

import io.penstock.grid.Eviction;
import io.penstock.grid.MapRef;
import io.penstock.grid.MergePolicy;
import io.penstock.grid.host.MapSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What all grids of a cluster must agree on about a map, as a text in the directory: a line {@code name=value} for each
 * type and setting. The number of partitions is the cluster's and so not among them.
 */
record MapDescriptor(String keyType, String valueType, MapSettings settings) {

    private static final int PARTITIONS = 1;

    MapDescriptor {
        settings = new MapSettings(
                settings.maxEntries(), settings.maxBytes(), settings.eviction(), settings.ttlNs(), PARTITIONS,
                settings.journalCapacity(), settings.indexes(), settings.backups(), settings.asyncBackups(),
                settings.readsBackups(), settings.mergePolicy());
    }

    static MapDescriptor of(MapRef<?, ?> ref, MapSettings settings) {
        return new MapDescriptor(ref.keyType().getName(), ref.valueType().getName(), settings);
    }

    static MapDescriptor read(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int sign = line.indexOf('=');
            fields.put(line.substring(0, sign), line.substring(sign + 1));
        });
        String indexes = fields.get("indexes");
        MapSettings settings = new MapSettings(
                Long.parseLong(fields.get("maxEntries")), Long.parseLong(fields.get("maxBytes")),
                Eviction.valueOf(fields.get("eviction")), Long.parseLong(fields.get("ttlNs")), PARTITIONS,
                Integer.parseInt(fields.get("journalCapacity")),
                indexes.isEmpty() ? List.of() : List.of(indexes.split(",")),
                Integer.parseInt(fields.get("backups")), Integer.parseInt(fields.get("asyncBackups")),
                Boolean.parseBoolean(fields.get("readsBackups")), MergePolicy.valueOf(fields.get("mergePolicy")));
        return new MapDescriptor(fields.get("keyType"), fields.get("valueType"), settings);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        fields().forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("keyType", keyType);
        fields.put("valueType", valueType);
        fields.put("maxEntries", settings.maxEntries());
        fields.put("maxBytes", settings.maxBytes());
        fields.put("eviction", settings.eviction());
        fields.put("ttlNs", settings.ttlNs());
        fields.put("journalCapacity", settings.journalCapacity());
        fields.put("indexes", String.join(",", settings.indexes()));
        fields.put("backups", settings.backups());
        fields.put("asyncBackups", settings.asyncBackups());
        fields.put("readsBackups", settings.readsBackups());
        fields.put("mergePolicy", settings.mergePolicy());
        return fields;
    }

    boolean hasTypesOf(MapDescriptor other) {
        return keyType.equals(other.keyType) && valueType.equals(other.valueType);
    }

    String types() {
        return keyType + " -> " + valueType;
    }

    /** The settings in which this differs from another, such as {@code maxEntries 10 instead of 20}. */
    String differences(MapDescriptor other) {
        List<String> differences = new ArrayList<>();
        Map<String, Object> others = other.fields();
        fields().forEach((name, value) -> {
            if (!Objects.equals(value, others.get(name))) {
                differences.add(setting(name, value) + " instead of " + shown(name, others.get(name)));
            }
        });
        return String.join(", ", differences);
    }

    private static String setting(String name, Object value) {
        return (name.equals("ttlNs") ? "ttl" : name) + " " + shown(name, value);
    }

    private static String shown(String name, Object value) {
        boolean isNone = value.equals(Long.MAX_VALUE) || value.equals("") || name.equals("ttlNs") && value.equals(0L);
        if (isNone) {
            return "none";
        }
        return name.equals("ttlNs") ? Duration.ofNanos((Long) value).toString() : value.toString();
    }
}
