package io.penstock.grid.cluster;

import com.hazelcast.query.extractor.ValueCollector;
import com.hazelcast.query.extractor.ValueExtractor;

/** Reads a property of a stored value, for an index. */
final class PropertyExtractor implements ValueExtractor<Stored, String> {

    /** The name by which Hazelcast's configuration refers to this. */
    static final String ATTRIBUTE = "penstock";

    /** How Hazelcast is told of a property of a type of values. */
    static String attribute(Class<?> valueType, String property) {
        return ATTRIBUTE + "[" + valueType.getName() + "#" + property + "]";
    }

    @Override
    public void extract(Stored value, String typeAndProperty, ValueCollector<Object> collector) {
        collector.addObject("?");
    }
}
