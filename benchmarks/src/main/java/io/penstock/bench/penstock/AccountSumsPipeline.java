package io.penstock.bench.penstock;

import io.penstock.bench.work.Account;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Payment;
import io.penstock.bench.work.Slice;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.WindowDefinition;
import io.penstock.enrich.Enrich;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** W3. Its events have no time, so all get the same and fall into one window. */
final class AccountSumsPipeline implements GridWork {

    private record CategoryPayment(int category, double amount) implements Serializable {}

    private static final MapRef<Long, Account> ACCOUNTS = MapRef.of("accounts", Long.class, Account.class);

    private static final int LOADED_AT_ONCE = 10_000;

    static MapRef<Integer, Double> sums(int job) {
        return GridWork.results("sums", job, Integer.class, Double.class);
    }

    @Override
    public void load(Grid grid) {
        Map<Long, Account> some = new HashMap<>();
        for (long key = 0; key < Account.ACCOUNT_COUNT; key++) {
            some.put(key, Account.of(key));
            if (some.size() == LOADED_AT_ONCE || key == Account.ACCOUNT_COUNT - 1) {
                grid.map(ACCOUNTS).putAll(some);
                some.clear();
            }
        }
    }

    @Override
    public void rewrite(Grid grid, long index) {
        long key = index % Account.ACCOUNT_COUNT;
        grid.map(ACCOUNTS).put(key, Account.of(key));
    }

    @Override
    public Pipeline pipeline(Slice slice, int job) {
        Pipeline p = Pipeline.create();
        p.readFrom(GridWork.source(slice, Payment::of))
                .withTimestamps(payment -> 0, Duration.ZERO)
                .apply(Enrich.with(
                        ACCOUNTS,
                        payment -> payment.key(),
                        (payment, account) -> new CategoryPayment(account.category(), payment.amount())))
                .groupingKey(payment -> payment.category())
                .window(WindowDefinition.tumbling(Duration.ofDays(1)))
                .aggregate(AggregateOperations.summingDouble(payment -> payment.amount()))
                .writeTo(Sinks.map(sums(job), result -> result.key(), result -> result.result()));
        return p;
    }

    @Override
    public Answer takeAnswer(Grid grid, int jobCount) {
        Checksum checksum = new Checksum();
        GridWork.take(grid, jobCount, AccountSumsPipeline::sums, Double::sum).forEach((category, sum) ->
                checksum.add(Payment.WINDOW_END_MS, category, Double.doubleToRawLongBits(sum)));
        return checksum.answer();
    }
}
