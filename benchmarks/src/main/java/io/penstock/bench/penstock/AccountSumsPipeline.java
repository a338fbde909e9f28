package io.penstock.bench.penstock;

import io.penstock.bench.work.Account;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Payment;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.WindowDefinition;
import io.penstock.enrich.Enrich;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.time.Duration;

/** W3. Its events have no time, so all get the same and fall into one window. */
final class AccountSumsPipeline implements GridWork {

    private record CategoryPayment(int category, double amount) implements Serializable {}

    private static final MapRef<Long, Account> ACCOUNTS = MapRef.of("accounts", Long.class, Account.class);
    private static final MapRef<Integer, Double> SUMS = MapRef.of("sums", Integer.class, Double.class);

    @Override
    public void load(Grid grid) {
        GridMap<Long, Account> accounts = grid.map(ACCOUNTS);
        for (long key = 0; key < Account.ACCOUNT_COUNT; key++) {
            accounts.put(key, Account.of(key));
        }
    }

    @Override
    public Pipeline pipeline(long count) {
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.generator(count, Payment::of))
                .withTimestamps(payment -> 0, Duration.ZERO)
                .apply(Enrich.with(
                        ACCOUNTS,
                        payment -> payment.key(),
                        (payment, account) -> new CategoryPayment(account.category(), payment.amount())))
                .groupingKey(payment -> payment.category())
                .window(WindowDefinition.tumbling(Duration.ofDays(1)))
                .aggregate(AggregateOperations.summingDouble(payment -> payment.amount()))
                .writeTo(Sinks.map(SUMS, result -> result.key(), result -> result.result()));
        return p;
    }

    @Override
    public Answer takeAnswer(Grid grid) {
        GridMap<Integer, Double> sums = grid.map(SUMS);
        Checksum checksum = new Checksum();
        sums.forEach((category, sum) ->
                checksum.add(Payment.WINDOW_END_MS, category, Double.doubleToRawLongBits(sum)));
        sums.clear();
        return checksum.answer();
    }
}
