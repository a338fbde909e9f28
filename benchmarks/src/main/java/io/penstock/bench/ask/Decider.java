package io.penstock.bench.ask;

/** A way to decide about payments. Called by one thread. */
interface Decider extends AutoCloseable {

    /** How many values the model takes; those that a payment does not give are 0. */
    int FEATURES = 30;

    /** Told about each payment once, in any order, by any thread. */
    interface Answers {

        void score(int call, float score);

        void failure(int call, Throwable failure);
    }

    /** Begins to decide, or decides. */
    void decide(int call, Payment payment, Answers answers);

    @Override
    void close();
}
