package io.penstock.dag.engine;

import io.penstock.dag.host.OperatorTree;
import io.penstock.dag.operator.StateEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The state of all stages of a job at one moment of its streams, in memory. Entries are bytes, since a running job
 * goes on changing what it saved.
 */
final class Snapshot {

    private record SavedEntry(String stage, boolean keyed, byte[] entry) {}

    private final Queue<SavedEntry> entries = new ConcurrentLinkedQueue<>();

    void add(OperatorTree tree) {
        for (Iterator<OperatorTree.StageEntry> states = tree.snapshot(); states.hasNext(); ) {
            OperatorTree.StageEntry state = states.next();
            entries.add(new SavedEntry(state.userStage(), state.keyed(), toBytes(state)));
        }
    }

    void addAll(Snapshot other) {
        entries.addAll(other.entries);
    }

    /** Gives the tree those entries of its stages whose keys it owns, and all entries of stages that are not keyed. */
    void restore(OperatorTree tree, int instance, int instanceCount) {
        for (SavedEntry saved : entries) {
            if (tree.has(saved.stage)) {
                StateEntry entry = fromBytes(saved.entry);
                if (!saved.keyed || ExchangeWriter.ownerOf(entry.key(), instanceCount) == instance) {
                    tree.restore(saved.stage, entry);
                }
            }
        }
        tree.restored();
    }

    private static byte[] toBytes(OperatorTree.StageEntry state) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state.entry());
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "stage '" + state.stage() + "': its state cannot be saved: " + e.getMessage(), e);
        }
    }

    private static StateEntry fromBytes(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (StateEntry) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("a snapshot in memory cannot be read: " + e.getMessage(), e);
        }
    }
}
