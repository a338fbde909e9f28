package io.penstock.dag;

import io.penstock.dag.call.CallsSpec;
import io.penstock.dag.call.FeedSpec;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.RowForm;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.step.GeneratorSource;
import io.penstock.dag.step.LinesSource;
import io.penstock.dag.step.MapChangesSource;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The usual {@link Source}s. */
public final class Sources {

    private static final int FEED_CAPACITY = 1024;
    private static final int FEED_CAPACITY_MAX = 1 << 20;

    private Sources() {}

    /** These events, in this order, and then the end. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Source<T> items(T... items) {
        return collection(List.of(items));
    }

    /** The events of a list, in its order, and then the end. The list must be serializable and not change. */
    public static <T> Source<T> collection(List<? extends T> items) {
        List<T> copy = List.copyOf(items);
        int count = copy.size();
        return new Source<>(
                "items",
                generated("items", count, index -> copy.get((int) index)),
                1);
    }

    /**
     * The events 0 to {@code count - 1}, each made from its index, by all workers at once: of P instances, instance p
     * makes the events p, p + P, p + 2P, ...
     */
    public static <T> Source<T> generator(long count, LongFunctionEx<? extends T> eventFn) {
        Objects.requireNonNull(eventFn, "eventFn");
        if (count < 0) {
            throw new IllegalArgumentException("generator: count must not be negative, but is " + count);
        }
        return new Source<>(
                "generator",
                generated("generator", count, eventFn),
                StageNode.PLANNED);
    }

    /**
     * The lines of a file of UTF-8 text, in their order, and then the end. A line ends with {@code \n} or {@code
     * \r\n}, which are not part of it, or with the file; a byte order mark at the beginning is left out. Read by one
     * instance, on a thread of its own; on a cluster, on any of the members, each of which must therefore have the
     * same file at this path, as an absolute one.
     *
     * <p>A snapshot holds the place in the file, from which a restarted job goes on. The file must be there, and not
     * change, as long as the job may have to: one in which no line begins at that place, as it is shorter now, fails
     * the job. So do, naming the line, a line that is not UTF-8 and one that is longer than 1 MiB; read such a file
     * with a {@link SourceBuilder}.
     *
     * @param path of the default file system. A file that does not exist or cannot be read, or a folder, is told by
     *     {@link Jobs#submit}
     */
    public static Source<String> lines(Path path) {
        Objects.requireNonNull(path, "path");
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new IllegalArgumentException("lines of '" + path + "': the path must be of the default file system,"
                    + " since it travels with the job, but is of " + path.getFileSystem().provider().getScheme()
                    + "; copy the file, or use SourceBuilder");
        }
        String file = path.toString();
        return new Source<>(
                "lines of " + path.getFileName(), OperatorSpec.of("lines", () -> new LinesSource(file)), 1);
    }

    /**
     * What callers ask, in the order in which they do; for a pipeline that is served, see {@link Jobs#serve}.
     *
     * @param name the stage's name
     * @param type what a call must be an instance of
     */
    public static <T> Source<T> calls(String name, Class<T> type) {
        return new Source<>(
                Objects.requireNonNull(name, "name"),
                OperatorSpec.of("calls", new CallsSpec(Objects.requireNonNull(type, "type")))
                        .withGuarantee(Guarantee.NONE),
                1);
    }

    /** {@link #feed(String, Class, int)} for up to 1,024 waiting events. */
    public static <T> Source<T> feed(String name, Class<T> type) {
        return feed(name, type, FEED_CAPACITY);
    }

    /**
     * What the program offers while the job runs, through {@link Job#feed(String, Class)}, until it closes the feed.
     * Nobody keeps what was offered, so such a job can give no {@link Guarantee}.
     *
     * @param name the stage's name, by which the job knows the feed
     * @param type what an event must be an instance of
     * @param capacity how many events may wait, rounded up to a power of two
     */
    public static <T> Source<T> feed(String name, Class<T> type, int capacity) {
        if (capacity < 1 || capacity > FEED_CAPACITY_MAX) {
            throw new IllegalArgumentException("feed '" + name + "': capacity must be from 1 to " + FEED_CAPACITY_MAX
                    + ", but is " + capacity);
        }
        return new Source<>(
                Objects.requireNonNull(name, "name"),
                OperatorSpec.of("feed", new FeedSpec(Objects.requireNonNull(type, "type"), capacity))
                        .withGuarantee(Guarantee.NONE),
                1);
    }

    /** {@link #mapChanges(MapRef, Consumer)} from the start of the job on; a gap fails the job. */
    public static <K, V> Source<MapChange<K, V>> mapChanges(MapRef<K, V> ref) {
        return mapChanges(ref, options -> {});
    }

    /**
     * The changes of a map, as {@link io.penstock.grid.GridMap#changes()} tells them; it never ends. The changes of a
     * key come in order; all instances share the map's partitions. Begins, unless the options say otherwise, with the
     * first write after the job was started. A snapshot holds the place in each partition, from which a restarted job
     * goes on, as long as the map's journal has it.
     *
     * <p>On a cluster, where each look at the journals asks its members, an instance that has found nothing looks again
     * after 1 ms, 2 ms, ... up to 64 ms: so long a change may take that comes after a pause.
     */
    public static <K, V> Source<MapChange<K, V>> mapChanges(MapRef<K, V> ref, Consumer<MapChangesOptions> options) {
        Objects.requireNonNull(ref, "ref");
        MapChangesOptions chosen = new MapChangesOptions();
        options.accept(chosen);
        MapChangesSource.Start start = chosen.start();
        MapChangesSource.OnGap onGap = chosen.onGap();
        return new Source<>(
                "changes of " + ref.name(),
                OperatorSpec.of("map-changes", () -> new MapChangesSource<>(ref, start, onGap)),
                StageNode.PLANNED);
    }

    private static <T> OperatorSpec generated(String kind, long count, LongFunctionEx<? extends T> eventFn) {
        return OperatorSpec.of(kind, () -> new GeneratorSource<T>(count, eventFn))
                .withRowForm(new RowForm.Generated(eventFn));
    }
}
