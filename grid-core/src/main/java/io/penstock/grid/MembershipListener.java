package io.penstock.grid;

/** Is told who joins and who leaves a grid; see {@link Grid#onMembershipChange}. Must be quick. */
@FunctionalInterface
public interface MembershipListener {

    /** A member joined, or left, of its own will or not. */
    void onChange(GridMember member, boolean hasJoined);

    /** Ends the telling. */
    interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
