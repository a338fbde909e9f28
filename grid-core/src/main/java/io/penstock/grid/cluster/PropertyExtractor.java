package io.penstock.grid.cluster;

import com.hazelcast.query.extractor.ValueCollector;
import com.hazelcast.query.extractor.ValueExtractor;
import io.penstock.grid.Codec;
import io.penstock.grid.query.Property;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a property of a stored value, for an index of Hazelcast's. The index has not the property itself, for it takes
 * values of one type only: it has a text which is the same for all values that are equal. So an index only narrows down
 * what has to be tested.
 *
 * <p>Never fails, since Hazelcast has stored the entry by then: what cannot be read gets {@link #UNKNOWN}, and every
 * query looks there as well. The writer has checked the value before it sent it.
 */
public final class PropertyExtractor implements ValueExtractor<Stored, String> {

    /** The name by which Hazelcast's configuration refers to this. */
    static final String ATTRIBUTE = "penstock";

    /** Of properties of which no text is known to be the same for all that are equal. */
    static final String UNKNOWN = "?";

    private static final Logger LOG = LoggerFactory.getLogger(PropertyExtractor.class);
    private static final String NULL = "0";
    private static final char SEPARATOR = '#';
    private static final int TEXT_LENGTH_MAX = 100;

    /** What each index reads, by its argument. */
    private final Map<String, Source> sources = new ConcurrentHashMap<>();

    private record Source(Codec<?> codec, Property property) {}

    /** For Hazelcast. */
    public PropertyExtractor() {}

    /** How Hazelcast is told of a property of a type of values. */
    static String attribute(Class<?> valueType, String property) {
        return ATTRIBUTE + "[" + valueType.getName() + SEPARATOR + property + "]";
    }

    @Override
    public void extract(Stored value, String typeAndProperty, ValueCollector<Object> collector) {
        collector.addObject(read(value, typeAndProperty));
    }

    private String read(Stored value, String typeAndProperty) {
        try {
            Source source = sources.get(typeAndProperty);
            if (source == null) {
                source = source(typeAndProperty);
                sources.put(typeAndProperty, source);
            }
            return text(source.property.of(StoredForm.decode(value, source.codec)));
        } catch (ClassNotFoundException | RuntimeException | LinkageError e) {
            LOG.debug("an index cannot read {}", typeAndProperty, e);
            return UNKNOWN;
        }
    }

    private static Source source(String typeAndProperty) throws ClassNotFoundException {
        int separator = typeAndProperty.indexOf(SEPARATOR);
        Class<?> type = Class.forName(typeAndProperty.substring(0, separator), false, TypesAtOwner.loader(null));
        return new Source(Codec.of(type), Property.of(typeAndProperty.substring(separator + 1)));
    }

    /** The text of a property, which is canonical: the same for all that are equal. */
    static String text(Object property) {
        if (property == null) {
            return NULL;
        }
        if (property instanceof Enum<?> constant) {
            return "e" + constant.name();
        }
        boolean isText = property instanceof String || property instanceof Number || property instanceof Boolean
                || property instanceof Character || property instanceof UUID
                || property instanceof TemporalAccessor && property.getClass().getName().startsWith("java.time.");
        return isText ? shortened(property.getClass().getSimpleName().charAt(0) + property.toString()) : UNKNOWN;
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_LENGTH_MAX
                ? text
                : text.substring(0, TEXT_LENGTH_MAX) + SEPARATOR + Integer.toHexString(text.hashCode());
    }
}
