package io.penstock.bench.jet;

import static com.hazelcast.jet.aggregate.AggregateOperations.summingDouble;
import static com.hazelcast.jet.datamodel.Tuple2.tuple2;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.datamodel.Tuple2;
import com.hazelcast.jet.pipeline.BatchStage;
import com.hazelcast.jet.pipeline.Pipeline;
import io.penstock.bench.work.Account;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Payment;
import io.penstock.bench.work.Rows;
import io.penstock.bench.work.Slice;
import java.util.Map;

/** W3, as a batch, because its sums are over the whole stream. */
final class AccountSumsOnJet implements JetWork {

    private final LookUp lookUp;
    private final Results results;
    private Map<Long, Account> accounts;

    AccountSumsOnJet(LookUp lookUp, Results results) {
        this.results = results;
        this.lookUp = lookUp;
    }

    @Override
    public void load(HazelcastInstance member) {
        lookUp.load(member, Account.ACCOUNT_COUNT, index -> index, Account::of);
        accounts = lookUp.map(member);
    }

    @Override
    public void rewrite(long index) {
        long key = index % Account.ACCOUNT_COUNT;
        accounts.put(key, Account.of(key));
    }

    @Override
    public Pipeline pipeline(Slice slice) {
        Pipeline p = Pipeline.create();
        BatchStage<Payment> payments = p.readFrom(EventSource.<Payment>batch(slice, Payment::of));
        BatchStage<Tuple2<Integer, Double>> amounts = lookUp.batch(payments, payment -> payment.key(),
                (Payment payment, Account account) -> tuple2(account.category(), payment.amount()));
        amounts.groupingKey(Tuple2::f0)
                .aggregate(summingDouble(Tuple2::f1))
                .writeTo(results.sink(sum -> Payment.WINDOW_END_MS, sum -> sum.getKey(), sum -> sum.getValue()));
        return p;
    }

    @Override
    public Answer takeAnswer() {
        results.collect();
        return Rows.takeSums();
    }
}
