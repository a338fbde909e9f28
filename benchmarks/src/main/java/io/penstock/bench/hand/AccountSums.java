package io.penstock.bench.hand;

import io.penstock.bench.work.Account;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.Payment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** W3: records in a hash map, and an array of sums per slice. */
public final class AccountSums implements Contender {

    private final Slices slices;
    private final Map<Long, Account> accounts = new HashMap<>(2 * Account.ACCOUNT_COUNT);
    private List<double[]> sumsBySlice = List.of();

    public AccountSums(int threadCount) {
        slices = new Slices(threadCount);
        for (long key = 0; key < Account.ACCOUNT_COUNT; key++) {
            accounts.put(key, Account.of(key));
        }
    }

    @Override
    public void run(long count) throws Exception {
        sumsBySlice = slices.run((first, stride) -> sums(first, stride, count, accounts));
    }

    private static double[] sums(int first, int stride, long count, Map<Long, Account> accounts) {
        double[] sums = new double[Account.CATEGORY_COUNT];
        for (long index = first; index < count; index += stride) {
            Payment payment = Payment.of(index);
            sums[accounts.get(payment.key()).category()] += payment.amount();
        }
        return sums;
    }

    @Override
    public Answer takeAnswer() {
        Checksum checksum = new Checksum();
        for (int category = 0; category < Account.CATEGORY_COUNT; category++) {
            double sum = 0;
            for (double[] sums : sumsBySlice) {
                sum += sums[category];
            }
            if (sum > 0) {
                checksum.add(Payment.WINDOW_END_MS, category, Double.doubleToRawLongBits(sum));
            }
        }
        sumsBySlice = List.of();
        return checksum.answer();
    }

    @Override
    public void close() {
        slices.close();
    }
}
