package io.penstock.bench.flink;

import io.penstock.bench.work.Account;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Payment;
import io.penstock.bench.work.Rows;
import io.penstock.bench.work.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** W3. Its events have no time, so all get the same and fall into one window. */
final class AccountSumsOnFlink implements FlinkWork {

    private static final TypeInformation<Row<Integer>> ROWS = TypeInformation.of(new TypeHint<Row<Integer>>() {});
    private static final Map<Long, Account> ACCOUNTS = new HashMap<>();

    AccountSumsOnFlink() {
        if (ACCOUNTS.isEmpty()) {
            for (long key = 0; key < Account.ACCOUNT_COUNT; key++) {
                ACCOUNTS.put(key, Account.of(key));
            }
        }
    }

    @Override
    public void build(StreamExecutionEnvironment environment, Slice slice) {
        DataStream<Payment> payments = environment.fromSource(
                EventSource.of(
                        slice, environment.getParallelism(), Payment::of, Payment.class, FlinkWork.unlimited()),
                WatermarkStrategy.<Payment>forMonotonousTimestamps().withTimestampAssigner((payment, ignored) -> 0),
                "payments");
        payments.map(payment -> Tuple2.of(ACCOUNTS.get(payment.key()).category(), payment.amount()))
                .returns(Types.TUPLE(Types.INT, Types.DOUBLE))
                .keyBy(amount -> amount.f0)
                .window(FlinkWork.tumbling(TimeUnit.DAYS.toMillis(1)))
                .aggregate(new Summing(), new WithWindow<>(), Types.DOUBLE, Types.DOUBLE, ROWS)
                .sinkTo(new RowSink<>(row -> Rows.add(Payment.WINDOW_END_MS, row.key(), row.value())));
    }

    private static final class Summing implements AggregateFunction<Tuple2<Integer, Double>, Double, Double> {

        private static final long serialVersionUID = 1L;

        @Override
        public Double createAccumulator() {
            return 0.0;
        }

        @Override
        public Double add(Tuple2<Integer, Double> amount, Double sum) {
            return sum + amount.f1;
        }

        @Override
        public Double getResult(Double sum) {
            return sum;
        }

        @Override
        public Double merge(Double sum, Double other) {
            return sum + other;
        }
    }

    @Override
    public Answer takeAnswer() {
        return Rows.takeSums();
    }
}
