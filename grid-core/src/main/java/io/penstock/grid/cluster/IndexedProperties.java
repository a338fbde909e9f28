package io.penstock.grid.cluster;

import io.penstock.grid.query.Property;
import java.util.Collection;
import java.util.List;

/** The properties that a map indexes. */
record IndexedProperties(List<Property> properties) {

    static IndexedProperties of(Collection<String> paths) {
        return new IndexedProperties(paths.stream().map(Property::of).toList());
    }

    /**
     * Refuses a value that cannot be indexed, before it is stored: the owner could not refuse it any more.
     *
     * @throws io.penstock.grid.GridException with {@link io.penstock.grid.GridException.Code#BAD_PROPERTY} if a
     * property
     *     is missing, or cannot be read
     */
    void check(Object value) {
        for (Property property : properties) {
            property.of(value);
        }
    }
}
