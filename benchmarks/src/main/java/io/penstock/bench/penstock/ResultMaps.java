package io.penstock.bench.penstock;

import io.penstock.grid.GridConfig;
import io.penstock.grid.MapRef;
import java.util.List;

/** The maps that take results on a cluster. Nobody follows them, so they keep no journal, as those of Jet do not. */
public final class ResultMaps {

    private static final List<MapRef<?, ?>> REFS = List.of(
            WordCountPipeline.counts(0), AdCountPipeline.views(0), AccountSumsPipeline.sums(0),
            ScoringPipeline.scores(0), ExchangePipeline.samples(0));

    private ResultMaps() {}

    /** Configures them; on every member alike. */
    public static void configure(GridConfig config) {
        REFS.forEach(ref -> config.map(ref, map -> map.journalCapacity(0)));
    }
}
