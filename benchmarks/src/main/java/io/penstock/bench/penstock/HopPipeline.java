package io.penstock.bench.penstock;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Hop;
import io.penstock.bench.work.Slice;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;

/**
 * Two sources with half of the events each; their events go to a stage of their own, or all to the same one, which they
 * reach through queues. Both do the same work on an event, so the difference is what the queues cost.
 *
 * <pre>
 *   generator - filter - sink          generator -+
 *   generator - filter - sink                     +- merge - filter - sink
 *                                      generator -+
 * </pre>
 */
final class HopPipeline implements GridWork {

    private final boolean hasHop;

    HopPipeline(boolean hasHop) {
        this.hasHop = hasHop;
    }

    private static MapRef<Long, Long> samples(int job) {
        return GridWork.results("samples", job, Long.class, Long.class);
    }

    @Override
    public Pipeline pipeline(Slice slice, int job) {
        Pipeline p = Pipeline.create();
        long half = slice.size() / 2;
        Stage<Hop> first = p.readFrom(Sources.generator(half, Hop::of));
        Stage<Hop> second = p.readFrom(Sources.generator(slice.size() - half, index -> Hop.of(half + index)));
        if (hasHop) {
            write(first.merge(second), job);
        } else {
            write(first, job);
            write(second, job);
        }
        return p;
    }

    private static void write(Stage<Hop> events, int job) {
        events.filter(Hop::isSample).writeTo(Sinks.map(samples(job), hop -> hop.index(), hop -> hop.index()));
    }

    @Override
    public Answer takeAnswer(Grid grid, int jobCount) {
        Checksum checksum = new Checksum();
        GridWork.take(grid, jobCount, HopPipeline::samples, Long::sum)
                .forEach((index, same) -> checksum.add(0, index, same));
        return checksum.answer();
    }
}
