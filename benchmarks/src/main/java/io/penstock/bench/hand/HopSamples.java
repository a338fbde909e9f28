package io.penstock.bench.hand;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.Hop;

/** The answer of the workload that measures queues. */
public final class HopSamples implements Contender {

    private Checksum checksum = new Checksum();

    @Override
    public void run(long count) {
        for (long index = 0; index < count; index++) {
            if (Hop.of(index).isSample()) {
                checksum.add(0, index, index);
            }
        }
    }

    @Override
    public Answer takeAnswer() {
        Answer answer = checksum.answer();
        checksum = new Checksum();
        return answer;
    }

    @Override
    public void close() {}
}
