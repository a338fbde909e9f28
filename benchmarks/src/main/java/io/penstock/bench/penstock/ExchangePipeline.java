package io.penstock.bench.penstock;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Hop;
import io.penstock.bench.work.Slice;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.step.PassThrough;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;

/**
 * Events that go on where they are, or to the member and the worker that own their key; what happens to them is the same,
 * so the difference is what the exchange costs.
 *
 * <pre>
 *   generator - pass - filter - sink          generator =keyed=> pass - filter - sink
 * </pre>
 */
final class ExchangePipeline implements GridWork {

    private static final int KEYS = 1_024;

    private final boolean hasExchange;

    ExchangePipeline(boolean hasExchange) {
        this.hasExchange = hasExchange;
    }

    static MapRef<Long, Long> samples(int job) {
        return GridWork.results("samples", job, Long.class, Long.class);
    }

    @Override
    public Pipeline pipeline(Slice slice, int job) {
        OperatorSpec pass = PassThrough.spec("pass");
        Pipeline p = Pipeline.create();
        Stage<Hop> events = p.readFrom(Sources.generator(slice.size(), Hop::of));
        Stage<Hop> passed = hasExchange
                ? events.groupingKey(hop -> hop.index() % KEYS).custom(pass)
                : events.custom(pass);
        passed.filter(Hop::isSample).writeTo(Sinks.map(samples(job), hop -> hop.index(), hop -> hop.index()));
        return p;
    }

    @Override
    public Answer takeAnswer(Grid grid, int jobCount) {
        Checksum checksum = new Checksum();
        GridWork.take(grid, jobCount, ExchangePipeline::samples, Long::sum)
                .forEach((index, same) -> checksum.add(0, index, same));
        return checksum.answer();
    }
}
