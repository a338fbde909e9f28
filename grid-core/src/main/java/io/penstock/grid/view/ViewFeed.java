package io.penstock.grid.view;

import io.penstock.grid.LocalView;

/** What keeps the table of a map's local views in step with the map. */
public interface ViewFeed<K, V> {

    /** A view was closed; a second time, does nothing. Calls {@link TableView#forgetTable} once. */
    void close(TableView<K, V> view);

    /** As {@link LocalView#isComplete()}. */
    boolean isComplete();

    /** As {@link LocalView#lagNs()}. */
    long lagNs();

    /** What is given out as a reader: that of the table, or one around it that asks the map about what the table lacks. */
    default LocalView.Reader<K, V> around(TableReader<K, V> reader) {
        return reader;
    }
}
