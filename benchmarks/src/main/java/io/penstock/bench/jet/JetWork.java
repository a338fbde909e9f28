package io.penstock.bench.jet;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.Pipeline;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Slice;

/** A workload as a pipeline of Jet's, and the data that it looks up. */
interface JetWork {

    /** Fills the maps that the pipeline looks up. */
    default void load(HazelcastInstance member) {}

    /** Puts the entry number {@code index}, modulo their number, into the live map once more. */
    default void rewrite(long index) {
        throw new UnsupportedOperationException("this pipeline looks up no live map");
    }

    Pipeline pipeline(Slice slice);

    /** The answer that the results of all jobs come to; removes them. */
    Answer takeAnswer();
}
